import type { Language } from '../mappings/reason-types';
import type { CommonOptions } from './context';

/** What a command has to say: one JSON value and nothing else for programs, or text for people. */
export function answer(options: CommonOptions, json: unknown, text: () => string): void {
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${text()}\n`);
}

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

/** A moment as people read it, in this machine's time zone. */
export function timeText(at: Date | string | null, language: Language): string {
  if (at === null) return '-';
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(at),
  );
}

/** Any stored value in one line: blank and absent ones show as a dash. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What stands between a label and its value: French puts a space before it. */
export const COLON = { fr: ' : ', en: ': ' } as const satisfies Record<Language, string>;
