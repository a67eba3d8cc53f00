import type { Language } from '../../mappings/reason-types';
import { editStatesText, objectStatesText } from '../../operations/pivot-cirkwi/offer-words';
import type { OffersStatus } from '../../operations/pivot-cirkwi/offers-status';
import type { SyncStatus } from '../../operations/sync-status';
import { COLON, timeText } from '../answer';
import { numberText } from '../track-text';

const WORDS = {
  fr: {
    objects: 'Objets',
    feed: 'Flux',
    noFeed: 'aucun flux publié pour le moment',
    inIt: 'objets',
    published: 'publié le',
    visit: 'Dernière visite de Cirkwi',
    never: 'aucune',
    answered: 'réponse',
    broken: 'interrompue',
    edits: 'Tracés modifiés en cours',
    look: 'Dernière recherche de tracés modifiés',
    nextLook: 'prochaine',
    looksOff: 'non planifiée (passerelle schedule)',
    looksPaused: 'suspendue',
    none: 'aucun',
  },
  en: {
    objects: 'Objects',
    feed: 'Feed',
    noFeed: 'no feed published so far',
    inIt: 'objects',
    published: 'published',
    visit: 'Last visit of Cirkwi',
    never: 'none',
    answered: 'answer',
    broken: 'broken off',
    edits: 'Open edited tracks',
    look: 'Last look for edited tracks',
    nextLook: 'next',
    looksOff: 'not scheduled (passerelle schedule)',
    looksPaused: 'paused',
    none: 'none',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The lines of a sync of this pair, in the place that the mask has in the first one. */
export function offersStatusLines(
  offers: OffersStatus,
  watch: SyncStatus['schedule'] | undefined,
  language: Language,
): string[] {
  const words = WORDS[language];
  const colon = COLON[language];
  const feeds = offers.feeds.map(
    ({ kind, objects, bytes, publishedAt }) =>
      `  ${words.feed} ${kind}.xml${colon}${objects} ${words.inIt}, ${sizeText(bytes, language)}, ${words.published} ${timeText(publishedAt, language)}`,
  );
  const noObject = Object.keys(offers.objects).length === 0;
  const noEdit = Object.keys(offers.openEdits).length === 0;
  return [
    `  ${words.objects}${colon}${noObject ? words.none : objectStatesText(offers.objects, language)}`,
    ...(feeds.length === 0 ? [`  ${words.feed}${colon}${words.noFeed}`] : feeds),
    `  ${words.visit}${colon}${visitText(offers.lastVisit, language)}`,
    `  ${words.edits}${colon}${noEdit ? words.none : editStatesText(offers.openEdits, language)}`,
    `  ${words.look}${colon}${timeText(offers.lastLookAt, language)}${nextLookText(watch, language)}`,
  ];
}

function visitText(visit: OffersStatus['lastVisit'], language: Language): string {
  const words = WORDS[language];
  if (visit === null) return words.never;
  const broken = visit.transfer === 'broken' ? `, ${words.broken}` : '';
  return `${timeText(visit.at, language)}, ${words.answered} ${visit.status}${broken}`;
}

function nextLookText(watch: SyncStatus['schedule'] | undefined, language: Language): string {
  const words = WORDS[language];
  switch (watch?.state) {
    case 'active':
      return `; ${words.nextLook}${COLON[language]}${timeText(watch.next, language)}`;
    case 'paused':
      return `; ${words.nextLook}${COLON[language]}${words.looksPaused}`;
    case 'none':
      return `; ${words.nextLook}${COLON[language]}${words.looksOff}`;
    default: // Temporal does not answer, as the line of the next run says
      return '';
  }
}

function sizeText(bytes: number, language: Language): string {
  if (bytes < 1_000_000)
    return `${numberText(bytes / 1_000, language, 0)} ${language === 'fr' ? 'ko' : 'kB'}`;
  return `${numberText(bytes / 1_000_000, language, 1)} ${language === 'fr' ? 'Mo' : 'MB'}`;
}
