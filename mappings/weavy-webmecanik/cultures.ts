import type { Side } from './crm-record';

/** A language, with its script and region where they are said: `fr`, `fr_FR`, `FR-BE`, `zh_Hans_CN`. */
const CULTURE = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/i;

/** `FR-FR` and `fr_FR` are one: both give `fr_FR`. Null for what is written like neither. */
export function readCulture(text: string): string | null {
  const [, language, script, region] = CULTURE.exec(text) ?? [];
  if (language === undefined) return null;
  const parts = [language.toLowerCase()];
  if (script !== undefined) parts.push(script.charAt(0).toUpperCase() + script.slice(1).toLowerCase());
  if (region !== undefined) parts.push(region.toUpperCase());
  return parts.join('_');
}

/** As that side writes it: weavy `FR-FR` (documented), Mautic `fr_FR`. */
export function spellCulture(side: Side, culture: string): string {
  return side === 'mautic' ? culture : culture.replaceAll('_', '-').toUpperCase();
}
