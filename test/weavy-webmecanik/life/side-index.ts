import type { RecordKind, Side } from '../../../mappings/weavy-webmecanik/crm-record';
import { RECORD_KINDS } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { matchKeyOf } from '../../../mappings/weavy-webmecanik/match-key';
import { type Couple, KINDS } from './couple';
import { otherSide, SIDES } from './field-track';
import type { SideRecord, SidesState } from './side-records';

/** Look-ups in what stands on both sides. */
export interface SideIndex {
  get(kind: RecordKind, id: string): SideRecord | undefined;
  /** Live records by what they are known by; none for a blank. */
  known(kind: RecordKind, key: string): readonly SideRecord[];
  keyOf(record: SideRecord): string | null;
  /** Live records of a kind by key. */
  groups(kind: RecordKind): ReadonlyMap<string, readonly SideRecord[]>;
}

export function sideIndex(state: SidesState, fields: FieldMapping): SideIndex {
  const keyOf = (record: SideRecord): string | null => matchKeyOf(record, fields);
  const byId = new Map<string, SideRecord>();
  const byKey = new Map<RecordKind, Map<string, SideRecord[]>>();
  for (const kind of RECORD_KINDS) {
    const groups = new Map<string, SideRecord[]>();
    for (const record of state[kind]) {
      byId.set(`${kind}/${record.id}`, record);
      const key = keyOf(record);
      if (record.isLive && key !== null) groups.set(key, [...(groups.get(key) ?? []), record]);
    }
    byKey.set(kind, groups);
  }
  return {
    get: (kind, id) => byId.get(`${kind}/${id}`),
    known: (kind, key) => byKey.get(kind)?.get(key) ?? [],
    keyOf,
    groups: (kind) => byKey.get(kind) ?? new Map(),
  };
}

/** Both records of a couple as they stand; one that the sync has made since is found by its key, and remembered. */
export function recordsOf(couple: Couple, index: SideIndex): Partial<Record<Side, SideRecord>> {
  const found: Partial<Record<Side, SideRecord>> = {};
  for (const side of SIDES) {
    const id = couple.ids[side];
    const record = id === null ? undefined : index.get(KINDS[couple.form][side], id);
    if (record !== undefined) found[side] = record;
  }
  for (const side of SIDES) {
    const there = found[otherSide(side)];
    if (couple.ids[side] !== null || there === undefined) continue;
    const key = index.keyOf(there);
    const made = key === null ? undefined : index.known(KINDS[couple.form][side], key)[0];
    if (made === undefined) continue;
    couple.ids[side] = made.id;
    found[side] = made;
  }
  return found;
}
