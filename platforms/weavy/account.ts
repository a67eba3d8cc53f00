import { FailureKind, PlatformFailure } from '../failure';
import type { Http, HttpCall } from '../http';
import type { WeavyEntity } from './client';
import { API_RIGHT } from './contract';
import type { WallClock } from './dates';
import { type WeavyRight, weavyRules } from './rules';

/** What every call to one weavy project needs. */
export interface WeavyAccount {
  http: Http;
  project: string;
  company: string | undefined;
  wallClock: WallClock;
}

/**
 * A call about one table. A right that the table lacks is `AccessLost` with `fields: [entity, right]`, and its message
 * says which box to tick: the right that weavy names, else the one that the call needs (assumed: reading needs READ,
 * POST needs ADD, PUT needs UPDATE).
 */
export async function askTable<T>(
  { http }: WeavyAccount,
  entity: WeavyEntity,
  needs: WeavyRight,
  call: HttpCall<T>,
): Promise<T> {
  try {
    return await http.request(call);
  } catch (error) {
    if (!isMissingRight(error)) throw error;
    const right = error.detail.fields?.map(knownRight).find((named) => named !== undefined) ?? needs;
    const { studioName } = weavyRules.tables[entity];
    const message = `Weavy does not allow ${error.detail.operation}: tick "${weavyRules.rightColumns[right]}" of the table "${studioName}" in the data dictionary of its studio.`;
    throw new PlatformFailure(FailureKind.accessLost, message, { ...error.detail, fields: [entity, right] });
  }
}

export function isMissingRight(error: unknown): error is PlatformFailure {
  return (
    error instanceof PlatformFailure &&
    error.kind === FailureKind.accessLost &&
    error.detail.code === API_RIGHT
  );
}

function knownRight(name: string): WeavyRight | undefined {
  const right = name.toUpperCase();
  return right === 'READ' || right === 'ADD' || right === 'UPDATE' ? right : undefined;
}

export function defect(operation: string, message: string): PlatformFailure {
  return new PlatformFailure(FailureKind.defect, message, { platform: 'weavy', operation });
}
