import { z } from 'zod';
import { deniedKinds } from '../../activities/weavy-webmecanik/denied';
import { couplesByState, pausedFields } from '../../db/crm-reading';
import type { Pool } from '../../db/pool';
import { cursorMovedAt } from '../../db/reading';
import { getCursor } from '../../db/staging';
import type { Language } from '../../mappings/reason-types';
import { grantText } from '../../mappings/weavy-webmecanik/api-rights';
import { RECORD_KINDS, type RecordKind } from '../../mappings/weavy-webmecanik/crm-record';
import { coupleKindText, kindText, stateText } from '../../operations/weavy-webmecanik/crm-words';
import { COLON, timeText } from '../answer';

const READ_KINDS = RECORD_KINDS.filter((kind) => kind !== 'weavy/marketinginbound');

/** What a sync of this pair has beside others: `status --json` prints it under `crm`. */
export interface CrmStatus {
  /** Links by kind and state. */
  couples: Record<string, Record<string, number>>;
  /** When each kind was last read to its end; null before the first time. Entrants are looked up, not read. */
  lastRead: Partial<Record<RecordKind, string | null>>;
  /** How far each platform's clock is ahead of ours, in ms; null when unknown. */
  skewMs: { weavy: number | null; mautic: number | null };
  /** Fields that wait for a person, by weavy's name. */
  pausedFields: Array<{ kind: string; field: string; records: number }>;
  /** Mapped fields that one side no longer has: paused for every record. */
  goneFields: string[];
  /** Tables that a platform does not let us read. */
  deniedTables: string[];
}

const clockSchema = z.object({ skewMs: z.number().nullable() }).nullable().catch(null);
const goneSchema = z.record(z.string(), z.array(z.string())).nullable().catch(null);

export async function crmStatus(pool: Pool, slug: string): Promise<CrmStatus> {
  const lastRead: CrmStatus['lastRead'] = {};
  for (const kind of READ_KINDS)
    lastRead[kind] = (await cursorMovedAt(pool, slug, `since/${kind}`))?.toISOString() ?? null;
  const skewOf = async (side: string) =>
    clockSchema.parse(await getCursor(pool, slug, `clock/${side}`))?.skewMs ?? null;
  const gone = goneSchema.parse(await getCursor(pool, slug, 'gone-fields')) ?? {};
  return {
    couples: await couplesByState(pool, slug),
    lastRead,
    skewMs: { weavy: await skewOf('weavy'), mautic: await skewOf('mautic') },
    pausedFields: await pausedFields(pool, slug),
    goneFields: Object.entries(gone).flatMap(([object, names]) => names.map((name) => `${object}: ${name}`)),
    deniedTables: await deniedKinds(pool, slug),
  };
}

const WORDS = {
  fr: {
    couples: 'Liens',
    none: 'aucun',
    lastRead: 'Dernière lecture',
    never: 'jamais',
    clocks: 'Horloges',
    ahead: 'avance de',
    behind: 'retard de',
    onTime: 'à l’heure',
    unknown: 'inconnue',
    paused: 'Champs en pause',
    records: 'fiches',
    gone: 'Champs disparus',
    denied: 'Table interdite',
  },
  en: {
    couples: 'Links',
    none: 'none',
    lastRead: 'Last read',
    never: 'never',
    clocks: 'Clocks',
    ahead: 'ahead by',
    behind: 'behind by',
    onTime: 'on time',
    unknown: 'unknown',
    paused: 'Paused fields',
    records: 'records',
    gone: 'Fields that are gone',
    denied: 'Table out of reach',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The lines of a sync of this pair, in the place that the mask has in the first one. */
export function crmStatusLines(crm: CrmStatus, language: Language): string[] {
  const words = WORDS[language];
  const colon = COLON[language];
  const couples = Object.entries(crm.couples).map(
    ([kind, states]) => `${coupleKindText(kind, language)} ${statesText(states, language)}`,
  );
  const reads = READ_KINDS.map((kind) => {
    const at = crm.lastRead[kind] ?? null;
    return `${kindText(kind, language)} ${at === null ? words.never : timeText(at, language)}`;
  });
  const paused = crm.pausedFields.map(({ field, records }) => `${field} (${records} ${words.records})`);
  return [
    `  ${words.couples}${colon}${couples.join(' ; ') || words.none}`,
    `  ${words.lastRead}${colon}${reads.join(', ')}`,
    `  ${words.clocks}${colon}weavy ${skewText(crm.skewMs.weavy, language)}, Webmecanik ${skewText(crm.skewMs.mautic, language)}`,
    ...(paused.length === 0 ? [] : [`  ${words.paused}${colon}${paused.join(', ')}`]),
    ...(crm.goneFields.length === 0 ? [] : [`  ${words.gone}${colon}${crm.goneFields.join(', ')}`]),
    ...crm.deniedTables.map((table) => `  ${words.denied}${colon}${deniedText(table, language)}`),
  ];
}

function statesText(states: Readonly<Record<string, number>>, language: Language): string {
  return Object.entries(states)
    .map(([state, n]) => `${n} ${stateText(state, language)}`)
    .join(', ');
}

function skewText(skewMs: number | null, language: Language): string {
  const words = WORDS[language];
  if (skewMs === null) return words.unknown;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (seconds === 0) return words.onTime;
  return `${skewMs > 0 ? words.ahead : words.behind} ${seconds} s`;
}

/** With what to tick, in the words of the platform's own screen. */
function deniedText(table: string, language: Language): string {
  const kind = RECORD_KINDS.find((each) => each === table);
  return kind === undefined ? table : `${table} (${grantText(kind, ['READ'], language)})`;
}
