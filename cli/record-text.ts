import type { Pair } from '../config/schema';
import type { Language } from '../mappings/reason-types';
import { outcomeText } from '../operations/outcome-words';
import { offerStatusText } from '../operations/pivot-cirkwi/offer-words';
import type { HistoryLine, RecordView } from '../operations/record-view';
import { recordWords } from '../operations/record-words';
import { stateText } from '../operations/weavy-webmecanik/crm-words';
import { COLON, timeText, valueText } from './answer';
import { attentionTable } from './attention-table';
import { excerpts } from './excerpts';
import { offerLines } from './pivot-cirkwi/offer-text';
import { table } from './table';
import { coupleLines } from './weavy-webmecanik/couple-text';

const WORDS = {
  fr: {
    status: 'Statut {source}',
    deleted: 'supprimé dans {source} le',
    parent: 'Co-exposant de',
    outcome: 'Situation',
    due: 'sera regardé au prochain passage',
    changed: 'Modifié dans {source}',
    settled: 'Dernier passage',
    unreadable: 'Illisible',
    links: 'Liens',
    noLinks: 'relié à rien dans Inwink',
    tracks: 'Les deux tracés',
    sharedWith: 'partagé, tenu par le dossier',
    paused: 'champs en pause',
    quantities: 'quantités',
    workflow: 'Temporal',
    attention: 'À traiter ou à savoir',
    history: 'Historique',
    at: 'Date',
    act: 'Acte',
    field: 'Champ',
    before: 'Avant',
    after: 'Après',
    rule: 'Règle',
    run: 'Passage',
  },
  en: {
    status: '{source} status',
    deleted: 'deleted in {source} on',
    parent: 'Co-exhibitor of',
    outcome: 'Standing',
    due: 'will be looked at by the next run',
    changed: 'Changed in {source}',
    settled: 'Last pass',
    unreadable: 'Unreadable',
    links: 'Links',
    noLinks: 'linked to nothing in Inwink',
    tracks: 'Both tracks',
    sharedWith: 'shared, kept by dossier',
    paused: 'paused fields',
    quantities: 'quantities',
    workflow: 'Temporal',
    attention: 'To answer or to know',
    history: 'History',
    at: 'When',
    act: 'Act',
    field: 'Field',
    before: 'Before',
    after: 'After',
    rule: 'Rule',
    run: 'Run',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Where the record comes from. */
function sourceOf(pair: Pair, record: string): string {
  switch (pair) {
    case 'planexpo-inwink':
      return 'Planexpo';
    case 'pivot-cirkwi':
      return 'PIVOT';
    case 'weavy-webmecanik':
      return record.startsWith('weavy/') ? 'weavy' : 'Webmecanik';
  }
}

/** One record with everything known about it, for people; `sketch` shows two tracks one over the other. */
export function recordText(view: RecordView, pair: Pair, sketch: string | null, language: Language): string {
  const words = WORDS[language];
  const colon = COLON[language];
  const source = sourceOf(pair, view.record);
  const here = (text: string) => text.replace('{source}', source);
  const lines = [
    `${recordWords(pair, language).One} ${view.record}${view.publicId === null ? '' : ` (${view.publicId})`} ${view.name ?? ''}`.trim(),
    `  ${here(words.status)}${colon}${statusText(view, language)}${view.deletedAt === null ? '' : `, ${here(words.deleted)} ${timeText(view.deletedAt, language)}`}`,
    ...(view.parent === null || view.couple !== undefined ? [] : [`  ${words.parent}${colon}${view.parent}`]),
    `  ${words.outcome}${colon}${outcomeText(view.outcome, language)}${view.due ? ` (${words.due})` : ''}`,
    ...(view.reason === null ? [] : [`    [${view.reason.code}] ${view.reason.what} ${view.reason.next}`]),
    ...(view.unreadable.length === 0 ? [] : [`  ${words.unreadable}${colon}${view.unreadable.join('; ')}`]),
    `  ${here(words.changed)}${colon}${timeText(view.changedAt, language)}; ${words.settled}${colon}${timeText(view.settledAt, language)}`,
    ...(view.workflow === null ? [] : [`  ${words.workflow}${colon}${view.workflow}`]),
    ...linkedLines(view, language),
    ...(sketch === null ? [] : [`${words.tracks}${colon.trimEnd()}`, sketch]),
  ];
  if (view.attention.length > 0)
    lines.push(`${words.attention}${colon.trimEnd()}`, attentionTable(view.attention, language, pair));
  if (view.history.length > 0)
    lines.push(`${words.history}${colon.trimEnd()}`, historyTable(view.history, language));
  return lines.join('\n');
}

function statusText({ offer, couple, status }: RecordView, language: Language): string {
  if (couple !== undefined) return stateText(status, language);
  return offer === undefined ? status : offerStatusText(status, language);
}

/** What the record is linked to, as its pair knows it. */
function linkedLines(view: RecordView, language: Language): string[] {
  if (view.couple !== undefined) return coupleLines(view.couple, language);
  if (view.offer !== undefined) return offerLines(view.offer, language);
  return [`${WORDS[language].links}${COLON[language].trimEnd()}`, ...linkLines(view, language)];
}

function linkLines(view: RecordView, language: Language): string[] {
  const words = WORDS[language];
  const colon = COLON[language];
  if (view.links.length === 0) return [`  ${words.noLinks}`];
  return view.links.flatMap((link) => {
    const quantities = Object.entries(link.quantities).map(([id, { stored }]) => `${id} = ${stored}`);
    const shared = link.owner !== null && link.owner !== view.record;
    return [
      `  ${link.kind} ${link.targetId} (${link.state}, ${link.origin})${shared ? `, ${words.sharedWith} ${link.owner}` : ''}`,
      ...(link.url === null ? [] : [`    ${link.url}`]),
      ...(link.pausedFields.length === 0
        ? []
        : [`    ${words.paused}${colon}${link.pausedFields.join(', ')}`]),
      ...(quantities.length === 0 ? [] : [`    ${words.quantities}${colon}${quantities.join(', ')}`]),
    ];
  });
}

function historyTable(history: readonly HistoryLine[], language: Language): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.at },
      { head: words.act, share: 2 },
      { head: words.field, share: 2 },
      { head: words.before, share: 2 },
      { head: words.after, share: 2 },
      { head: words.rule, share: 2 },
      { head: words.run },
    ],
    history.map((line) => [
      timeText(line.at, language),
      `${line.kind} ${line.operation}`,
      line.field ?? '-',
      ...excerpts(valueText(line.before), valueText(line.after)),
      line.rule,
      line.run === null ? (line.actor ?? '-') : String(line.run),
    ]),
  );
}
