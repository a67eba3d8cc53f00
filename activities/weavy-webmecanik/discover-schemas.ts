import type { ApiRight, MissingRight } from '../../mappings/weavy-webmecanik/api-rights';
import type { RecordKind } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField, DiscoveredSchemas } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CallContext } from '../../platforms/budget';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { MauticClient } from '../../platforms/mautic/client';
import type { WeavyClient } from '../../platforms/weavy/client';

const WEAVY_ENTITIES = ['customer', 'customercontact', 'marketinginbound'] as const;
const MAUTIC_OBJECTS = ['company', 'contact'] as const;

export interface Discovered {
  schemas: DiscoveredSchemas;
  missingRights: MissingRight[];
}

/**
 * The fields of every object as they are now, custom ones at once. An object that our account may not see is left out
 * and named; any other failure is thrown.
 */
export async function discoverSchemas(
  weavy: Pick<WeavyClient, 'dictionary'>,
  mautic: Pick<MauticClient, 'fields'>,
  call?: CallContext,
): Promise<Discovered> {
  const found: Discovered = { schemas: { weavy: {}, mautic: {} }, missingRights: [] };
  for (const entity of WEAVY_ENTITIES) {
    const fields = await discover(found, `weavy/${entity}`, () => weavy.dictionary(entity, call));
    if (fields !== null) found.schemas.weavy[entity] = fields;
  }
  for (const object of MAUTIC_OBJECTS) {
    const fields = await discover(found, `mautic/${object}`, () => mautic.fields(object, call));
    if (fields !== null) found.schemas.mautic[object] = fields;
  }
  return found;
}

async function discover(
  found: Discovered,
  table: RecordKind,
  read: () => Promise<DiscoveredField[]>,
): Promise<DiscoveredField[] | null> {
  try {
    return await read();
  } catch (error) {
    const right = missingRight(error);
    if (right === null) throw error;
    found.missingRights.push({ table, right });
    return null;
  }
}

/**
 * The right that a refusal of one object names, READ when it names none; null for every other failure. Mautic answers
 * 403 for all objects when its API is off: that is no right to tick.
 */
function missingRight(error: unknown): ApiRight | null {
  if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.accessLost) return null;
  const { code, status, fields } = error.detail;
  if (code !== 'API_RIGHT' && (status !== 403 || code === 'api_disabled')) return null;
  const named = fields?.[1];
  return named === 'ADD' || named === 'UPDATE' ? named : 'READ';
}
