import type { Workbook } from '@protobi/exceljs';
import { defaultFieldRules, defaultFields } from './mask-default-fields';
import { sheetLabels } from './mask-labels';
import type { Bilingual, Language } from './mask-problem';
import { cellStyles, printNicely, protectSheet, put } from './mask-style';

const HEADER_ROW = 4;

const texts = {
  title: { fr: 'Champs synchronisés par défaut', en: 'Fields synchronised by default' },
  hint: {
    fr: 'Rien à remplir ici. Ces champs existent des deux côtés et sont transmis pour chaque dossier validé.',
    en: 'Nothing to fill in here. These fields exist on both sides and are sent for every validated dossier.',
  },
  sent: { fr: 'Envoi', en: 'Sent as' },
  planexpo: { fr: 'Champ Planexpo', en: 'Planexpo field' },
  inwink: { fr: 'Champ Inwink', en: 'Inwink field' },
  optional: { fr: 'Facultatif', en: 'Optional' },
  rules: { fr: 'Comment lire ce tableau', en: 'How to read this table' },
  partner: { fr: 'Partenaire', en: 'Partner' },
  participant: { fr: 'Participant', en: 'Participant' },
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
} as const satisfies Record<string, Bilingual>;

/** The second sheet: for reading only, the same for every event. */
export async function writeFieldsSheet(workbook: Workbook, language: Language): Promise<void> {
  const sheet = workbook.addWorksheet(sheetLabels.fields[language], {
    views: [{ state: 'frozen', ySplit: HEADER_ROW, showGridLines: false }],
    properties: { tabColor: { argb: 'FF8A95A5' } },
  });
  sheet.columns = [{ width: 16 }, { width: 38 }, { width: 38 }, { width: 13 }, { width: 4 }, { width: 70 }];
  put(sheet.getCell('A1'), texts.title[language], cellStyles.title);
  put(sheet.getCell('A2'), texts.hint[language], cellStyles.subtitle);
  sheet.getRow(1).height = 28;
  sheet.getRow(HEADER_ROW).height = 24;
  [texts.sent, texts.planexpo, texts.inwink, texts.optional].forEach((label, index) => {
    put(sheet.getCell(HEADER_ROW, index + 1), label[language], cellStyles.header);
  });
  put(sheet.getCell(HEADER_ROW, 6), texts.rules[language], cellStyles.header);

  defaultFields.forEach(({ sent, planexpo, inwink, optional }, index) => {
    const row = HEADER_ROW + 1 + index;
    put(sheet.getCell(row, 1), texts[sent][language], cellStyles.strong);
    put(sheet.getCell(row, 2), planexpo[language], cellStyles.readOnly);
    put(sheet.getCell(row, 3), inwink[language], cellStyles.readOnly);
    put(sheet.getCell(row, 4), texts[optional][language], cellStyles.readOnly);
    sheet.getRow(row).height = 34;
  });
  defaultFieldRules.forEach((rule, index) => {
    put(sheet.getCell(HEADER_ROW + 1 + index, 6), rule[language], cellStyles.readOnly);
  });
  printNicely(sheet, HEADER_ROW, { column: 'F', row: HEADER_ROW + defaultFields.length });
  await protectSheet(sheet);
}
