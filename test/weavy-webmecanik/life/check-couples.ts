import { RECORD_KINDS, type RecordKind, recordIdOf } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { type Couple, KINDS } from './couple';
import { expectedOf, holdsExpected, isBlank } from './field-track';
import { recordsOf, type SideIndex } from './side-index';
import type { SideRecord } from './side-records';

/** What the end is compared with. */
export interface Remembered {
  /** Live records by kind and key, as the life began. */
  keys: ReadonlyMap<RecordKind, ReadonlyMap<string, number>>;
  /** Record ids that were there, or that people made since. */
  made: Set<string>;
}

export function keysAtStart(index: SideIndex): Remembered['keys'] {
  return new Map(
    RECORD_KINDS.map((kind) => [
      kind,
      new Map([...index.groups(kind)].map(([key, group]) => [key, group.length])),
    ]),
  );
}

/** Every difference between the model and both sides, in words. None: all edits stand, nothing is there twice. */
export function differencesOf(
  couples: readonly Couple[],
  index: SideIndex,
  fields: FieldMapping,
  remembered: Remembered,
): string[] {
  return [
    ...couples.flatMap((couple) => coupleDifferences(couple, index, fields)),
    ...duplicates(index, remembered),
    ...strangers(couples, index, remembered),
  ];
}

function coupleDifferences(couple: Couple, index: SideIndex, fields: FieldMapping): string[] {
  const { weavy, mautic } = recordsOf(couple, index);
  const name = `${couple.identity} (${couple.form})`;
  if (weavy === undefined || mautic === undefined)
    return [`${name}: there is no record in ${weavy === undefined ? 'weavy' : 'Mautic'}`];
  const differences = couple.tracks.flatMap((track) => {
    const values = {
      weavy: weavy.fields[track.pair.weavy] ?? null,
      mautic: mautic.fields[track.pair.mautic] ?? null,
    };
    if (holdsExpected(track, values)) return [];
    const expected = (expectedOf(track) ?? []).map(({ value }) => JSON.stringify(value)).join(' or ');
    return [
      `${name}: ${track.pair.weavy} must be ${expected}, ` +
        `weavy has ${JSON.stringify(values.weavy)}, Mautic ${JSON.stringify(values.mautic)}`,
    ];
  });
  return [...differences, ...bounceDifference(name, couple, weavy, fields)];
}

function bounceDifference(
  name: string,
  { form, bounce }: Couple,
  weavy: SideRecord,
  { contacts }: FieldMapping,
): string[] {
  const field = contacts?.bounceField ?? null;
  if (form !== 'contact' || field === null || bounce === 'not-judged') return [];
  const isDated = !isBlank(weavy.fields[field]);
  if (isDated === (bounce === 'dated')) return [];
  return [`${name}: ${isDated ? 'a bounce is dated that never was' : 'its bounce has no date'} in weavy`];
}

/** More live records with one key than there were, and than one. */
function duplicates(index: SideIndex, { keys }: Remembered): string[] {
  return RECORD_KINDS.flatMap((kind) =>
    [...index.groups(kind)].flatMap(([key, group]) => {
      const allowed = Math.max(1, keys.get(kind)?.get(key) ?? 0);
      if (group.length <= allowed) return [];
      return [`${kind} "${key}" is there ${group.length} times: ${group.map(({ id }) => id).join(', ')}`];
    }),
  );
}

/** Records that neither a person nor a couple of the model accounts for. */
function strangers(couples: readonly Couple[], index: SideIndex, { keys, made }: Remembered): string[] {
  const wanted = new Set(
    couples.flatMap(({ form, ids }) => [
      `${KINDS[form].weavy}/${ids.weavy}`,
      `${KINDS[form].mautic}/${ids.mautic}`,
    ]),
  );
  const wasKnown = (key: string): boolean => RECORD_KINDS.some((kind) => keys.get(kind)?.has(key) === true);
  return RECORD_KINDS.flatMap((kind) =>
    [...index.groups(kind)].flatMap(([key, group]) =>
      group
        .map(recordIdOf)
        .filter((id) => !made.has(id) && !wanted.has(id) && !wasKnown(key))
        .map((id) => `${id} was made by nobody`),
    ),
  );
}
