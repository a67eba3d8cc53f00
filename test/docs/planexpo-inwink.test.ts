import { checkPrerequisites } from '../../mappings/planexpo-inwink/check-prerequisites';
import { defaultFields } from '../../mappings/planexpo-inwink/mask/mask-default-fields';
import { prerequisiteLabels } from '../../mappings/planexpo-inwink/mask/mask-labels';
import {
  type DecisionOffer,
  decisionsFor,
  ReasonCode,
  reasonText,
} from '../../mappings/planexpo-inwink/reasons';
import { allRows, section, textOf } from './markdown';

const PAGE = textOf('docs/planexpo-inwink.md');
const CODES = Object.values(ReasonCode);
const OUTCOMES = ['created', 'updated', 'unchanged', 'withdrawn', 'skipped', 'waiting', 'held', 'refused'];

describe.each([
  ['fr', 'Français'],
  ['en', 'English'],
] as const)('docs/planexpo-inwink.md in %s', (language, heading) => {
  const text = section(PAGE, heading);
  const rows = allRows(text);
  const firstCells = rows.map(([first = '']) => first);

  test('explains every reason in the words of the command line, with the decisions on offer', () => {
    const wanted = CODES.map((code) => {
      const { what, why, next } = reasonText(code, language);
      const offers = decisionsFor(code).map((offer) => `\`${offer.code}\``);
      return [code, `${what} ${why}`, next, offers.join(', ').replace(/^`([^`]*)`$/, '$1') || '-'];
    });

    const told = rows
      .filter(([first]) => CODES.some((code) => code === first))
      .flatMap(([code = '', what = '', next = '', weight, decisions = '']) =>
        weight === undefined || decisions === '' ? [] : [[code, what, next, decisions]],
      );

    expect(told.sort()).toEqual(wanted.sort());
  });

  test('explains every decision in the words of the command line', () => {
    const offers = new Map<string, DecisionOffer>(
      CODES.flatMap(decisionsFor).map((offer) => [offer.code, offer] as const),
    );
    const wanted = [...offers.values()].map(({ code, argument, label, effect }) => [
      argument === undefined ? code : `${code} ID`,
      label[language],
      effect[language],
    ]);

    for (const row of wanted) expect(rows).toContainEqual(row);
  });

  test('names every prerequisite that check looks at', () => {
    const codes = checkPrerequisites({
      mask: null,
      sourceProblem: null,
      targetProblem: null,
      validatedDossiers: 0,
      dossiersNeeded: 3,
      planexpoProducts: 0,
      inwinkFields: { exhibitor: [], registered: [] },
      foreignPartners: 0,
      drift: [],
      today: '2027-01-31',
    }).map((check) => check.code);

    expect(firstCells).toEqual(expect.arrayContaining(codes));
  });

  test('names every outcome, every default field and every row of the first sheet', () => {
    const fields = defaultFields.map((field) => field.planexpo[language]);

    expect(OUTCOMES.filter((outcome) => !text.includes(`| \`${outcome}\``))).toEqual([]);
    expect(fields.filter((field) => !text.includes(`| ${field}`))).toEqual([]);
    expect(firstCells).toEqual(expect.arrayContaining(prerequisiteLabels.map((row) => row.label[language])));
  });
});
