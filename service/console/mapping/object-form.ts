import type { Language } from '../../../mappings/reason-types';
import {
  type Direction,
  type FieldMapping,
  type FieldPair,
  type InboundMapping,
  VALUE_FORMS,
  type ValueForm,
} from '../../../mappings/weavy-webmecanik/field-mapping';
import type { MappedObject } from '../../../mappings/weavy-webmecanik/mapped-objects';
import { asDocument, type MappingIssue } from '../../../operations/weavy-webmecanik/mapping-draft';
import { MAPPING_WORDS } from './words';

/** One row as it stands in the form; fields that are not chosen yet are ''. */
export type FormRow = FieldPair;

/** One object of the mapping as people see it in the form. */
export interface ObjectForm {
  isOn: boolean;
  rows: FormRow[];
  /** Companies: which row is the key; null when none is chosen. */
  key: number | null;
  /** Contacts. */
  company: boolean;
  bounceField: string;
  /** Inbounds. */
  create: 'all' | 'none' | 'tag' | 'segment';
  createName: string;
}

/** Blank rows at the end, to add fields in. */
const SPARE_ROWS = 3;
/** More rows than any of these platforms has fields. */
const MOST_ROWS = 500;
const DIRECTIONS: readonly Direction[] = ['both', 'toMautic', 'toWeavy'];
const CREATES: readonly ObjectForm['create'][] = ['all', 'none', 'tag', 'segment'];

export function blankRow(object: MappedObject): FormRow {
  const direction = object === 'inbounds' ? 'toWeavy' : 'both';
  return {
    weavy: '',
    mautic: '',
    direction,
    as: 'text',
    propagateBlank: true,
    enforce: object !== 'inbounds',
  };
}

export function spareRows(object: MappedObject): FormRow[] {
  return Array.from({ length: SPARE_ROWS }, () => blankRow(object));
}

/** An object that is not synchronised begins with what it is known by. */
export function formOf(object: MappedObject, mapping: FieldMapping): ObjectForm {
  const { companies, contacts, inbounds } = mapping;
  const own = mapping[object];
  const [weavy, mautic] = object === 'companies' ? ['name', 'companyname'] : ['email', 'email'];
  const first: FormRow = {
    ...blankRow(object),
    weavy,
    mautic,
    as: object === 'companies' ? 'text' : 'email',
  };
  const key = companies?.fields.findIndex(
    (pair) => pair.weavy === companies.key.weavy && pair.mautic === companies.key.mautic,
  );
  return {
    isOn: own !== null,
    rows: own?.fields ?? [first],
    key: key ?? 0,
    company: contacts?.company ?? true,
    bounceField: contacts?.bounceField ?? '',
    ...createOf(inbounds?.create ?? 'all'),
  };
}

function createOf(create: InboundMapping['create']): Pick<ObjectForm, 'create' | 'createName'> {
  if (typeof create === 'string') return { create, createName: '' };
  return 'tag' in create
    ? { create: 'tag', createName: create.tag }
    : { create: 'segment', createName: create.segment };
}

/** What was sent. Values that no choice of the form has are those of a new row. */
export function readForm(object: MappedObject, body: Readonly<Record<string, unknown>>): ObjectForm {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const count = Math.min(Number.parseInt(text('rows'), 10) || 0, MOST_ROWS);
  const rows: FormRow[] = [];
  let key: number | null = null;
  for (let index = 0; index < count; index += 1) {
    const of = (name: string) => text(`${name}.${index}`);
    if (of('remove') !== '' || (of('weavy') === '' && of('mautic') === '')) continue;
    if (text('key') === String(index)) key = rows.length;
    const blank = blankRow(object);
    rows.push({
      weavy: of('weavy'),
      mautic: of('mautic'),
      direction: DIRECTIONS.find((each) => each === of('direction')) ?? blank.direction,
      as: VALUE_FORMS.find((each): each is ValueForm => each === of('as')) ?? blank.as,
      propagateBlank: of('blank') !== '',
      enforce: object !== 'inbounds' && of('enforce') !== '',
    });
  }
  return {
    isOn: text('on') !== '',
    rows,
    key,
    company: text('company') !== '',
    bounceField: text('bounceField'),
    create: CREATES.find((each) => each === text('create')) ?? 'all',
    createName: text('createName'),
  };
}

/** What the form itself leaves open, in words; none when it can be kept as a draft. */
export function openChoices(object: MappedObject, form: ObjectForm, language: Language): string[] {
  if (!form.isOn) return [];
  const { issues } = MAPPING_WORDS[language];
  const half = form.rows.flatMap((row, index) =>
    row.weavy === '' || row.mautic === '' ? [issues.half(index + 1)] : [],
  );
  const needsName = object === 'inbounds' && ['tag', 'segment'].includes(form.create);
  return [
    ...half,
    ...(form.rows.length === 0 ? [issues.empty] : []),
    ...(object === 'companies' && form.key === null ? [issues.key] : []),
    ...(needsName && form.createName === '' ? [issues.createName] : []),
  ];
}

/** The whole document with one object as the form has it. */
export function documentWith(mapping: FieldMapping, object: MappedObject, form: ObjectForm): unknown {
  return asDocument({ ...mapping, ...partOf(object, form) });
}

function partOf(object: MappedObject, form: ObjectForm): Partial<FieldMapping> {
  const { rows: fields, isOn } = form;
  if (!isOn) return { [object]: null };
  switch (object) {
    case 'companies': {
      const { weavy, mautic } = fields[form.key ?? 0] ?? blankRow(object);
      return { companies: { key: { weavy, mautic }, fields } };
    }
    case 'contacts': {
      const bounceField = form.bounceField === '' ? null : form.bounceField;
      return { contacts: { company: form.company, bounceField, fields } };
    }
    case 'inbounds':
      return { inbounds: { create: createFrom(form), fields } };
  }
}

function createFrom({ create, createName }: ObjectForm): InboundMapping['create'] {
  if (create === 'tag') return { tag: createName };
  return create === 'segment' ? { segment: createName } : create;
}

/** What the document as a whole does not allow, in words: the schema's own sentences name its paths. */
export function issueText(
  { path, code, message }: MappingIssue,
  form: ObjectForm,
  language: Language,
): string {
  const { issues, objects } = MAPPING_WORDS[language];
  const [object, part, index, side] = path;
  if (object === undefined) return issues.nothing;
  const named = Object.entries(objects).find(([each]) => each === object)?.[1].name;
  const say = (text: string) => (named === undefined ? text : `${named} – ${text}`);
  if (object === 'inbounds' && part === undefined) return issues.inbounds;
  if (part === 'key') return say(issues.key);
  if (part === 'fields' && index === undefined)
    return say(code === 'too_small' ? issues.empty : issues.email);
  const row = typeof index === 'number' ? form.rows[index] : undefined;
  if (row !== undefined && (side === 'weavy' || side === 'mautic')) return say(issues.twice(row[side]));
  return issues.other(`${path.join('.')}: ${message}`);
}
