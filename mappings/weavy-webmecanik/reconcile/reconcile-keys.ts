import type { RecordKind } from '../crm-record';
import { type Difference, type LinkedCouple, type LiveRecord, ofRecords } from './reconcile-difference';

/** Whether a record that stands alone on its side should have a counterpart. `unknown`: only a call for each could tell. */
export type Awaits = 'counterpart' | 'nothing' | 'unknown';

export interface KeySides {
  /** Live records of both sides that share this kind: Tiers and companies, or Contacts, Entrants and contacts. */
  records: readonly LiveRecord[];
  couples: readonly LinkedCouple[];
  awaits(record: LiveRecord): Awaits;
}

export interface KeyComparison {
  differences: Difference[];
  /** Records of which nobody could say whether they should have a counterpart. */
  unknown: number;
}

type Group = Record<'weavy' | 'entrants' | 'mautic', LiveRecord[]>;

/** Who is known by which key: what is there twice, alone, or on both sides without a link. A blank is nobody's key. */
export function compareKeys(sides: KeySides): KeyComparison {
  const linked = linkedRecords(sides.couples);
  const found: KeyComparison = { differences: [], unknown: 0 };
  for (const group of groupsOf(sides.records)) {
    found.differences.push(...doubled(group, linked));
    const all = [...group.weavy, ...group.entrants, ...group.mautic];
    if (all.some(({ recordId }) => linked.has(recordId))) continue;
    addUnlinked(found, group, sides);
  }
  return found;
}

/** Records of couples with two sides, and those that a person wants left alone. */
function linkedRecords(couples: readonly LinkedCouple[]): Set<string> {
  return new Set(
    couples.flatMap(({ weavyRecord, mauticRecord, isStopped }) =>
      isStopped || (weavyRecord !== null && mauticRecord !== null)
        ? [weavyRecord ?? '', mauticRecord ?? '']
        : [],
    ),
  );
}

function groupsOf(records: readonly LiveRecord[]): Group[] {
  const groups = new Map<string, Group>();
  for (const record of records) {
    if (record.key === null || record.record.deleted) continue;
    const group = groups.get(record.key) ?? { weavy: [], entrants: [], mautic: [] };
    group[PLACE[record.record.kind]].push(record);
    groups.set(record.key, group);
  }
  return [...groups.values()];
}

const PLACE = {
  'weavy/customer': 'weavy',
  'weavy/customercontact': 'weavy',
  'weavy/marketinginbound': 'entrants',
  'mautic/company': 'mautic',
  'mautic/contact': 'mautic',
} as const satisfies Record<RecordKind, keyof Group>;

function doubled({ weavy, entrants, mautic }: Group, linked: ReadonlySet<string>): Difference[] {
  const found: Difference[] = [];
  for (const same of [weavy, mautic])
    if (same.length > 1) found.push(ofRecords('duplicate', idsOf(same, linked)));
  if (entrants.length > 1) found.push(ofRecords('entrant-doubled', idsOf(entrants, linked)));
  return found;
}

/** The linked one first: the others are its duplicates. */
function idsOf(records: readonly LiveRecord[], linked: ReadonlySet<string>): string[] {
  const ids = records.map(({ recordId }) => recordId).sort();
  return [...ids.filter((id) => linked.has(id)), ...ids.filter((id) => !linked.has(id))];
}

/** Nothing of this key is linked. An Entrant by itself is nobody's business (settled question 34). */
function addUnlinked(found: KeyComparison, { weavy, entrants, mautic }: Group, sides: KeySides): void {
  const ours = weavy.length > 0 ? weavy : entrants;
  const none: ReadonlySet<string> = new Set();
  if (ours.length > 0 && mautic.length > 0) {
    found.differences.push(ofRecords('unlinked', [...idsOf(ours, none), ...idsOf(mautic, none)]));
    return;
  }
  const alone = weavy.length > 0 ? weavy : mautic;
  if (alone.length === 0) return;
  const awaits = alone.map((record) => sides.awaits(record));
  if (awaits.includes('counterpart')) found.differences.push(ofRecords('missing', idsOf(alone, none)));
  else if (awaits.includes('unknown')) found.unknown += 1;
}
