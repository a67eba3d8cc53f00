import type { Bilingual, MaskProblem, Place } from './mask-problem';
import { say, wholeFile } from './mask-problem';

/** What can be wrong with the file itself or with the shape of its sheets. */
export const fileProblems = {
  tooLarge: (bytes: number, limit: number): MaskProblem =>
    say(
      wholeFile,
      'too-large',
      `le fichier fait ${megabytes(bytes)} Mo, la limite est de ${megabytes(limit)} Mo; enlevez les images et les feuilles ajoutées, ou repartez d'un masque exporté`,
      `the file has ${megabytes(bytes)} MB, the limit is ${megabytes(limit)} MB; remove pictures and added sheets, or start from an exported mask`,
    ),
  notAWorkbook: (): MaskProblem =>
    say(
      wholeFile,
      'not-a-workbook',
      "ce n'est pas un classeur .xlsx lisible; ouvrez le masque dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) »",
      'this is not a readable .xlsx workbook; open the mask in your spreadsheet program and save it as "Excel workbook (.xlsx)"',
    ),
  oldOrEncrypted: (): MaskProblem =>
    say(
      wholeFile,
      'old-or-encrypted',
      "le fichier est chiffré par un mot de passe ou à l'ancien format .xls; enregistrez-le en .xlsx sans mot de passe à l'ouverture",
      'the file is encrypted with a password or in the old .xls format; save it as .xlsx without a password to open',
    ),
  macros: (): MaskProblem =>
    say(
      wholeFile,
      'macros',
      "le classeur contient des macros (.xlsm); un masque n'en a pas besoin: enregistrez-le au format .xlsx sans macros",
      'the workbook holds macros (.xlsm); a mask needs none: save it as .xlsx without macros',
    ),
  zipBomb: (): MaskProblem =>
    say(
      wholeFile,
      'zip-bomb',
      "le contenu décompressé dépasse de loin ce qu'un masque peut contenir, la lecture s'est arrêtée; repartez d'un masque exporté et recopiez-y vos réponses",
      'unpacked, the file is far bigger than a mask can be, so reading stopped; start from an exported mask and copy your answers into it',
    ),
  tooComplex: (): MaskProblem =>
    say(
      wholeFile,
      'too-complex',
      'le classeur contient beaucoup trop de cellules ou de mises en forme; repartez d’un masque exporté et recopiez-y vos réponses (valeurs seules)',
      'the workbook holds far too many cells or formats; start from an exported mask and copy your answers into it (values only)',
    ),
  missingSheet: (expected: string, found: readonly string[]): MaskProblem =>
    say(
      { sheet: expected, cell: null },
      'missing-sheet',
      `la feuille n'est pas dans le classeur (feuilles présentes: ${list(found)}); remettez-la sous ce nom, ou repartez d'un masque exporté`,
      `the sheet is not in the workbook (sheets present: ${list(found)}); put it back under this name, or start from an exported mask`,
    ),
  repeatedSheet: (sheet: string, other: string): MaskProblem =>
    say(
      { sheet, cell: null },
      'repeated-sheet',
      `la feuille est là deux fois (aussi « ${other} »); supprimez celle qui n'est pas à jour`,
      `the sheet is there twice (also "${other}"); delete the one that is out of date`,
    ),
  missingHeader: (place: Place, labels: Bilingual): MaskProblem =>
    say(
      place,
      'missing-header',
      `la ligne des titres manque; elle doit contenir, de A à D: ${labels.fr}; recopiez-la d'un masque exporté`,
      `the header row is missing; it must read, from A to D: ${labels.en}; copy it from an exported mask`,
    ),
  missingColumn: (place: Place, label: Bilingual): MaskProblem =>
    say(
      place,
      'missing-column',
      `la colonne « ${label.fr} » manque; remettez son titre ici et ses valeurs dessous`,
      `the column "${label.en}" is missing; put its title back here and its values below`,
    ),
  swappedColumns: (place: Place, expected: Bilingual, foundIn: string): MaskProblem =>
    say(
      place,
      'swapped-columns',
      `« ${expected.fr} » est attendu ici mais se trouve en colonne ${foundIn}; remettez les colonnes A à D dans leur ordre d'origine`,
      `"${expected.en}" is expected here but stands in column ${foundIn}; put columns A to D back in their original order`,
    ),
  emptyColumn: (place: Place, label: Bilingual): MaskProblem =>
    say(
      place,
      'empty-column',
      `la colonne « ${label.fr} » est entièrement vide; remplissez-la, ou repartez d'un masque exporté`,
      `the column "${label.en}" is entirely empty; fill it in, or start from an exported mask`,
    ),
  tooManyRows: (place: Place, limit: number): MaskProblem =>
    say(
      place,
      'too-many-rows',
      `la feuille dépasse ${limit} lignes de produits; supprimez les lignes à partir d'ici`,
      `the sheet has more than ${limit} product rows; delete the rows from here on`,
    ),
  mergedCells: (place: Place): MaskProblem =>
    say(
      place,
      'merged-cells',
      'des cellules sont fusionnées ici; annulez la fusion et remplissez chaque cellule',
      'cells are merged here; unmerge them and fill in each cell',
    ),
  formulaCell: (place: Place): MaskProblem =>
    say(
      place,
      'formula-cell',
      'la cellule contient une formule; remplacez-la par sa valeur (copier, puis collage spécial « valeurs »)',
      'the cell holds a formula; replace it with its value (copy, then paste special "values")',
    ),
  errorCell: (place: Place): MaskProblem =>
    say(
      place,
      'error-cell',
      'la cellule contient une erreur du tableur; saisissez la valeur voulue',
      'the cell holds a spreadsheet error; type the value that is meant',
    ),
  missingPrerequisite: (sheet: string, label: Bilingual): MaskProblem =>
    say(
      { sheet, cell: null },
      'missing-prerequisite',
      `la ligne « ${label.fr} » manque; remettez-la telle quelle, ou repartez d'un masque exporté`,
      `the row "${label.en}" is missing; put it back as it was, or start from an exported mask`,
    ),
  repeatedPrerequisite: (place: Place, firstCell: string): MaskProblem =>
    say(
      place,
      'repeated-prerequisite',
      `cette ligne existe déjà (${firstCell}); supprimez l'une des deux`,
      `this row is there already (${firstCell}); delete one of the two`,
    ),
} as const;

function megabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(1);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `"${name}"`);
  return shown.length === 0 ? '-' : shown.join(', ');
}
