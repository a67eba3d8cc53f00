import type { CirkwiImage, CirkwiInformation } from './cirkwi-object';
import { cleanHtml } from './clean-html';
import { type Notes, note, textOf } from './mapping-notes';
import { LANGUAGES, type Offer, type OfferMedia, type Texts } from './offer';
import { photosOf } from './offer-media';

/** Other producers of the feed send as many at most (documented). */
const MOST_IMAGES = 10;

/**
 * Titles and descriptions: the offer's own description, else that of its route, per language. French always stands;
 * another language only where it says something, under the French name when it has none of its own (assumed: the name
 * of a walk is a proper name).
 */
export function mapTexts(offer: Offer, notes: Notes): CirkwiInformation[] {
  const french = textOf(offer.name.fr, 'title.fr', notes);
  const informations: CirkwiInformation[] = [];
  for (const language of LANGUAGES) {
    const own = language === 'fr' ? french : textOf(offer.name[language], `title.${language}`, notes);
    const description = htmlOf(offer.description[language]) ?? htmlOf(offer.routeDescription[language]);
    if (language !== 'fr' && own === null && description === null) continue;
    if (own === null && french !== null) note(notes, `title.${language}`, 'inherited', french, french);
    informations.push({ language, title: own ?? french, description });
  }
  return informations;
}

/** At most ten photos, the default one first, each address once; with the media they come from, for their dates. */
export function mapImages(offer: Offer, notes: Notes): { images: CirkwiImage[]; media: OfferMedia[] } {
  const images = new Map<string, { image: CirkwiImage; media: OfferMedia }>();
  for (const media of photosOf(offer)) {
    if (images.size === MOST_IMAGES) break;
    const url = webAddress(media.url);
    if (url === null) {
      if (media.url !== null) note(notes, `images.${media.code}`, 'malformed', media.url, null);
      continue;
    }
    if (!images.has(url)) images.set(url, { image: imageOf(url, media), media });
  }
  const used = [...images.values()];
  return { images: used.map(({ image }) => image), media: used.map(({ media }) => media) };
}

function imageOf(url: string, media: OfferMedia): CirkwiImage {
  const captions: Texts = {};
  for (const language of LANGUAGES) {
    const caption = textOf(media.caption[language], `images.${media.code}`, []);
    if (caption !== null) captions[language] = caption;
  }
  return { url, credit: textOf(media.credit, `images.${media.code}`, []), captions };
}

function htmlOf(raw: string | undefined): string | null {
  return raw === undefined ? null : cleanHtml(raw);
}

/** An address that Cirkwi can fetch: http or https, without user name or password. Null otherwise. */
function webAddress(raw: string | null): string | null {
  if (raw === null || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}
