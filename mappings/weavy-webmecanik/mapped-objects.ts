import type { RecordKind, Side } from './crm-record';
import type { Direction, DiscoveredField, DiscoveredSchemas, FieldMapping, FieldPair } from './field-mapping';

/** The parts of a mapping, in the order in which people read them. */
export const MAPPED_OBJECTS = ['companies', 'contacts', 'inbounds'] as const;
export type MappedObject = (typeof MAPPED_OBJECTS)[number];

type WeavyKind = Extract<RecordKind, `weavy/${string}`>;
type MauticKind = Extract<RecordKind, `mautic/${string}`>;

/** What each part connects. An Entrant and a Contact are both a contact in Mautic. */
export const ENDS = {
  companies: { weavy: 'weavy/customer', mautic: 'mautic/company' },
  contacts: { weavy: 'weavy/customercontact', mautic: 'mautic/contact' },
  inbounds: { weavy: 'weavy/marketinginbound', mautic: 'mautic/contact' },
} as const satisfies Record<MappedObject, { weavy: WeavyKind; mautic: MauticKind }>;

/** The discovered fields of one kind of record; undefined when they could not be discovered. */
export function schemaOf(schemas: DiscoveredSchemas, kind: RecordKind): DiscoveredField[] | undefined {
  switch (kind) {
    case 'weavy/customer':
      return schemas.weavy.customer;
    case 'weavy/customercontact':
      return schemas.weavy.customercontact;
    case 'weavy/marketinginbound':
      return schemas.weavy.marketinginbound;
    case 'mautic/company':
      return schemas.mautic.company;
    case 'mautic/contact':
      return schemas.mautic.contact;
  }
}

/** The field pairs of one part; none when that object is not synchronised. */
export function pairsOf(mapping: FieldMapping, object: MappedObject): readonly FieldPair[] {
  return mapping[object]?.fields ?? [];
}

/** The sides that a field of this direction may be written on. */
export function writtenSides(direction: Direction): readonly Side[] {
  if (direction === 'toMautic') return ['mautic'];
  return direction === 'toWeavy' ? ['weavy'] : ['weavy', 'mautic'];
}

/**
 * The synchronised objects that this mapping cannot serve, because one of their ends is out of reach: they are left
 * out, the others go on. Entrants need the Contacts too, because only those tell whether a contact is unknown.
 */
export function unreachableObjects(mapping: FieldMapping, schemas: DiscoveredSchemas): MappedObject[] {
  const isMissing = (object: MappedObject) =>
    schemaOf(schemas, ENDS[object].weavy) === undefined ||
    schemaOf(schemas, ENDS[object].mautic) === undefined;
  return MAPPED_OBJECTS.filter(
    (object) =>
      mapping[object] !== null && (isMissing(object) || (object === 'inbounds' && isMissing('contacts'))),
  );
}
