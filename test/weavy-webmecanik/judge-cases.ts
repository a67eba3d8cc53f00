import type { Fields, FieldValue } from '../../mappings/fields';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import type { CoupleBase, JudgedPair, JudgeInput, Verdict } from '../../mappings/weavy-webmecanik/verdict';

/** A pair of fields with the defaults of the mapping document and nothing known about lengths and lists. */
export function pairOf(given: Partial<JudgedPair> = {}): JudgedPair {
  return {
    weavy: 'phoneNumber',
    mautic: 'phone',
    direction: 'both',
    as: 'text',
    propagateBlank: true,
    enforce: true,
    identity: false,
    required: { weavy: false, mautic: false },
    readOnly: { weavy: false, mautic: false },
    limits: { weavy: { length: null, choices: null }, mautic: { length: null, choices: null } },
    ...given,
  };
}

/** 1 March 2026 at this hour, UTC, in ms. */
export function at(hour: number, minute = 0, second = 0): number {
  return Date.UTC(2026, 2, 1, hour, minute, second);
}

/** What both sides hold for one field and, with a base, what they held when they last agreed. */
export interface OneField {
  weavy: FieldValue;
  mautic: FieldValue;
  base?: FieldValue | { weavy: FieldValue; mautic: FieldValue };
}

export function inputOf(
  fields: ReadonlyArray<[JudgedPair, OneField]>,
  given: Partial<JudgeInput['settings']> & {
    weavyAt?: number | null;
    mauticAt?: number | null;
    paused?: string[];
  } = {},
): JudgeInput {
  const { weavyAt = at(10), mauticAt = at(9), paused = [], ...settings } = given;
  const base: CoupleBase = {};
  for (const [pair, { base: value }] of fields) {
    if (value === undefined) continue;
    base[pair.weavy] = typeof value === 'object' && value !== null ? value : { weavy: value, mautic: value };
  }
  const held = (side: Side): Fields =>
    Object.fromEntries(fields.map(([pair, field]) => [pair[side], field[side]]));
  return {
    pairs: fields.map(([pair]) => pair),
    weavy: { fields: held('weavy'), modifiedAt: weavyAt },
    mautic: { fields: held('mautic'), modifiedAt: mauticAt },
    base,
    paused,
    settings: { tie: 'mautic', tieWithinMs: 1_000, ...settings },
  };
}

/** How a platform keeps what it is sent. */
export type Keeps = (side: Side, field: string, value: FieldValue) => FieldValue;

const asSent: Keeps = (_side, _field, value) => value;

/** The couple after these verdicts: written values as kept, and as base what both sides then hold. */
export function carryOut(input: JudgeInput, verdicts: readonly Verdict[], keeps: Keeps = asSent): JudgeInput {
  const fields = { weavy: { ...input.weavy.fields }, mautic: { ...input.mautic.fields } };
  const base: CoupleBase = { ...input.base };
  for (const { pair, write, agreed } of verdicts) {
    if (agreed !== null) base[pair.weavy] = agreed;
    if (write === null) continue;
    fields[write.side][write.field] = keeps(write.side, write.field, write.after);
    base[pair.weavy] = {
      weavy: fields.weavy[pair.weavy] ?? null,
      mautic: fields.mautic[pair.mautic] ?? null,
    };
  }
  return {
    ...input,
    base,
    weavy: { ...input.weavy, fields: fields.weavy },
    mautic: { ...input.mautic, fields: fields.mautic },
  };
}

/** The one verdict about one field. */
export function judgeOne(
  pair: JudgedPair,
  field: OneField,
  given: Parameters<typeof inputOf>[1] = {},
): Verdict {
  const [verdict] = judgeCouple(inputOf([[pair, field]], given));
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

/** What is written where, as people would say it: `mautic.phone = x`. */
export function written(input: JudgeInput): string[] {
  return judgeCouple(input).flatMap(({ write }) =>
    write === null ? [] : [`${write.side}.${write.field} = ${write.after}`],
  );
}
