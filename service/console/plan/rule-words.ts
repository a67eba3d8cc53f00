import type { Language } from '../../../mappings/reason-types';
import type { VerdictRule } from '../../../mappings/weavy-webmecanik/verdict';

type Words = Readonly<Record<Language, string>>;

/** Rules of the pairs that go one way, by the part before the first dot. */
const ONE_WAY: Readonly<Record<string, Words>> = {
  create: { fr: 'Nouvelle fiche : valeur de la source.', en: 'New record: the source’s value.' },
  map: { fr: 'La source a changé.', en: 'The source changed.' },
  adopt: {
    fr: 'Fiche existante reliée : elle prend la valeur de la source.',
    en: 'Existing record linked: it takes the source’s value.',
  },
  drift: {
    fr: 'Modifié sur la plateforme cible : la valeur de la source est remise.',
    en: 'Edited at the target: the source’s value is put back.',
  },
  ask: { fr: 'À décider par une personne.', en: 'For a person to decide.' },
  withdraw: {
    fr: 'La fiche n’est plus à publier : elle est retirée, rien n’est supprimé à la source.',
    en: 'No longer to be published: it is withdrawn, nothing is deleted at the source.',
  },
  'link-team': {
    fr: 'Le contact rejoint l’équipe du partenaire.',
    en: 'The contact joins the partner’s team.',
  },
  'track-return': {
    fr: 'Tracé dessiné dans Cirkwi, repris dans PIVOT.',
    en: 'Track drawn in Cirkwi, brought into PIVOT.',
  },
};

/** Rules with one meaning of their own. */
const WHOLE: Readonly<Record<string, Words>> = {
  'map.quantity': {
    fr: 'La quantité demandée est plus élevée ; une quantité ne baisse jamais.',
    en: 'More is asked for; a quantity never goes down.',
  },
  'follows-tiers': {
    fr: 'La société du contact suit le Tiers de weavy.',
    en: 'The contact’s company follows weavy’s Tiers.',
  },
  bounce: {
    fr: 'L’adresse est revenue en erreur : la date est notée dans weavy.',
    en: 'The address bounced: the date is noted in weavy.',
  },
  'became-contact': {
    fr: 'L’Entrant est devenu un Contact : le lien le suit.',
    en: 'The Entrant became a Contact: the link follows.',
  },
  merged: {
    fr: 'Deux contacts ont été fusionnés dans Webmecanik : le lien suit celui qui reste.',
    en: 'Two contacts were merged in Webmecanik: the link follows the one that is left.',
  },
  retry: { fr: 'Nouvel essai demandé.', en: 'Another attempt was asked for.' },
  'decide.undo': { fr: 'Décision annulée.', en: 'Decision taken back.' },
  'run.start': { fr: 'Passage demandé.', en: 'Run asked for.' },
  'mask.upload': {
    fr: 'Masque déposé, pas encore en vigueur.',
    en: 'Mask uploaded, not in force yet.',
  },
  'mask.drop-upload': {
    fr: 'Masque déposé, puis abandonné.',
    en: 'Uploaded mask dropped.',
  },
  'mapping.draft': {
    fr: 'Brouillon de correspondance modifié, pas encore en vigueur.',
    en: 'Draft of the mapping changed, not in force yet.',
  },
  'mapping.drop-draft': {
    fr: 'Brouillon de correspondance abandonné.',
    en: 'Draft of the mapping dropped.',
  },
  'mapping.keep': {
    fr: 'Correspondance conservée, bien que le document de la configuration en diffère.',
    en: 'Mapping kept, although the document in the configuration differs.',
  },
  'mask.import': { fr: 'Masque importé.', en: 'Mask imported.' },
  'mask.put-in-force': { fr: 'Masque mis en vigueur.', en: 'Mask put in force.' },
};

