import type { Side } from './crm-record';
import type { DiscoveredField, FieldPair } from './field-mapping';
import { fittingForms } from './fitting-forms';
import { ENDS, type MappedObject, writtenSides } from './mapped-objects';
import { type MappingProblem, SIDE_NAMES, TOWARDS } from './mapping-problem';

/** Values of a closed list that a message names. */
const SHOWN_VALUES = 12;
/** Values of these forms are spelled by us as each list wants them. */
const SPELLED_BY_US: ReadonlySet<string> = new Set(['country', 'language', 'boolean']);
/** Forms whose length is that of a text. */
const TEXTS: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'list']);

export type PairFields = Record<Side, DiscoveredField>;

export function placeOf(pair: Pick<FieldPair, 'weavy' | 'mautic'>): string {
  return `${pair.weavy} -> ${pair.mautic}`;
}

/** What does not fit in one pair whose two fields exist. */
export function checkPair(object: MappedObject, pair: FieldPair, fields: PairFields): MappingProblem[] {
  const form = formProblems(object, pair, fields);
  const first = [...readOnlyProblems(object, pair, fields), ...form];
  // what a list or a length means is told once the form is right
  if (form.some((problem) => problem.severity === 'fail')) return first;
  return [
    ...first,
    ...writtenSides(pair.direction).flatMap((side) => [
      ...lengthProblems(object, pair, fields, side),
      ...listProblems(object, pair, fields, side),
    ]),
  ];
}

/** Foreign keys of weavy are read, never written (seed's connector); so is the code of a record itself. */
function readOnlyProblems(object: MappedObject, pair: FieldPair, fields: PairFields): MappingProblem[] {
  const problem = (message: MappingProblem['message']): MappingProblem => ({
    object,
    place: placeOf(pair),
    code: 'read-only',
    severity: 'fail',
    message,
  });
  return writtenSides(pair.direction)
    .filter((side) => isReadOnly(object, side, fields[side]))
    .map((side) => {
      const { name } = fields[side];
      const platform = SIDE_NAMES[side];
      if (object === 'inbounds')
        return problem({
          fr: `${name} ne peut pas être écrit dans ${platform} (clé étrangère ou code de la fiche), et un Entrant ne fait qu’être écrit : retirez cette ligne.`,
          en: `${name} cannot be written in ${platform} (foreign key or record code), and an Entrant is only ever written: remove this line.`,
        });
      const direction = TOWARDS[side === 'weavy' ? 'mautic' : 'weavy'];
      return problem({
        fr: `${name} ne peut pas être écrit dans ${platform} (clé étrangère ou code de la fiche) : écrivez direction: ${direction}.`,
        en: `${name} cannot be written in ${platform} (foreign key or record code): write direction: ${direction}.`,
      });
    });
}

function isReadOnly(object: MappedObject, side: Side, field: DiscoveredField): boolean {
  if (field.readOnly) return true;
  return side === 'weavy' && field.name === `${ENDS[object].weavy.slice('weavy/'.length)}_ID`;
}

function formProblems(
  object: MappedObject,
  pair: FieldPair,
  { weavy, mautic }: PairFields,
): MappingProblem[] {
  const forms = fittingForms(weavy.type, mautic.type);
  if (forms.includes(pair.as)) return [];
  const types = `weavy ${weavy.type}, Webmecanik ${mautic.type}`;
  const common = { object, place: placeOf(pair) };
  const [best] = forms;
  if (best === undefined)
    return [
      {
        ...common,
        code: 'types-differ',
        severity: 'fail',
        message: {
          fr: `Ces deux champs n’ont pas de forme commune (${types}) : reliez-en un autre, ou retirez cette ligne.`,
          en: `These two fields have no form in common (${types}): map another one, or remove this line.`,
        },
      },
    ];
  // an address kept as plain text arrives, but each change of case in it looks like a new one
  if (pair.as === 'text' && best === 'email')
    return [
      {
        ...common,
        code: 'form-better',
        severity: 'warn',
        message: {
          fr: 'Une adresse e-mail se compare sans la casse : écrivez as: email.',
          en: 'E-mail addresses compare without case: write as: email.',
        },
      },
    ];
  return [
    {
      ...common,
      code: 'form',
      severity: 'fail',
      message: {
        fr: `as: ${pair.as} ne convient pas à ces champs (${types}) : écrivez as: ${best}.`,
        en: `as: ${pair.as} does not fit these fields (${types}): write as: ${best}.`,
      },
    },
  ];
}

function lengthProblems(
  object: MappedObject,
  pair: FieldPair,
  fields: PairFields,
  target: Side,
): MappingProblem[] {
  const source = target === 'weavy' ? 'mautic' : 'weavy';
  const [from, to] = [fields[source].length, fields[target].length];
  if (from === null || to === null || to >= from || !TEXTS.has(pair.as)) return [];
  return [
    {
      object,
      place: placeOf(pair),
      code: 'target-shorter',
      severity: 'warn',
      message: {
        fr: `${SIDE_NAMES[target]} garde ${to} caractères, ${SIDE_NAMES[source]} ${from} : un texte plus long n’est pas écrit et vous est signalé. Allongez ${fields[target].name} si vous le pouvez.`,
        en: `${SIDE_NAMES[target]} holds ${to} characters, ${SIDE_NAMES[source]} ${from}: a longer text is not written, and you are told. Lengthen ${fields[target].name} if you can.`,
      },
    },
  ];
}

function listProblems(
  object: MappedObject,
  pair: FieldPair,
  fields: PairFields,
  target: Side,
): MappingProblem[] {
  const known = fields[target].choices;
  if (known === null || SPELLED_BY_US.has(pair.as)) return [];
  const offered = fields[target === 'weavy' ? 'mautic' : 'weavy'].choices;
  if (offered?.every((value) => known.includes(value))) return [];
  const shown = known.slice(0, SHOWN_VALUES).join(', ');
  const others = known.length - SHOWN_VALUES;
  return [
    {
      object,
      place: placeOf(pair),
      code: 'closed-list',
      severity: 'warn',
      message: {
        fr: `${SIDE_NAMES[target]} n’accepte pour ${fields[target].name} que : ${shown}${others > 0 ? `, et ${others} autres` : ''}. Une autre valeur n’est pas écrite et vous est signalée.`,
        en: `${SIDE_NAMES[target]} takes for ${fields[target].name} only: ${shown}${others > 0 ? `, and ${others} others` : ''}. Any other value is not written, and you are told.`,
      },
    },
  ];
}
