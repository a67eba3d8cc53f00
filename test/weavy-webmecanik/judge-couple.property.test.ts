import * as fc from 'fast-check';
import type { FieldValue } from '../../mappings/fields';
import { comparable } from '../../mappings/weavy-webmecanik/compare-value';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { type Direction, VALUE_FORMS, type ValueForm } from '../../mappings/weavy-webmecanik/field-mapping';
import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import type { JudgedPair, JudgeInput, Verdict } from '../../mappings/weavy-webmecanik/verdict';
import { holds } from '../mappings/holds';
import { at, carryOut, inputOf, type Keeps, type OneField } from './judge-cases';

/** Few values of each form, in several spellings, so that both sides often meet; the last ones cannot be spelled. */
const VALUES: Record<ValueForm, { weavy: FieldValue[]; mautic: FieldValue[] }> = {
  text: { weavy: ['un', ' un', 'deux', 'trop long'], mautic: ['un', 'deux ', 'trois', 'trop long'] },
  email: { weavy: ['a@b.fr', 'A@B.fr', 'c@d.fr', 'ana'], mautic: ['a@b.fr', 'c@d.fr', 'E@f.fr'] },
  phone: { weavy: ['03 90', '0390', '+33 3 90'], mautic: ['03.90', '0033390', '04 90'] },
  country: { weavy: ['FR', 'DE', 'BE', 'ZX'], mautic: ['France', 'Germany', 'Unknown'] },
  language: { weavy: ['FR-FR', 'FR-BE', '???'], mautic: ['fr_FR', 'nl_BE'] },
  boolean: { weavy: [true, false], mautic: [true, false, 1, '0', 'oui'] },
  number: { weavy: [0, 1, 2.5], mautic: ['0', '1,0', 2.5, 'douze'] },
  date: { weavy: ['2026-03-01T00:00:00', '2026-03-02T00:00:00'], mautic: ['2026-03-01', '2026-03-03'] },
  datetime: { weavy: ['2026-03-01T08:15:22', '2026-03-01T08:16:00'], mautic: ['2026-03-01 08:15', 'demain'] },
  list: { weavy: ['a|b', 'b|a', 'a'], mautic: ['a|b', 'b', 'c|a'] },
};
const BLANKS: FieldValue[] = [null, ''];
/** Shorter than `trop long`, and longer than all other values. */
const LENGTH = 20;

const flag = fc.boolean();

function pairAt(index: number): fc.Arbitrary<JudgedPair> {
  const limits = fc.constantFrom(4, LENGTH, null).map((length) => ({ length, choices: null }));
  return fc.record({
    weavy: fc.constant(`w${index}`),
    mautic: fc.constant(`m${index}`),
    direction: fc.constantFrom<Direction>('both', 'both', 'toMautic', 'toWeavy'),
    as: fc.constantFrom(...VALUE_FORMS),
    propagateBlank: flag,
    enforce: flag,
    identity: fc.constantFrom(false, false, true),
    required: fc.record({
      weavy: fc.constantFrom(false, false, true),
      mautic: fc.constantFrom(false, false, true),
    }),
    readOnly: fc.record({ weavy: fc.constantFrom(false, false, true), mautic: fc.constant(false) }),
    limits: fc.record({ weavy: limits, mautic: limits }),
  });
}

function fieldOf(as: ValueForm): fc.Arbitrary<OneField> {
  const weavy = fc.constantFrom(...VALUES[as].weavy, ...BLANKS);
  const mautic = fc.constantFrom(...VALUES[as].mautic, ...BLANKS);
  const held = fc.record({ weavy, mautic });
  const base = fc.record({ weavy, mautic });
  return fc.oneof(
    held,
    fc.record({ weavy, mautic, base }),
    // one side as it was
    fc.tuple(base, weavy).map(([base, weavy]) => ({ ...base, base, weavy })),
    fc.tuple(base, mautic).map(([base, mautic]) => ({ ...base, base, mautic })),
  );
}

const time = fc.constantFrom(at(9), at(9, 0, 1), at(10), null);
const couple: fc.Arbitrary<JudgeInput> = fc
  .tuple(...Array.from({ length: 6 }, (_each, index) => pairAt(index)))
  .chain((pairs) => fc.tuple(...pairs.map((pair) => fieldOf(pair.as).map((field) => [pair, field] as const))))
  .chain((fields) =>
    fc
      .record({ weavyAt: time, mauticAt: time, tie: fc.constantFrom('mautic', 'weavy', 'hold') })
      .map((given) =>
        inputOf(
          fields.map(([pair, field]) => [pair, field]),
          given,
        ),
      ),
  );

/** Rules by which two sides stay different; of both-ways fields, only a read-only one is `left.one-way`. */
const PARTED = new Set(['tie.hold', 'first.tie-hold', 'not-spelled', 'left.one-way']);
const OTHER: Record<Side, Side> = { weavy: 'mautic', mautic: 'weavy' };

function meaning(pair: JudgedPair, side: Side, value: FieldValue | undefined): string | null {
  return comparable(pair.as, side, value);
}

function held(input: JudgeInput, pair: JudgedPair, side: Side): string | null {
  return meaning(pair, side, input[side].fields[pair[side]]);
}