/** What judged a field that goes both ways. */
const VERDICTS: Readonly<Record<VerdictRule, Words>> = {
  'agree.unchanged': { fr: 'Rien n’a changé.', en: 'Nothing changed.' },
  'agree.same-value': { fr: 'Les deux côtés portent la même valeur.', en: 'Both sides hold the same value.' },
  'changed.weavy': { fr: 'Seul weavy a changé.', en: 'Only weavy changed.' },
  'changed.mautic': { fr: 'Seul Webmecanik a changé.', en: 'Only Webmecanik changed.' },
  'latest.weavy': {
    fr: 'Les deux ont changé : weavy en dernier.',
    en: 'Both changed: weavy last.',
  },
  'latest.mautic': {
    fr: 'Les deux ont changé : Webmecanik en dernier.',
    en: 'Both changed: Webmecanik last.',
  },
  'tie.weavy': {
    fr: 'Les deux ont changé au même moment : le réglage donne raison à weavy.',
    en: 'Both changed at the same time: the setting prefers weavy.',
  },
  'tie.mautic': {
    fr: 'Les deux ont changé au même moment : le réglage donne raison à Webmecanik.',
    en: 'Both changed at the same time: the setting prefers Webmecanik.',
  },
  'tie.hold': {
    fr: 'Les deux ont changé au même moment : une personne choisit.',
    en: 'Both changed at the same time: a person chooses.',
  },
  'first.filled-weavy': {
    fr: 'Premier accord : seul weavy est rempli.',
    en: 'First agreement: only weavy is filled.',
  },
  'first.filled-mautic': {
    fr: 'Premier accord : seul Webmecanik est rempli.',
    en: 'First agreement: only Webmecanik is filled.',
  },
  'first.master-weavy': {
    fr: 'Premier accord : ce champ part de weavy.',
    en: 'First agreement: this field comes from weavy.',
  },
  'first.master-mautic': {
    fr: 'Premier accord : ce champ part de Webmecanik.',
    en: 'First agreement: this field comes from Webmecanik.',
  },
  'first.latest-weavy': {
    fr: 'Premier accord : la fiche de weavy est la plus récente.',
    en: 'First agreement: weavy’s record is the later one.',
  },
  'first.latest-mautic': {
    fr: 'Premier accord : la fiche de Webmecanik est la plus récente.',
    en: 'First agreement: Webmecanik’s record is the later one.',
  },
  'first.tie-weavy': {
    fr: 'Premier accord, même date : le réglage donne raison à weavy.',
    en: 'First agreement, same time: the setting prefers weavy.',
  },
  'first.tie-mautic': {
    fr: 'Premier accord, même date : le réglage donne raison à Webmecanik.',
    en: 'First agreement, same time: the setting prefers Webmecanik.',
  },
  'first.tie-hold': {
    fr: 'Premier accord, même date : une personne choisit.',
    en: 'First agreement, same time: a person chooses.',
  },
  'enforced.weavy': {
    fr: 'Ce champ part de weavy : la modification faite dans Webmecanik est remplacée.',
    en: 'This field comes from weavy: the edit in Webmecanik is put back.',
  },
  'enforced.mautic': {
    fr: 'Ce champ part de Webmecanik : la modification faite dans weavy est remplacée.',
    en: 'This field comes from Webmecanik: the edit in weavy is put back.',
  },
  'left.one-way': {
    fr: 'Ce champ ne va que dans un sens : la modification reste où elle est.',
    en: 'This field goes one way only: the edit stays where it is.',
  },
  'master.weavy': {
    fr: 'weavy, d’où part ce champ, a changé.',
    en: 'weavy, where this field comes from, changed.',
  },
  'master.mautic': {
    fr: 'Webmecanik, d’où part ce champ, a changé.',
    en: 'Webmecanik, where this field comes from, changed.',
  },
  'blank-undone.weavy': {
    fr: 'Le champ vidé dans weavy est rempli à nouveau : un vide ne voyage pas ici.',
    en: 'The field emptied in weavy is filled again: blanks do not travel here.',
  },
  'blank-undone.mautic': {
    fr: 'Le champ vidé dans Webmecanik est rempli à nouveau : un vide ne voyage pas ici.',
    en: 'The field emptied in Webmecanik is filled again: blanks do not travel here.',
  },
  paused: { fr: 'Champ en pause, en attente d’une personne.', en: 'Paused field, waiting for a person.' },
  'not-spelled': {
    fr: 'La valeur ne peut pas s’écrire de l’autre côté : elle est laissée de côté.',
    en: 'The value cannot be spelled on the other side: it is left out.',
  },
};

const BY_RULE: ReadonlyMap<string, Words> = new Map([...Object.entries(WHOLE), ...Object.entries(VERDICTS)]);

/** What people decided or took on themselves. */
const BY_PEOPLE: Readonly<Record<string, Words>> = {
  decide: { fr: 'Décision prise', en: 'Decision taken' },
  decision: { fr: 'Décision appliquée', en: 'Decision put into effect' },
  override: { fr: 'Passé outre', en: 'Gone on in spite of' },
};

/** The rule in words; one that this release does not know as it is. */
export function ruleText(rule: string, language: Language): string {
  const dot = rule.indexOf('.');
  const head = dot === -1 ? rule : rule.slice(0, dot);
  const whole = BY_RULE.get(rule) ?? (Object.hasOwn(ONE_WAY, head) ? ONE_WAY[head] : undefined);
  if (whole !== undefined) return whole[language];
  const person = Object.hasOwn(BY_PEOPLE, head) ? BY_PEOPLE[head] : undefined;
  return person === undefined ? rule : `${person[language]} (${rule.slice(dot + 1)})`;
}
