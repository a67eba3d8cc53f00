import type { Language } from '../../mappings/reason-types';

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** How far the object of an offer came. */
const OBJECT_STATES: Words = {
  staged: { fr: 'à publier', en: 'to be published' },
  published: { fr: 'publié, pas encore vu dans Cirkwi', en: 'published, not yet seen in Cirkwi' },
  imported: { fr: 'vu dans Cirkwi autrement que publié', en: 'seen in Cirkwi otherwise than published' },
  verified: { fr: 'vu dans Cirkwi tel que publié', en: 'seen in Cirkwi as published' },
  withdrawing: { fr: 'à retirer du flux', en: 'to be withdrawn from the feed' },
  withdrawn: {
    fr: 'retiré du flux, pas encore supprimé de Cirkwi',
    en: 'withdrawn, not yet deleted in Cirkwi',
  },
  gone: { fr: 'retiré, absent de Cirkwi', en: 'withdrawn, gone from Cirkwi' },
};

/** What became of a track that somebody edited in Cirkwi. */
const EDIT_STATES: Words = {
  kept: { fr: 'conservé', en: 'kept' },
  offered: { fr: 'conservé, soumis à votre décision', en: 'kept, for you to decide' },
  returning: { fr: 'en route vers PIVOT', en: 'on its way to PIVOT' },
  returned: { fr: 'repris dans PIVOT', en: 'brought into PIVOT' },
  held: { fr: 'retenu, voir les points à traiter', en: 'held, see what needs a person' },
  declined: { fr: 'non repris, tracé de PIVOT gardé', en: 'not taken, PIVOT’s track kept' },
  superseded: { fr: 'remplacé par un dessin plus récent', en: 'replaced by a newer drawing' },
};

/** How the offer stands in PIVOT when it was last read. */
const STATUSES: Words = {
  publishable: { fr: 'publiable', en: 'publishable' },
  editing: { fr: 'en cours d’édition', en: 'being edited' },
  'not-publishable': { fr: 'non publiable', en: 'not publishable' },
  archived: { fr: 'archivée', en: 'archived' },
  unknown: { fr: 'état inconnu', en: 'unknown state' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
  'left-query': { fr: 'hors de la requête', en: 'outside the query' },
};

/** In plain words; a state that this release does not know as it is. */
export const objectStateText = (state: string, language: Language) => worded(OBJECT_STATES, state, language);
export const editStateText = (state: string, language: Language) => worded(EDIT_STATES, state, language);
export const offerStatusText = (status: string, language: Language) => worded(STATUSES, status, language);

/** `152 seen in Cirkwi as published, 3 withdrawn`: from the first to the last state an object goes through. */
export function objectStatesText(states: Readonly<Record<string, number>>, language: Language): string {
  return counted(OBJECT_STATES, states, language);
}

export function editStatesText(states: Readonly<Record<string, number>>, language: Language): string {
  return counted(EDIT_STATES, states, language);
}

function counted(words: Words, states: Readonly<Record<string, number>>, language: Language): string {
  const order = Object.keys(words);
  const parts = Object.entries(states)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([state, n]) => `${n} ${worded(words, state, language)}`);
  return parts.join('; ') || '0';
}

function worded(words: Words, state: string, language: Language): string {
  return words[state]?.[language] ?? state;
}
