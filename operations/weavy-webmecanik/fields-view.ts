import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { RECORD_KINDS, type RecordKind, sideOf } from '../../mappings/weavy-webmecanik/crm-record';
import type {
  Direction,
  DiscoveredSchemas,
  FieldMapping,
} from '../../mappings/weavy-webmecanik/field-mapping';
import {
  ENDS,
  MAPPED_OBJECTS,
  type MappedObject,
  pairsOf,
  schemaOf,
} from '../../mappings/weavy-webmecanik/mapped-objects';

/** What a field is mapped to; `field` is null for the date of a bounce, which has no field on the other side. */
export interface FieldUse {
  object: MappedObject;
  field: string | null;
  direction: Direction;
}

/** One field of one platform, as `fields --json` prints it. */
export interface FieldView {
  object: RecordKind;
  name: string;
  label: string;
  type: string;
  length: number | null;
  required: boolean;
  readOnly: boolean;
  custom: boolean;
  /** How many values its closed list has; null for an open field. */
  choices: number | null;
  mappedTo: FieldUse[];
}

/** Every field that could be discovered, by object, in the platform's own order. */
export function fieldsView(schemas: DiscoveredSchemas, mapping: FieldMapping): FieldView[] {
  return RECORD_KINDS.flatMap((kind) =>
    (schemaOf(schemas, kind) ?? []).map(
      ({ name, label, type, length, required, readOnly, custom, choices }) => ({
        object: kind,
        name,
        label,
        type,
        length,
        required,
        readOnly,
        custom,
        choices: choices?.length ?? null,
        mappedTo: usesOf(kind, name, mapping),
      }),
    ),
  );
}

function usesOf(kind: RecordKind, name: string, mapping: FieldMapping): FieldUse[] {
  const side = sideOf(kind);
  const other: Side = side === 'weavy' ? 'mautic' : 'weavy';
  const uses = MAPPED_OBJECTS.filter((object) => ENDS[object][side] === kind).flatMap((object) =>
    pairsOf(mapping, object)
      .filter((pair) => pair[side] === name)
      .map((pair): FieldUse => ({ object, field: pair[other], direction: pair.direction })),
  );
  const isBounce = kind === 'weavy/customercontact' && mapping.contacts?.bounceField === name;
  return isBounce ? [...uses, { object: 'contacts', field: null, direction: 'toWeavy' }] : uses;
}
