import type { Language } from '../../mappings/reason-types';
import { grantText } from '../../mappings/weavy-webmecanik/api-rights';
import { RECORD_KINDS } from '../../mappings/weavy-webmecanik/crm-record';
import { type CrmStatus, READ_KINDS } from '../../operations/weavy-webmecanik/crm-status';
import { coupleKindText, kindText, stateText } from '../../operations/weavy-webmecanik/crm-words';
import { COLON, timeText } from '../answer';

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
