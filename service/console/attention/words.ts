import type { Language } from '../../../mappings/reason-types';
import type { Follows } from '../../../operations/decide';
import type { RefusalKind } from '../../../operations/refusal';

const FR = {
  title: 'À traiter',
  lead: 'Ce que les passages n’ont pas pu régler seuls : d’abord ce qui attend une décision, puis ce qu’il est utile de savoir.',
  actions: 'Attend une décision',
  infos: 'Pour information',
  nothing: 'Rien n’attend personne ici.',
  filters: 'Filtrer les points',
  sync: 'Synchronisation',
  all: 'toutes',
  state: 'État',
  states: {
    standing: 'ouverts et décidés',
    open: 'ouverts',
    decided: 'décidés, pas encore appliqués',
    resolved: 'clos',
  },
  severity: 'Nature',
  severities: { all: 'toutes', action: 'à décider', info: 'pour information' },
  filter: 'Filtrer',
  counts: { action: 'à décider', info: 'pour information', decided: 'décidés, pas encore appliqués' },
  byReason: 'Points ouverts par motif : choisir un motif permet de décider pour plusieurs à la fois',
  reason: 'Motif',
  number: 'Nombre',
  oldest: 'Le plus ancien',
  item: 'Point',
  wholeSync: 'toute la synchronisation',
  part: 'Partie',
  opened: 'Ouvert le',
  seen: 'revu le',
  decided: 'Décision',
  by: 'par',
  undo: 'Annuler la décision',
  undoHint: 'Possible tant que rien n’a été fait.',
  closed: 'clos',
  argument: { 'inwink-id': 'Identifiant de la fiche Inwink' } as Readonly<Record<string, string>>,
  anyArgument: 'Valeur demandée',
  many: 'Décider pour plusieurs',
  manyHint: 'Cochez des points, ou décidez pour tous ceux de ce motif et de cette synchronisation.',
  everyOne: 'Cocher tous les points de cette page',
  tick: 'Choisir le point',
  ticked: 'Appliquer aux points cochés',
  everyOf: 'Appliquer à tous les points ouverts de ce motif',
  everyConfirm: 'Appliquer cette décision à tous les points ouverts de ce motif ?',
  needsArgument: 'Les décisions qui demandent une valeur se prennent point par point.',
  answered: 'Décision notée :',
  undone: 'La décision est annulée : le point est à nouveau ouvert.',
  doneMany: (done: number) => `${done} ${done > 1 ? 'décisions notées' : 'décision notée'}.`,
  refusedMany: (n: number) => `${n} ${n > 1 ? 'refusées' : 'refusée'} :`,
  more: (n: number) => `et ${n} de plus`,
  leftMany: (n: number) => `Il en reste ${n} : recommencez pour la suite.`,
  nobodyTicked: 'Aucun point n’est coché.',
  missing: 'Cette décision demande une valeur.',
};

export type AttentionWords = typeof FR;

const EN: AttentionWords = {
  title: 'Attention',
  lead: 'What runs could not settle by themselves: first what waits for a decision, then what is good to know.',
  actions: 'Waits for a decision',
  infos: 'For information',
  nothing: 'Nothing waits for anybody here.',
  filters: 'Filter items',
  sync: 'Sync',
  all: 'all',
  state: 'State',
  states: {
    standing: 'open and decided',
    open: 'open',
    decided: 'decided, not yet put into effect',
    resolved: 'closed',
  },
  severity: 'Kind',
  severities: { all: 'all', action: 'to decide', info: 'for information' },
  filter: 'Filter',
  counts: { action: 'to decide', info: 'for information', decided: 'decided, not yet put into effect' },
  byReason: 'Open items by reason: choose a reason to decide for many at once',
  reason: 'Reason',
  number: 'Number',
  oldest: 'Oldest',
  item: 'Item',
  wholeSync: 'the whole sync',
  part: 'Part',
  opened: 'Opened',
  seen: 'seen again',
  decided: 'Decision',
  by: 'by',
  undo: 'Take the decision back',
  undoHint: 'Possible while nothing was done yet.',
  closed: 'closed',
  argument: { 'inwink-id': 'Id of the Inwink record' },
  anyArgument: 'Value needed',
  many: 'Decide for many',
  manyHint: 'Tick some items, or decide for all of this reason and sync.',
  everyOne: 'Tick every item of this page',
  tick: 'Choose item',
  ticked: 'Apply to the ticked items',
  everyOf: 'Apply to all open items of this reason',
  everyConfirm: 'Apply this decision to all open items of this reason?',
  needsArgument: 'Decisions that need a value are taken item by item.',
  answered: 'Decision noted:',
  undone: 'The decision was taken back: the item is open again.',
  doneMany: (done) => `${done} ${done === 1 ? 'decision' : 'decisions'} noted.`,
  refusedMany: (n) => `${n} refused:`,
  more: (n) => `and ${n} more`,
  leftMany: (n) => `${n} are left: do it again for the rest.`,
  nobodyTicked: 'No item is ticked.',
  missing: 'This decision needs a value.',
};

export const ATTENTION_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, AttentionWords>;

