import type { Language } from '../../../mappings/reason-types';
import { kindText } from '../plan/kind-words';
import { ruleText } from '../plan/rule-words';

const FR = {
  title: 'Journal',
  lead: 'Tout ce qui a été modifié, par quel passage ou par qui, avec la valeur d’avant, celle d’après et la règle.',
  tabs: 'Journaux',
  changes: 'Modifications',
  access: 'Accès',
  filters: 'Filtrer le journal',
  sync: 'Synchronisation',
  all: 'toutes',
  record: 'Fiche',
  recordHint: 'Identifiant ou numéro public',
  run: 'Passage',
  person: 'Personne ou programme',
  anybody: 'tous',
  peopleOnly: 'Actes de personnes seulement',
  filter: 'Filtrer',
  caption: 'Actes, du plus récent au plus ancien',
  when: 'Quand et par qui',
  where: 'Fiche',
  what: 'Acte et champ',
  before: 'Avant',
  after: 'Après',
  rule: 'Règle',
  byRun: (run: number) => `Passage ${run}`,
  byItself: 'Hors passage',
  wholeSync: 'toute la synchronisation',
  nothing: 'Aucun acte ne répond à ces critères.',
  noRecord: 'Aucune fiche n’a cet identifiant. Si elle a été retirée, choisissez aussi sa synchronisation.',
  whichSync: (syncs: string) =>
    `Plusieurs synchronisations ont une telle fiche (${syncs}) : choisissez-en une.`,
  export: 'Exporter ces actes (CSV)',
  acts: {
    create: 'création',
    update: 'mise à jour',
    adopt: 'reprise d’une fiche existante',
    quantity: 'quantité',
    withdraw: 'retrait',
    relink: 'nouveau lien',
    altered: 'gardé autrement par la plateforme',
    'link-team': 'équipe',
    'link-company': 'société',
    decision: 'décision',
    mask: 'masque',
    mapping: 'correspondance',
    override: 'passage outre',
  } as Readonly<Record<string, string>>,
  heads: {
    at: 'Le',
    sync: 'Synchronisation',
    run: 'Passage',
    actor: 'Par',
    record: 'Fiche',
    publicId: 'Identifiant public',
    name: 'Nom',
    kind: 'Objet',
    target: 'Identifiant en face',
    act: 'Acte',
    field: 'Champ',
    before: 'Avant',
    after: 'Après',
    rule: 'Règle',
  },
};

export type AuditWords = typeof FR;

const EN: AuditWords = {
  title: 'Audit',
  lead: 'Everything that was changed, by which run or by whom, with the value before, the one after, and the rule.',
  tabs: 'Audits',
  changes: 'Changes',
  access: 'Access',
  filters: 'Filter the audit',
  sync: 'Sync',
  all: 'all',
  record: 'Record',
  recordHint: 'Id or public number',
  run: 'Run',
  person: 'Person or program',
  anybody: 'all',
  peopleOnly: 'Acts of people only',
  filter: 'Filter',
  caption: 'Acts, the newest first',
  when: 'When and by whom',
  where: 'Record',
  what: 'Act and field',
  before: 'Before',
  after: 'After',
  rule: 'Rule',
  byRun: (run) => `Run ${run}`,
  byItself: 'Outside a run',
  wholeSync: 'the whole sync',
  nothing: 'No act fits.',
  noRecord: 'No record has this id. If it is gone, choose its sync too.',
  whichSync: (syncs) => `Several syncs have such a record (${syncs}): choose one of them.`,
  export: 'Export these acts (CSV)',
  acts: {
    create: 'create',
    update: 'update',
    adopt: 'existing record taken over',
    quantity: 'quantity',
    withdraw: 'withdrawal',
    relink: 'new link',
    altered: 'stored otherwise by the platform',
    'link-team': 'team',
    'link-company': 'company',
    decision: 'decision',
    mask: 'mask',
    mapping: 'mapping',
    override: 'gone on in spite of',
  },
  heads: {
    at: 'At',
    sync: 'Sync',
    run: 'Run',
    actor: 'By',
    record: 'Record',
    publicId: 'Public id',
    name: 'Name',
    kind: 'Object',
    target: 'Id at the target',
    act: 'Act',
    field: 'Field',
    before: 'Before',
    after: 'After',
    rule: 'Rule',
  },
};

export const AUDIT_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, AuditWords>;

type Words = Readonly<Record<Language, string>>;

/** What is acted on where it is no record. */
const KINDS: Readonly<Record<string, Words>> = {
  run: { fr: 'Passage', en: 'Run' },
  schedule: { fr: 'Planification', en: 'Schedule' },
  mask: { fr: 'Masque', en: 'Mask' },
  mapping: { fr: 'Correspondance des champs', en: 'Field mapping' },
};

export function objectText(kind: string, language: Language): string {
  return KINDS[kind]?.[language] ?? kindText(kind, language);
}

/** Rules of acts that no plan and no record knows. */
const RULES: Readonly<Record<string, Words>> = {
  'run.pause': { fr: 'Passage mis en pause.', en: 'Run paused.' },
  'run.resume': { fr: 'Passage repris.', en: 'Run resumed.' },
  'run.cancelAfterCurrent': {
    fr: 'Arrêt demandé après les fiches en cours.',
    en: 'Asked to stop after the records under way.',
  },
  'schedule.apply': { fr: 'Planification mise en place.', en: 'Schedule put in place.' },
  'schedule.pause': { fr: 'Planification mise en pause.', en: 'Schedule paused.' },
  'schedule.resume': { fr: 'Planification reprise.', en: 'Schedule resumed.' },
  'schedule.remove': { fr: 'Planification retirée.', en: 'Schedule removed.' },
  'mapping.put-in-force': {
    fr: 'Correspondance des champs mise en vigueur.',
    en: 'Field mapping put in force.',
  },
};

/** The rule of an act in words; one that this release does not know as it is. */
export function actRuleText(rule: string, language: Language): string {
  return RULES[rule]?.[language] ?? ruleText(rule, language);
}
