import type { RunMode } from '../../../db/runs';
import type { Language } from '../../../mappings/reason-types';

type Named<K extends string = string> = Readonly<Record<K, Readonly<Record<Language, string>>>>;

const MODES: Named<RunMode> = {
  run: { fr: 'passage', en: 'run' },
  plan: { fr: 'simulation', en: 'plan' },
  apply: { fr: 'application d’une simulation', en: 'application of a plan' },
};

const PHASES: Named = {
  opening: { fr: 'ouverture', en: 'opening' },
  preflight: { fr: 'vérification des prérequis', en: 'checking prerequisites' },
  read: { fr: 'lecture', en: 'reading' },
  plan: { fr: 'comparaison', en: 'comparing' },
  guard: { fr: 'garde-fous', en: 'guards' },
  apply: { fr: 'écriture', en: 'writing' },
  confirm: { fr: 'confirmation', en: 'confirming' },
  report: { fr: 'bilan', en: 'report' },
  closed: { fr: 'clos', en: 'closed' },
};

const TRIGGERS: Named = {
  manual: { fr: 'à la demande d’une personne', en: 'asked by a person' },
  schedule: { fr: 'par la planification', en: 'by the schedule' },
  service: { fr: 'à la demande d’un service', en: 'asked by a service' },
  feed: { fr: 'à la visite de Cirkwi', en: 'at a visit of Cirkwi' },
};

export const modeText = (mode: RunMode, language: Language) => MODES[mode][language];
/** In plain words; one that this release does not know as it is. */
export const phaseText = (phase: string, language: Language) => PHASES[phase]?.[language] ?? phase;
export const triggerText = (trigger: string, language: Language) => TRIGGERS[trigger]?.[language] ?? trigger;

/** How runs say why they ended early: what a run stores is a sentence for logs and for the command line. */
const REASONS: ReadonlyArray<{ like: RegExp; said: Readonly<Record<Language, string>> }> = [
  {
    like: /^stopped after the dossiers under way, as asked$/,
    said: {
      fr: 'Arrêté à la demande d’une personne, après les fiches en cours.',
      en: 'Stopped as a person asked, after the records under way.',
    },
  },
  {
    like: /^cancelled by an operator$/,
    said: { fr: 'Annulé depuis Temporal.', en: 'Cancelled from Temporal.' },
  },
  {
    like: /^run (\d+) \(.*\) holds the place$/,
    said: {
      fr: 'Le passage $1 était déjà en cours\u00a0: celui-ci n’a rien fait.',
      en: 'Run $1 was under way already: this one did nothing.',
    },
  },
  {
    like: /^the guard stopped the run \((.*)\): .*$/,
    said: {
      fr: 'Un garde-fou a arrêté le passage avant toute écriture ($1). Décidez le point à traiter, puis relancez.',
      en: 'A guard stopped the run before it wrote anything ($1). Decide the attention item, then run again.',
    },
  },
  {
    like: /^plan (\S+) does not exist for this sync, or is no finished plan$/,
    said: {
      fr: 'La simulation $1 n’existe pas pour cette synchronisation, ou n’est pas terminée.',
      en: 'Plan $1 does not exist for this sync, or is not finished.',
    },
  },
  {
    like: /^prerequisites not met: (.*) \(see "passerelle check [^"]*"\)$/s,
    said: {
      fr: 'Des prérequis ne sont pas remplis ($1)\u00a0: leur vérification dit que faire.',
      en: 'Prerequisites are not met ($1): the check of the prerequisites says what to do.',
    },
  },
  {
    like: /^(.*) \(see "passerelle check [^"]*"\)$/s,
    said: {
      fr: '$1 La vérification des prérequis dit que faire.',
      en: '$1 The check of the prerequisites says what to do.',
    },
  },
];

/** Why a run ended early, for a reader; a failure that is told nowhere else as it was stored. */
export function runReasonText(reason: string, language: Language): string {
  for (const { like, said } of REASONS) if (like.test(reason)) return reason.replace(like, said[language]);
  return reason;
}