/** What follows a decision. */
const FOLLOWS: Readonly<Record<Follows, Readonly<Record<Language, string>>>> = {
  closed: { fr: 'Le point est classé.', en: 'The item is closed.' },
  'dossier-told': {
    fr: 'Le dossier est relu et la décision appliquée maintenant.',
    en: 'The dossier is read again and the decision put into effect now.',
  },
  'offer-told': {
    fr: 'L’offre est relue et la décision appliquée maintenant.',
    en: 'The offer is read again and the decision put into effect now.',
  },
  'record-told': {
    fr: 'La fiche est relue et la décision appliquée maintenant.',
    en: 'The record is read again and the decision put into effect now.',
  },
  'track-told': {
    fr: 'La décision sur le tracé est appliquée maintenant.',
    en: 'The decision about the track is put into effect now.',
  },
  'next-run': {
    fr: 'La décision vaut pour le prochain passage.',
    en: 'The decision counts in the next run.',
  },
};

export function followsText(follows: Follows, language: Language): string {
  return FOLLOWS[follows][language];
}

/** Why an item did not take a decision, for people of both languages. */
const REFUSALS: Readonly<Record<RefusalKind, Readonly<Record<Language, string>>>> = {
  'not-found': {
    fr: 'le point ou sa synchronisation n’existe plus',
    en: 'the item or its sync is no longer there',
  },
  invalid: {
    fr: 'cette décision n’est pas proposée pour ce point, ou demande une valeur',
    en: 'this decision is not on offer for the item, or needs a value',
  },
  conflict: {
    fr: 'une réponse a déjà été donnée, ou appliquée',
    en: 'it was answered already, or the answer was put into effect',
  },
  unavailable: {
    fr: 'Temporal ne répond pas : le point reste ouvert',
    en: 'Temporal does not answer: the item stays open',
  },
  failed: { fr: 'l’essai a échoué', en: 'it was tried and did not work' },
};

export function refusalText(kind: RefusalKind, language: Language): string {
  return REFUSALS[kind][language];
}

/** Names of what an item says beside its text; those that this table lacks are shown as they are. */
const DETAILS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  problems: { fr: 'problèmes', en: 'problems' },
  field: { fr: 'champ', en: 'field' },
  fields: { fr: 'champs', en: 'fields' },
  raw: { fr: 'valeur lue', en: 'value as read' },
  sent: { fr: 'envoyé', en: 'sent' },
  stored: { fr: 'gardé par la plateforme', en: 'kept by the platform' },
  side: { fr: 'côté', en: 'side' },
  records: { fr: 'fiches concernées', en: 'records concerned' },
  id: { fr: 'fiche en face', en: 'record on the other side' },
  ids: { fr: 'fiches en face', en: 'records on the other side' },
  cirkwiIds: { fr: 'fiches de Cirkwi', en: 'Cirkwi’s records' },
  cirkwiId: { fr: 'fiche de Cirkwi', en: 'Cirkwi’s record' },
  key: { fr: 'contact', en: 'contact' },
  linked: { fr: 'reliés', en: 'linked' },
  other: { fr: 'autre fiche', en: 'other record' },
  others: { fr: 'autres fiches', en: 'other records' },
  inwinkId: { fr: 'produit Inwink', en: 'Inwink product' },
  planexpoId: { fr: 'produit Planexpo', en: 'Planexpo product' },
  wanted: { fr: 'demandé', en: 'wanted' },
  held: { fr: 'présent en face', en: 'held there' },
  withdrawn: { fr: 'seraient retirées', en: 'would be withdrawn' },
  blanked: { fr: 'auraient un champ vidé', en: 'would have a field emptied' },
  missing: { fr: 'absentes de la lecture', en: 'missing from what was read' },
  known: { fr: 'connues', en: 'known' },
  failure: { fr: 'échec', en: 'failure' },
  answer: { fr: 'réponse', en: 'answer' },
  edit: { fr: 'dessin', en: 'drawing' },
  largestDistanceM: { fr: 'écart le plus grand (m)', en: 'largest distance (m)' },
  lengthBeforeM: { fr: 'longueur avant (m)', en: 'length before (m)' },
  lengthAfterM: { fr: 'longueur après (m)', en: 'length after (m)' },
  climbBeforeM: { fr: 'dénivelé avant (m)', en: 'climb before (m)' },
  climbAfterM: { fr: 'dénivelé après (m)', en: 'climb after (m)' },
  reversed: { fr: 'sens inversé', en: 'reversed' },
  notTold: { fr: 'décision non transmise', en: 'decision not passed on' },
  state: { fr: 'état', en: 'state' },
  value: { fr: 'valeur', en: 'value' },
  detail: { fr: 'précision', en: 'detail' },
  code: { fr: 'code', en: 'code' },
  why: { fr: 'pourquoi', en: 'why' },
  media: { fr: 'média', en: 'media' },
  publishedAt: { fr: 'publié le', en: 'published' },
  offer: { fr: 'offre', en: 'offer' },
  count: { fr: 'nombre', en: 'number' },
  account: { fr: 'compte', en: 'account' },
  table: { fr: 'table', en: 'table' },
  right: { fr: 'droit', en: 'right' },
};

export function detailLabel(name: string, language: Language): string {
  return DETAILS[name]?.[language] ?? name;
}
