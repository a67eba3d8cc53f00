import type { FailureKind } from './failure';

/** What a platform's own error body says. */
export interface Problem {
  code?: string | undefined;
  /** Names of refused fields, never their values. */
  fields?: string[] | undefined;
  existingId?: string | undefined;
  /** Set where the platform's code says more than its status. */
  kind?: FailureKind | undefined;
}

/** Reads an error body; null when it is not in the platform's own form (a gateway's page, for example). */
export type ReadProblem = (body: unknown, status: number) => Problem | null;

/** The part of a problem fit for messages and histories: codes and field names that are words, not free text. */
export function presentable(problem: Problem | null): {
  code?: string;
  fields?: string[];
  existingId?: string;
} {
  const { code, fields, existingId } = problem ?? {};
  const names = (fields ?? []).filter((name) => /^[A-Za-z_][A-Za-z0-9_.[\]]{0,79}$/.test(name)).slice(0, 20);
  return {
    ...(code !== undefined && /^[A-Za-z][A-Za-z0-9_]{1,63}$/.test(code) ? { code } : {}),
    ...(names.length > 0 ? { fields: names } : {}),
    ...(existingId === undefined ? {} : { existingId }),
  };
}
