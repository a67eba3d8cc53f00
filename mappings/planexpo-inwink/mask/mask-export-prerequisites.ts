import type { Cell, DataValidation, Workbook, Worksheet } from '@protobi/exceljs';
import type { Prerequisites } from './mask';
import type { MaskExport } from './mask-export-options';
import { type PrerequisiteLabel, prerequisiteLabels, sheetLabels } from './mask-labels';
import type { Bilingual, Language } from './mask-problem';
import { cellStyles, printNicely, protectSheet, put } from './mask-style';

const HEADER_ROW = 4;

const texts = {
  title: { fr: 'Masque de synchronisation Planexpo → Inwink', en: 'Synchronisation mask Planexpo → Inwink' },
  hint: {
    fr: 'Remplissez les cellules jaunes de cette feuille et de la feuille « Produits et options », puis rendez ce fichier à votre chargé de projet.',
    en: 'Fill in the yellow cells of this sheet and of the sheet "Products and options", then hand this file to your project manager.',
  },
  prerequisite: { fr: 'Prérequis', en: 'Prerequisite' },
  answer: { fr: 'Réponse', en: 'Answer' },
  explanation: { fr: 'Explication', en: 'Explanation' },
  verified: { fr: 'Vérifié automatiquement', en: 'Verified automatically' },
  reminder: { fr: 'Rappel', en: 'Reminder' },
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
  chooseYesNo: { fr: 'Choisissez Oui ou Non.', en: 'Choose Yes or No.' },
  typeDate: {
    fr: 'Saisissez une date, par exemple 31/01/2027.',
    en: 'Type a date, for example 31/01/2027 (day first).',
  },
} as const satisfies Record<string, Bilingual>;

/** Shown under the answers: what nobody has to declare, and the rules that hold once the synchronisation runs (seed). */
const reminders: readonly { label: Bilingual; note: Bilingual; text: Bilingual }[] = [
  {
    label: { fr: 'Dossiers validés', en: 'Validated dossiers' },
    note: texts.verified,
    text: {
      fr: 'Au moins 3 dossiers réels (pas de test) doivent être validés: rien à saisir, la vérification se fait dans Planexpo.',
      en: 'At least 3 real dossiers (no test ones) must be validated: nothing to fill in, this is verified in Planexpo.',
    },
  },
  {
    label: { fr: 'Une fois en service', en: 'Once in service' },
    note: texts.reminder,
    text: {
      fr: 'Ne changez plus les produits associés, d’un côté ou de l’autre; ne supprimez dans Inwink ni partenaire ni participant venu de Planexpo; les champs synchronisés se modifient dans Planexpo.',
      en: 'No longer change mapped products on either side; delete in Inwink no partner or participant that came from Planexpo; synchronised fields are edited in Planexpo.',
    },
  },
  {
    label: { fr: 'Quantités', en: 'Quantities' },
    note: texts.reminder,
    text: {
      fr: 'Inwink n’accepte pas de baisse: une quantité réduite dans Planexpo est signalée, pas transmise.',
      en: 'Inwink takes no decrease: a quantity lowered in Planexpo is reported, not sent.',
    },
  },
];

export async function writePrerequisitesSheet(workbook: Workbook, options: MaskExport): Promise<void> {
  const { language } = options;
  const sheet = workbook.addWorksheet(sheetLabels.prerequisites[language], {
    views: [{ state: 'frozen', ySplit: HEADER_ROW, showGridLines: false }],
    properties: { tabColor: { argb: 'FF1F3864' } },
  });
  sheet.columns = [{ width: 36 }, { width: 30 }, { width: 92 }];
  writeTitle(sheet, options);
  prerequisiteLabels.forEach((prerequisite, index) => {
    writePrerequisite(sheet, HEADER_ROW + 1 + index, prerequisite, options);
  });
  reminders.forEach(({ label, note, text }, index) => {
    const row = HEADER_ROW + prerequisiteLabels.length + 2 + index;
    put(sheet.getCell(row, 1), label[language], cellStyles.strong);
    put(sheet.getCell(row, 2), note[language], cellStyles.readOnly);
    put(sheet.getCell(row, 3), text[language], cellStyles.readOnly);
    sheet.getRow(row).height = 38;
  });
  printNicely(sheet, HEADER_ROW, {
    column: 'C',
    row: HEADER_ROW + prerequisiteLabels.length + 1 + reminders.length,
  });
  await protectSheet(sheet);
}

function writeTitle(sheet: Worksheet, { language, planexpoEvent, inwinkEvent }: MaskExport): void {
  put(sheet.getCell('A1'), texts.title[language], cellStyles.title);
  put(sheet.getCell('A2'), `${planexpoEvent} → ${inwinkEvent}`, cellStyles.subtitle);
  put(sheet.getCell('A3'), texts.hint[language], cellStyles.subtitle);
  sheet.getRow(1).height = 28;
  sheet.getRow(3).height = 22;
  sheet.getRow(HEADER_ROW).height = 24;
  [texts.prerequisite, texts.answer, texts.explanation].forEach((label, index) => {
    put(sheet.getCell(HEADER_ROW, index + 1), label[language], cellStyles.header);
  });
}

function writePrerequisite(
  sheet: Worksheet,
  row: number,
  { code, kind, label, explanation }: PrerequisiteLabel,
  options: MaskExport,
): void {
  const { language } = options;
  put(sheet.getCell(row, 1), label[language], cellStyles.strong);
  writeAnswer(sheet.getCell(row, 2), { code, kind }, options);
  put(sheet.getCell(row, 3), explanation[language], cellStyles.readOnly);
  sheet.getRow(row).height = 38;
}

function writeAnswer(
  cell: Cell,
  { code, kind }: Pick<PrerequisiteLabel, 'code' | 'kind'>,
  options: MaskExport,
): void {
  const { language } = options;
  if (code === 'planexpoEvent' || code === 'inwinkEvent') {
    put(cell, options[code], cellStyles.readOnly);
    return;
  }
  const value = options.current?.prerequisites[code] ?? null;
  if (kind === 'date') {
    put(cell, typeof value === 'string' ? new Date(`${value}T00:00:00Z`) : null, cellStyles.dateInput);
    cell.dataValidation = dateBetween(language);
    return;
  }
  put(cell, textOf(value, language), cellStyles.input);
  if (kind === 'yes-no') cell.dataValidation = yesNo(language);
}

/** A "no" is left empty: the mask does not tell it from an answer nobody has given yet. */
function textOf(value: Prerequisites[keyof Prerequisites], language: Language): string | null {
  if (typeof value === 'string') return value;
  return value === true ? texts.yes[language] : null;
}

function yesNo(language: Language): DataValidation {
  return {
    type: 'list',
    allowBlank: true,
    formulae: [`"${texts.yes[language]},${texts.no[language]}"`],
    showErrorMessage: true,
    errorTitle: texts.answer[language],
    error: texts.chooseYesNo[language],
  };
}

function dateBetween(language: Language): DataValidation {
  return {
    type: 'date',
    operator: 'between',
    allowBlank: true,
    formulae: [new Date('2000-01-01T00:00:00Z'), new Date('2100-12-31T00:00:00Z')],
    showInputMessage: true,
    promptTitle: texts.answer[language],
    prompt: texts.typeDate[language],
    showErrorMessage: true,
    errorTitle: texts.answer[language],
    error: texts.typeDate[language],
  };
}