function isChanged({ pair, evidence }: Verdict, side: Side): boolean {
  return meaning(pair, side, evidence[side]) !== meaning(pair, side, evidence.base?.[side]);
}

function mayBlank(pair: JudgedPair, side: Side): boolean {
  return pair.propagateBlank && !pair.identity && !pair.required[side];
}

describe('the judgment of any couple', () => {
  it('leaves both sides equal on every both-ways field that somebody changed', () => {
    holds(
      fc.property(couple, (input) => {
        const verdicts = judgeCouple(input);
        const after = carryOut(input, verdicts);
        for (const { pair, rule } of verdicts) {
          if (pair.direction !== 'both' || rule === 'agree.unchanged' || PARTED.has(rule)) continue;
          expect(held(after, pair, 'weavy')).toBe(held(after, pair, 'mautic'));
        }
      }),
    );
  });

  it('never reverts a both-ways field that only one side changed', () => {
    holds(
      fc.property(couple, (input) => {
        const verdicts = judgeCouple(input);
        const after = carryOut(input, verdicts);
        for (const verdict of verdicts) {
          const { pair, rule, evidence } = verdict;
          if (pair.direction !== 'both' || evidence.base === null || PARTED.has(rule)) continue;
          for (const side of ['weavy', 'mautic'] as const) {
            if (!isChanged(verdict, side) || isChanged(verdict, OTHER[side])) continue;
            const value = held(input, pair, side);
            if (value === null && !mayBlank(pair, OTHER[side])) continue;
            expect([held(after, pair, side), held(after, pair, OTHER[side])]).toEqual([value, value]);
          }
        }
      }),
    );
  });

  it('writes nothing the second time, also when the platforms alter what they are sent', () => {
    const alters: Keeps = (side, _field, value) => {
      if (value === 0 || value === false) return null;
      return side === 'mautic' && typeof value === 'string' ? value.slice(0, 3) : value;
    };
    const asSent: Keeps = (_side, _field, value) => value;
    holds(
      fc.property(couple, fc.constantFrom(asSent, alters), (input, keeps) => {
        const after = carryOut(input, judgeCouple(input), keeps);
        const again = judgeCouple(after);
        expect(again.flatMap(({ write }) => write ?? [])).toEqual([]);
        expect(carryOut(after, again).base).toEqual(after.base);
      }),
    );
  });

  it('ends the same whichever side is written first', () => {
    const writing = (side: Side) => (verdict: Verdict) =>
      verdict.write === null || verdict.write.side === side;
    holds(
      fc.property(couple, fc.constantFrom<Side>('weavy', 'mautic'), (input, first) => {
        const atOnce = carryOut(input, judgeCouple(input));
        const half = carryOut(input, judgeCouple(input).filter(writing(first)));
        const inSteps = carryOut(half, judgeCouple(half));
        expect(inSteps).toEqual(atOnce);
      }),
    );
  });

  it('is the same for every field, whatever the order of the fields', () => {
    holds(
      fc.property(couple, (input) => {
        const backwards = judgeCouple({ ...input, pairs: input.pairs.toReversed() });
        expect(backwards.toReversed()).toEqual(judgeCouple(input));
      }),
    );
  });

  it('blanks nothing that the policy does not allow', () => {
    holds(
      fc.property(couple, (input) => {
        for (const { pair, write, evidence } of judgeCouple(input)) {
          if (write === null || meaning(pair, write.side, write.after) !== null) continue;
          expect(mayBlank(pair, write.side)).toBe(true);
          expect(evidence.base).not.toBeNull();
        }
      }),
    );
  });

  it('never writes a read-only field, and leaves a both-ways field for no other reason', () => {
    holds(
      fc.property(couple, (input) => {
        for (const { pair, rule, write } of judgeCouple(input)) {
          expect(write !== null && pair.readOnly[write.side]).toBe(false);
          if (rule === 'left.one-way' && pair.direction === 'both') expect(pair.readOnly.weavy).toBe(true);
        }
      }),
    );
  });

  it('writes to a master only what is missing there, and nothing at all when the field is not enforced', () => {
    holds(
      fc.property(couple, (input) => {
        for (const { pair, write } of judgeCouple(input)) {
          const isMaster = pair.direction === (write?.side === 'weavy' ? 'toMautic' : 'toWeavy');
          if (write === null || !isMaster) continue;
          expect(pair.enforce).toBe(true);
          expect(meaning(pair, write.side, write.before)).toBeNull();
        }
      }),
    );
  });

  it('writes the other side’s value over what is there, never what is there already', () => {
    holds(
      fc.property(couple, (input) => {
        for (const { pair, write, agreed, evidence } of judgeCouple(input)) {
          if (write === null) continue;
          expect(agreed).toBeNull();
          expect(write.field).toBe(pair[write.side]);
          expect(write.before).toBe(evidence[write.side]);
          const after = meaning(pair, write.side, write.after);
          expect(after).toBe(meaning(pair, OTHER[write.side], evidence[OTHER[write.side]]));
          expect(after).not.toBe(meaning(pair, write.side, write.before));
        }
      }),
    );
  });

  it('touches nothing of a paused field', () => {
    holds(
      fc.property(couple, (input) => {
        const paused = input.pairs.map((pair) => pair.weavy);
        expect(carryOut(input, judgeCouple({ ...input, paused }))).toEqual(input);
      }),
    );
  });
});
