/** The languages a mask is written in. Import takes either, whatever the language of the export was. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** One sentence in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

/** Something about a mask that a person should read: what is wrong, where, and what to do next. */
export interface MaskProblem {
  /** Name of the sheet as the file has it; empty when the file as a whole is meant. */
  sheet: string;
  /** `D7`; `null` when the sheet or the file as a whole is meant. */
  cell: string | null;
  /** Stable, for programs; people read the message. */
  code: string;
  message: Bilingual;
}

const FILE: Bilingual = { fr: 'Fichier', en: 'File' };

/** `Produits et options!D7: what is wrong; next step.` */
export function formatProblem(problem: MaskProblem, language: Language): string {
  const sheet = problem.sheet === '' ? FILE[language] : problem.sheet;
  const place = problem.cell === null ? sheet : `${sheet}!${problem.cell}`;
  return `${place}: ${problem.message[language]}`;
}

/** Where a problem is: the sheet as the file names it, and the cell if one is meant. */
export interface Place {
  sheet: string;
  cell: string | null;
}

export const wholeFile: Place = { sheet: '', cell: null };

/** Builds a problem; every sentence ends with the next step. */
export function say(place: Place, code: string, fr: string, en: string): MaskProblem {
  return { sheet: place.sheet, cell: place.cell, code, message: { fr, en } };
}
