import type { Language } from '../../mappings/reason-types';
import type { PlanLink } from '../../operations/weavy-webmecanik/plan-link';
import { COLON } from '../answer';

const WORDS = {
  fr: { adopt: 'relie', ambiguous: 'de même clé, laissées' },
  en: { adopt: 'links', ambiguous: 'same key, left alone' },
} as const satisfies Record<Language, Record<string, string>>;

/** `links weavy/customercontact/C-1`, and what else has the same key; nothing for a link that stands. */
export function linkText(link: PlanLink | undefined, language: Language): string {
  if (link === undefined) return '';
  const words = WORDS[language];
  const lines = [
    ...(link.act === 'adopt' ? [`${words.adopt} ${link.counterpart}`] : []),
    ...(link.ambiguous.length === 0
      ? []
      : [`${words.ambiguous}${COLON[language]}${link.ambiguous.join(', ')}`]),
  ];
  return lines.join('\n');
}
