import type { Pair } from '../config/schema';
import type { Language } from '../mappings/reason-types';
import { countsText, outcomeText } from '../operations/outcome-words';
import { recordWords } from '../operations/record-words';
import type { RunSummary, SyncStatus } from '../operations/sync-status';
import { COLON, timeText, valueText } from './answer';
import { offersStatusLines } from './pivot-cirkwi/offers-status-text';
import { table } from './table';
import { crmStatusLines } from './weavy-webmecanik/crm-status-text';

const WORDS = {
  fr: {
    attention: 'À traiter',
    attentionHint: 'voir passerelle attention',
    underWay: 'En cours',
    mask: 'Masque en vigueur',
    noMask: 'aucun (mask export, puis mask import)',
    full: 'Dernière comparaison complète',
    schedule: 'Prochain passage',
    paused: 'planification suspendue',
    off: 'aucune planification',
    unknown: 'Temporal ne répond pas',
    waits: 'en pause jusqu’à',
    lost: 'accès perdu depuis',
    run: 'Passage',
    kind: 'Type',
    began: 'Début',
    lasted: 'Durée',
    outcome: 'Issue',
    writes: 'Écritures',
  },
  en: {
    attention: 'Needs attention',
    attentionHint: 'see passerelle attention',
    underWay: 'Under way',
    mask: 'Mask in force',
    noMask: 'none (mask export, then mask import)',
    full: 'Last full comparison',
    schedule: 'Next run',
    paused: 'schedule paused',
    off: 'no schedule',
    unknown: 'Temporal does not answer',
    waits: 'paused until',
    lost: 'access lost since',
    run: 'Run',
    kind: 'Kind',
    began: 'Began',
    lasted: 'Took',
    outcome: 'Outcome',
    writes: 'Writes',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Where one sync stands, for people. */
export function statusText(status: SyncStatus, pair: Pair, language: Language): string {
  const words = WORDS[language];
  const named = recordWords(pair, language);
  const colon = COLON[language];
  const records =
    Object.keys(status.standing).length === 0 ? named.noneRead : countsText(status.standing, language);
  const lines = [
    `${status.sync} (${status.pair})`,
    `  ${named.Many}${colon}${records}`,
    `  ${words.attention}${colon}${status.attention}${status.attention > 0 ? ` (${words.attentionHint} ${status.sync})` : ''}`,
    ...pairLines(status, language),
    `  ${words.full}${colon}${timeText(status.lastFullAt, language)}`,
    `  ${words.schedule}${colon}${scheduleText(status, language)}`,
  ];
  if (status.underWay !== null)
    lines.push(
      `  ${words.underWay}${colon}${words.run} ${status.underWay.run} (${status.underWay.workflowId})`,
    );
  for (const { account, pausedUntil, accessLostAt } of status.accounts) {
    if (pausedUntil !== null) lines.push(`  ${account}: ${words.waits} ${timeText(pausedUntil, language)}`);
    if (accessLostAt !== null) lines.push(`  ${account}: ${words.lost} ${timeText(accessLostAt, language)}`);
  }
  if (status.runs.length > 0) lines.push(runsTable(status.runs, named.Many, language));
  return lines.join('\n');
}

/** What each pair has in its own place: the first one's mask, the second one's feeds, the third one's links. */
function pairLines(status: SyncStatus, language: Language): string[] {
  const words = WORDS[language];
  if (status.offers !== undefined) return offersStatusLines(status.offers, status.watch, language);
  if (status.crm !== undefined) return crmStatusLines(status.crm, language);
  return [`  ${words.mask}${COLON[language]}${status.maskVersion ?? words.noMask}`];
}

function scheduleText({ schedule }: SyncStatus, language: Language): string {
  const words = WORDS[language];
  switch (schedule.state) {
    case 'active':
      return timeText(schedule.next, language);
    case 'paused':
      return words.paused;
    case 'none':
      return words.off;
    case 'unknown':
      return words.unknown;
  }
}

function runsTable(runs: readonly RunSummary[], records: string, language: Language): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.run },
      { head: words.kind },
      { head: words.began },
      { head: words.lasted },
      { head: words.outcome, share: 2 },
      { head: records, share: 3 },
      { head: words.writes },
    ],
    runs.map((run) => [
      String(run.run),
      `${run.mode} (${run.trigger})`,
      timeText(run.startedAt, language),
      run.seconds === null ? valueText(run.phase) : `${run.seconds.toFixed(1)} s`,
      `${run.outcome === null ? '…' : outcomeText(run.outcome, language)}${run.reason === null ? '' : `: ${run.reason}`}`,
      run.counts === null ? '-' : countsText(run.counts, language),
      String(run.writes),
    ]),
  );
}
