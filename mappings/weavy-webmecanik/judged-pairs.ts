import type { CrmRecord, Side } from './crm-record';
import type { DiscoveredField, DiscoveredSchemas, FieldMapping, FieldPair } from './field-mapping';
import { keyFieldOf } from './match-key';
import type { JudgedPair } from './verdict';

/** The kinds of the two records of a couple, also while one of them is yet to come. */
export interface CoupleKinds {
  weavy: 'customer' | 'customercontact' | 'marketinginbound';
  mautic: 'company' | 'contact';
}

/** The mapped pairs of one kind of couple, with what both platforms say about their fields. Empty: not synchronised. */
export function judgedPairsOf(
  kinds: CoupleKinds,
  mapping: FieldMapping,
  schemas: DiscoveredSchemas,
): JudgedPair[] {
  const weavy = byName(schemas.weavy[kinds.weavy]);
  const mautic = byName(schemas.mautic[kinds.mautic]);
  const key: Record<Side, string> = {
    weavy: keyFieldOf(`weavy/${kinds.weavy}`, mapping),
    mautic: keyFieldOf(`mautic/${kinds.mautic}`, mapping),
  };
  return pairsOf(kinds, mapping).map((pair) => {
    const fields = { weavy: weavy.get(pair.weavy), mautic: mautic.get(pair.mautic) };
    return {
      ...pair,
      identity: pair.weavy === key.weavy && pair.mautic === key.mautic,
      readOnly: { weavy: fields.weavy?.readOnly === true, mautic: fields.mautic?.readOnly === true },
      required: { weavy: fields.weavy?.required === true, mautic: fields.mautic?.required === true },
      limits: { weavy: limitsOf(fields.weavy), mautic: limitsOf(fields.mautic) },
    };
  });
}

function pairsOf(kinds: CoupleKinds, mapping: FieldMapping): FieldPair[] {
  switch (kinds.weavy) {
    case 'customer':
      return mapping.companies?.fields ?? [];
    case 'customercontact':
      return mapping.contacts?.fields ?? [];
    case 'marketinginbound':
      // an Entrant is written, never read back: what stands there is left to weavy's people
      return (mapping.inbounds?.fields ?? []).map((pair) => ({ ...pair, enforce: false }));
  }
}

function byName(fields: DiscoveredField[] | undefined): Map<string, DiscoveredField> {
  return new Map((fields ?? []).map((field) => [field.name, field]));
}

function limitsOf(field: DiscoveredField | undefined): JudgedPair['limits'][Side] {
  return { length: field?.length ?? null, choices: field?.choices ?? null };
}

/** The kinds of a couple by the records that are there: an unknown Mautic contact is to become an Entrant (seed). */
export function kindsOf(
  weavy: Pick<CrmRecord, 'kind'> | null,
  mautic: Pick<CrmRecord, 'kind'> | null,
): CoupleKinds {
  if (weavy?.kind === 'weavy/customer' || mautic?.kind === 'mautic/company')
    return { weavy: 'customer', mautic: 'company' };
  if (weavy?.kind === 'weavy/customercontact') return { weavy: 'customercontact', mautic: 'contact' };
  return { weavy: 'marketinginbound', mautic: 'contact' };
}
