import type { Fields } from '../fields';
import { LANGUAGES, type OfferLanguage } from './offer';

/** Texts of an object as Cirkwi shows them. */
export type ShownTexts = Partial<Record<OfferLanguage, { title: string; description: string }>>;

/**
 * Fields whose text Cirkwi shows otherwise than we published it. Only words count: Cirkwi may write the same HTML in
 * another way (assumed). A language that Cirkwi adds, or shows empty, is no difference of ours.
 */
export function textDifferences(published: Fields, shown: ShownTexts): string[] {
  return LANGUAGES.flatMap((language) => {
    const found = shown[language];
    return (['title', 'description'] as const).flatMap((part) => {
      const field = `${part}.${language}`;
      const wanted = words(published[field]);
      if (wanted === '') return [];
      return words(found?.[part]) === wanted ? [] : [field];
    });
  });
}

/** The words of an HTML text: without tags, entities resolved as far as feeds use them, blanks collapsed. */
function words(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(nbsp|#160|#xa0);/gi, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&(apos|#39);/g, "'")
    .replace(/&amp;/g, '&')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}
