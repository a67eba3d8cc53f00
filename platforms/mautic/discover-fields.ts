import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CallContext } from '../budget';
import { type MauticAccount, request } from './account';
import type { MauticObject } from './client';
import { fieldListSchema, listQuery } from './contract';
import { mauticRules } from './rules';

/** Every field in use, custom ones too, from all pages of the list. */
export async function discoverFields(
  account: MauticAccount,
  object: MauticObject,
  call?: CallContext,
): Promise<DiscoveredField[]> {
  const found = new Map<string, DiscoveredField>();
  for (let start = 0; ; start += mauticRules.fieldPage) {
    const page = await request(
      account,
      object,
      {
        method: 'GET',
        path: ['fields', object],
        route: `/fields/${object}`,
        query: { ...listQuery(mauticRules.fieldPage), start: String(start) },
        repeatable: 'safe',
        schema: fieldListSchema(object),
      },
      call,
    );
    const before = found.size;
    for (const field of page.fields) found.set(field.name, field);
    // an instance that leaves `start` out answers the first page for ever
    const isRepeated = page.fields.length > 0 && found.size === before;
    if (page.rows < mauticRules.fieldPage || isRepeated) return [...found.values()];
  }
}
