import type { Language } from '../mappings/reason-types';
import type { MaskImport } from '../operations/masks';
import type { ProblemView as View } from '../operations/planexpo-inwink/mask-file';
import { COLON } from './answer';

const WORDS = {
  fr: {
    valid: 'Le masque est valide.',
    problems: 'problème(s) ; rien n’a été modifié :',
    notes: 'À savoir :',
    again: 'Ce fichier est déjà en vigueur ; rien n’a été modifié. Version',
    inForce: 'Masque en vigueur. Version',
    mapped: 'produits reliés',
    unmapped: 'laissés de côté',
    since: 'Différences avec la version',
    same: 'aucune',
    next: 'Tous les dossiers seront regardés au prochain passage : passerelle run',
  },
  en: {
    valid: 'The mask is valid.',
    problems: 'problem(s); nothing was changed:',
    notes: 'Worth knowing:',
    again: 'This very file is in force already; nothing was changed. Version',
    inForce: 'Mask in force. Version',
    mapped: 'products mapped',
    unmapped: 'left out',
    since: 'Differences from version',
    same: 'none',
    next: 'All dossiers will be looked at in the next run: passerelle run',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function validationText(
  view: { problems: readonly View[]; notes: readonly View[] },
  language: Language,
): string {
  const words = WORDS[language];
  const { problems } = view;
  const verdict =
    problems.length === 0 ? [words.valid] : [`${problems.length} ${words.problems}`, ...bullets(problems)];
  return [...verdict, ...notesOf(view.notes, language)].join('\n');
}

export function importText(result: MaskImport, language: Language): string {
  const words = WORDS[language];
  if (!result.ok)
    return result.refusal === 'already-in-force'
      ? `${words.again} ${result.version}.`
      : validationText(result, language);
  const differences =
    result.before === null
      ? []
      : [
          `${words.since} ${result.before}${COLON[language].trimEnd()}`,
          ...(result.differences.length === 0
            ? [`  ${words.same}`]
            : result.differences.map((d) => `  ${d}`)),
        ];
  return [
    `${words.inForce} ${result.version}${COLON[language]}${result.mapped} ${words.mapped}, ${result.unmapped} ${words.unmapped}.`,
    ...differences,
    ...notesOf(result.notes, language),
    words.next,
  ].join('\n');
}

function notesOf(notes: readonly View[], language: Language): string[] {
  return notes.length === 0 ? [] : [WORDS[language].notes, ...bullets(notes)];
}

function bullets(views: readonly View[]): string[] {
  return views.map(({ text }) => `  ${text}`);
}
