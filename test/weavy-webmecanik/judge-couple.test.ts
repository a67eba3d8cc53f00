import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import { correctedTime } from '../../mappings/weavy-webmecanik/later-side';
import { matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import type { JudgedPair, JudgeInput, Verdict } from '../../mappings/weavy-webmecanik/verdict';
import { at, carryOut, inputOf, type Keeps, type OneField, pairOf } from './judge-cases';

const OLD = '03 90 00 00 00';
const NEW = '03 90 11 22 33';
const OTHER = '03 90 44 55 66';
const phone = pairOf();
const email = pairOf({ weavy: 'email', mautic: 'email', as: 'email', identity: true });
const city = pairOf({ weavy: 'city', mautic: 'city' });

function judgeOne(pair: JudgedPair, field: OneField, given: Parameters<typeof inputOf>[1] = {}): Verdict {
  const [verdict] = judgeCouple(inputOf([[pair, field]], given));
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

/** What is written where, as people would say it: `mautic.phone = x`. */
function written(input: JudgeInput): string[] {
  return judgeCouple(input).flatMap(({ write }) =>
    write === null ? [] : [`${write.side}.${write.field} = ${write.after}`],
  );
}

describe('the cases of two-way judgment', () => {
  it('J1: what only weavy changed goes to Mautic', () => {
    const verdict = judgeOne(
      phone,
      { weavy: NEW, mautic: OLD, base: OLD },
      { weavyAt: at(8), mauticAt: at(11) },
    );
    expect(verdict).toMatchObject({
      rule: 'changed.weavy',
      write: { side: 'mautic', field: 'phone', before: OLD, after: NEW },
      agreed: null,
      tie: false,
    });
  });

  it('J2: what only Mautic changed goes to weavy', () => {
    const verdict = judgeOne(phone, { weavy: OLD, mautic: NEW, base: OLD });
    expect(verdict).toMatchObject({
      rule: 'changed.mautic',
      write: { side: 'weavy', field: 'phoneNumber', before: OLD, after: NEW },
    });
  });

  it('J3: both changed to the same value is no write, and the base moves', () => {
    const verdict = judgeOne(pairOf({ as: 'phone' }), { weavy: '0390112233', mautic: NEW, base: OLD });
    expect(verdict).toMatchObject({
      rule: 'agree.same-value',
      write: null,
      agreed: { weavy: '0390112233', mautic: NEW },
    });
  });

  it('J4: both changed and weavy later writes Mautic alone, so the sides never swap', () => {
    const input = inputOf([[phone, { weavy: NEW, mautic: OTHER, base: OLD }]], {
      weavyAt: at(10),
      mauticAt: at(9),
    });
    expect(judgeCouple(input)[0]?.rule).toBe('latest.weavy');
    expect(written(input)).toEqual([`mautic.phone = ${NEW}`]);
    expect(written(carryOut(input, judgeCouple(input)))).toEqual([]);
  });

  it('J5: both changed and Mautic later writes weavy alone', () => {
    const input = inputOf([[phone, { weavy: NEW, mautic: OTHER, base: OLD }]], {
      weavyAt: at(9),
      mauticAt: at(10),
    });
    expect(judgeCouple(input)[0]?.rule).toBe('latest.mautic');
    expect(written(input)).toEqual([`weavy.phoneNumber = ${OTHER}`]);
  });

  describe('J6: both changed in the same second', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER, base: OLD };
    const sameSecond = { weavyAt: at(10, 0, 1), mauticAt: at(10) };

    it('Mautic wins by default, as a tie', () => {
      expect(judgeOne(phone, both, sameSecond)).toMatchObject({
        rule: 'tie.mautic',
        tie: true,
        write: { side: 'weavy', after: OTHER },
      });
    });

    it('weavy wins when the setting says so, as a tie', () => {
      expect(judgeOne(phone, both, { ...sameSecond, tie: 'weavy' })).toMatchObject({
        rule: 'tie.weavy',
        tie: true,
        write: { side: 'mautic', after: NEW },
      });
    });

    it('neither is written when ties are held, and the base stays', () => {
      expect(judgeOne(phone, both, { ...sameSecond, tie: 'hold' })).toMatchObject({
        rule: 'tie.hold',
        tie: true,
        write: null,
        agreed: null,
      });
    });

    it('an unknown time is a tie too', () => {
      expect(judgeOne(phone, both, { mauticAt: null }).rule).toBe('tie.mautic');
      expect(judgeOne(phone, both, { weavyAt: null, tie: 'weavy' }).rule).toBe('tie.weavy');
    });
  });

  it('J7: a newer weavy record does not undo a phone that only Mautic changed', () => {
    const input = inputOf(
      [
        [phone, { weavy: OLD, mautic: NEW, base: OLD }],
        [city, { weavy: 'Colmar', mautic: 'Strasbourg', base: 'Strasbourg' }],
      ],
      { mauticAt: at(10), weavyAt: at(10, 10) },
    );
    expect(written(input)).toEqual([`weavy.phoneNumber = ${NEW}`, 'mautic.city = Colmar']);
  });

  it('J8: changed and changed back is nothing', () => {
    const verdict = judgeOne(phone, { weavy: OLD, mautic: OLD, base: OLD }, { mauticAt: at(11) });
    expect(verdict).toMatchObject({ rule: 'agree.unchanged', write: null });
  });

  it('J9: our own write coming back is nothing', () => {
    const before = inputOf([[phone, { weavy: NEW, mautic: OLD, base: OLD }]]);
    const after = carryOut(before, judgeCouple(before));
    const echo = { ...after, mautic: { ...after.mautic, modifiedAt: at(12) } };
    expect(judgeCouple(echo)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
  });

  describe('J10: at first link, both filled and different', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER };

    it('the later record wins', () => {
      expect(judgeOne(phone, both, { weavyAt: at(10), mauticAt: at(9) })).toMatchObject({
        rule: 'first.latest-weavy',
        write: { side: 'mautic', after: NEW },
      });
      expect(judgeOne(phone, both, { weavyAt: at(9), mauticAt: at(10) })).toMatchObject({
        rule: 'first.latest-mautic',
        write: { side: 'weavy', after: OTHER },
      });
    });

    it('the side with priority wins, whatever the times', () => {
      const older = { weavyAt: at(8), mauticAt: at(10) };
      const newer = { weavyAt: at(10), mauticAt: at(8) };
      expect(judgeOne(pairOf({ direction: 'toMautic' }), both, older).rule).toBe('first.master-weavy');
      expect(judgeOne(pairOf({ direction: 'toWeavy' }), both, newer)).toMatchObject({
        rule: 'first.master-mautic',
        write: { side: 'weavy', after: OTHER },
      });
    });

    it.each([
      ['mautic', 'first.tie-mautic', 'weavy'],
      ['weavy', 'first.tie-weavy', 'mautic'],
      ['hold', 'first.tie-hold', undefined],
    ] as const)('a tie with the setting %s is %s', (tie, rule, side) => {
      const verdict = judgeOne(phone, both, { weavyAt: at(9), mauticAt: at(9), tie });
      expect(verdict).toMatchObject({ rule, tie: true });
      expect(verdict.write?.side).toBe(side);
    });

    it('the same in two spellings is agreed without a write', () => {
      const country = pairOf({ weavy: 'generictype_ID_country', mautic: 'country', as: 'country' });
      expect(judgeOne(country, { weavy: 'FR', mautic: 'France' })).toMatchObject({
        rule: 'agree.same-value',
        write: null,
        agreed: { weavy: 'FR', mautic: 'France' },
      });
    });
  });

  describe('J11: at first link, one side blank', () => {
    it.each([
      ['weavy', { weavy: '', mautic: NEW }, 'first.filled-mautic', 'weavy'],
      ['Mautic', { weavy: NEW, mautic: null }, 'first.filled-weavy', 'mautic'],
    ] as const)(
      'the filled value wins over a blank in %s, whatever the dates',
      (_side, field, rule, side) => {
        for (const times of [{ weavyAt: at(8) }, { weavyAt: at(11) }, { weavyAt: null }])
          expect(judgeOne(phone, field, times)).toMatchObject({ rule, write: { side, after: NEW } });
      },
    );

    it('a blank master erases nothing, whatever the direction', () => {
      const blankMaster = judgeOne(pairOf({ direction: 'toMautic' }), { weavy: null, mautic: NEW });
      expect(blankMaster).toMatchObject({
        rule: 'first.filled-mautic',
        write: { side: 'weavy', after: NEW },
      });
      expect(judgeOne(pairOf({ direction: 'toWeavy' }), { weavy: NEW, mautic: '' }).rule).toBe(
        'first.filled-weavy',
      );
    });

    it('a master that is not enforced is not filled from the other side either', () => {
      const entrant = pairOf({ direction: 'toWeavy', enforce: false });
      expect(judgeOne(entrant, { weavy: NEW, mautic: null })).toMatchObject({
        rule: 'left.one-way',
        write: null,
        agreed: { weavy: NEW, mautic: null },
      });
    });
  });

  it('J12: a blank key matches no other blank key', () => {
    const mapping = { companies: null, contacts: null, inbounds: null };
    for (const blank of [null, '', '  ', '\u00A0'])
      expect(matchKeyOf({ kind: 'mautic/contact', fields: { email: blank } }, mapping)).toBeNull();
  });

  it('J12: a key that was blanked on one side is filled again from the other', () => {
    const verdict = judgeOne(email, { weavy: null, mautic: 'a@b.fr', base: 'a@b.fr' });
    expect(verdict).toMatchObject({ rule: 'blank-undone.weavy', write: { side: 'weavy', after: 'a@b.fr' } });
  });

  describe('J13: a later blank on one side', () => {
    const blanked: OneField = { weavy: null, mautic: OLD, base: OLD };

    it('goes to the other side by default, from either side', () => {
      expect(judgeOne(phone, blanked)).toMatchObject({
        rule: 'changed.weavy',
        write: { side: 'mautic', before: OLD, after: null },
      });
      expect(judgeOne(phone, { weavy: OLD, mautic: '', base: OLD })).toMatchObject({
        rule: 'changed.mautic',
        write: { side: 'weavy', after: null },
      });
    });

    it.each([
      ['is switched off', { propagateBlank: false }],
      ['is of the identity', { identity: true }],
      ['is required on the other side', { required: { weavy: false, mautic: true } }],
    ])('is undone where it was made when the field %s', (_why, given) => {
      expect(judgeOne(pairOf(given), blanked)).toMatchObject({
        rule: 'blank-undone.weavy',
        write: { side: 'weavy', before: null, after: OLD },
      });
    });

    it('travels from a side that requires the field to one that does not', () => {
      const pair = pairOf({ required: { weavy: true, mautic: false } });
      expect(judgeOne(pair, blanked).write).toMatchObject({ side: 'mautic', after: null });
    });

    it('is undone even when it is later than an edit on the other side', () => {
      const verdict = judgeOne(pairOf({ propagateBlank: false }), { weavy: null, mautic: NEW, base: OLD });
      expect(verdict).toMatchObject({ rule: 'blank-undone.weavy', write: { side: 'weavy', after: NEW } });
    });

    it('that was there before is simply filled by a later edit', () => {
      const pair = pairOf({ propagateBlank: false });
      expect(judgeOne(pair, { weavy: null, mautic: NEW, base: null })).toMatchObject({
        rule: 'changed.mautic',
        write: { side: 'weavy', after: NEW },
      });
    });

    it('is undone at a master too', () => {
      const pair = pairOf({ direction: 'toMautic', propagateBlank: false });
      expect(judgeOne(pair, blanked)).toMatchObject({
        rule: 'blank-undone.weavy',
        write: { side: 'weavy', after: OLD },
      });
    });
  });

  describe('J14: an only-to-Mautic field edited in Mautic', () => {
    const edited: OneField = { weavy: OLD, mautic: NEW, base: OLD };

    it('is put back, although Mautic is later', () => {
      const verdict = judgeOne(pairOf({ direction: 'toMautic' }), edited, { mauticAt: at(11) });
      expect(verdict).toMatchObject({
        rule: 'enforced.weavy',
        write: { side: 'mautic', before: NEW, after: OLD },
      });
    });

    it('is left until weavy changes when enforce is off', () => {
      const pair = pairOf({ direction: 'toMautic', enforce: false });
      const input = inputOf([[pair, edited]]);
      expect(judgeCouple(input)[0]).toMatchObject({
        rule: 'left.one-way',
        write: null,
        agreed: { weavy: OLD, mautic: NEW },
      });
      const later = carryOut(input, judgeCouple(input));
      expect(judgeCouple(later)[0]?.rule).toBe('agree.unchanged');
      const weavyChanged = { ...later, weavy: { ...later.weavy, fields: { phoneNumber: OTHER } } };
      expect(judgeCouple(weavyChanged)[0]).toMatchObject({
        rule: 'master.weavy',
        write: { side: 'mautic', before: NEW, after: OTHER },
      });
    });

    it('is overwritten by a change in weavy, although Mautic is later', () => {
      const verdict = judgeOne(
        pairOf({ direction: 'toMautic' }),
        { weavy: OTHER, mautic: NEW, base: OLD },
        { mauticAt: at(11) },
      );
      expect(verdict).toMatchObject({ rule: 'master.weavy', write: { side: 'mautic', after: OTHER } });
    });

    it('is not emptied by a blank master that may not blank it', () => {
      const pair = pairOf({ direction: 'toMautic', propagateBlank: false });
      expect(judgeOne(pair, { weavy: null, mautic: NEW, base: null })).toMatchObject({
        rule: 'left.one-way',
        write: null,
      });
    });
  });

  it('J15: an only-to-weavy field edited in weavy is put back, although weavy is later', () => {
    const pair = pairOf({ direction: 'toWeavy' });
    expect(judgeOne(pair, { weavy: NEW, mautic: OLD, base: OLD }, { weavyAt: at(11) })).toMatchObject({
      rule: 'enforced.mautic',
      write: { side: 'weavy', before: NEW, after: OLD },
    });
    expect(judgeOne(pair, { weavy: NEW, mautic: OTHER, base: OLD }).rule).toBe('master.mautic');
    expect(judgeOne({ ...pair, enforce: false }, { weavy: NEW, mautic: OLD, base: OLD }).rule).toBe(
      'left.one-way',
    );
  });

  it('J16: an address in another case is the same person, and nothing is written', () => {
    expect(judgeOne(email, { weavy: 'Ana.Roy@Acme.Example', mautic: 'ana.roy@acme.example' })).toMatchObject({
      rule: 'agree.same-value',
      write: null,
    });
  });

  it('J18: an e-mail changed in weavy goes to the linked contact as an update of that field', () => {
    const input = inputOf([[email, { weavy: 'new@b.fr', mautic: 'old@b.fr', base: 'old@b.fr' }]]);
    expect(written(input)).toEqual(['mautic.email = new@b.fr']);
  });

  it('J22: a change that arrives during the run is seen by the next one', () => {
    const before = inputOf([
      [phone, { weavy: NEW, mautic: OLD, base: OLD }],
      [city, { weavy: 'Colmar', mautic: 'Colmar', base: 'Colmar' }],
    ]);
    const after = carryOut(before, judgeCouple(before));
    const edited = {
      ...after,
      weavy: { fields: { phoneNumber: OTHER, city: 'Sélestat' }, modifiedAt: at(10, 1) },
    };
    expect(after.base.phoneNumber).toEqual({ weavy: NEW, mautic: NEW });
    expect(written(edited)).toEqual([`mautic.phone = ${OTHER}`, 'mautic.city = Sélestat']);
  });

  describe('J23: clocks that differ', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER, base: OLD };
    const now = at(12);

    it('a clock that runs ahead does not make its side the later one', () => {
      const weavyAt = correctedTime(at(10, 4), 5 * 60_000, now);
      const mauticAt = correctedTime(at(10), 0, now);
      expect(judgeOne(phone, both, { weavyAt: at(10, 4), mauticAt: at(10) }).rule).toBe('latest.weavy');
      expect(judgeOne(phone, both, { weavyAt, mauticAt }).rule).toBe('latest.mautic');
    });

    it('a time in the future counts as now', () => {
      const weavyAt = correctedTime(at(23), 0, now);
      const mauticAt = correctedTime(now, 0, now);
      expect(judgeOne(phone, both, { weavyAt, mauticAt }).rule).toBe('tie.mautic');
    });

    it('what is left within the tolerance is a tie', () => {
      const times = { weavyAt: at(10, 0, 3), mauticAt: at(10) };
      expect(judgeOne(phone, both, { ...times, tieWithinMs: 3_000 }).tie).toBe(true);
      expect(judgeOne(phone, both, { ...times, tieWithinMs: 2_999 }).rule).toBe('latest.weavy');
    });
  });

  describe('J24: a value that the target alters', () => {
    const cut: Keeps = (_side, _field, value) => (typeof value === 'string' ? value.slice(0, 5) : value);
    const drops: Keeps = (_side, _field, value) => (value === 0 || value === false ? null : value);

    it('is written once, and then agreed as each side holds it', () => {
      const input = inputOf([[city, { weavy: 'Strasbourg', mautic: 'Colmar', base: 'Colmar' }]]);
      const after = carryOut(input, judgeCouple(input), cut);
      expect(after.mautic.fields.city).toBe('Stras');
      expect(judgeCouple(after)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
    });

    it.each([
      ['number', 0],
      ['boolean', false],
    ] as const)('a %s that Mautic drops is no blank of Mautic', (as, value) => {
      const pair = pairOf({ as });
      const input = inputOf([[pair, { weavy: value, mautic: null }]]);
      const after = carryOut(input, judgeCouple(input), drops);
      expect(after.base.phoneNumber).toEqual({ weavy: value, mautic: null });
      expect(judgeCouple(after)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
    });

    it('is overwritten by what a person types at the target later', () => {
      const base = { weavy: 'Strasbourg', mautic: 'Stras' };
      expect(judgeOne(city, { weavy: 'Strasbourg', mautic: 'Colmar', base }).write).toMatchObject({
        side: 'weavy',
        after: 'Colmar',
      });
    });
  });
});

describe('judgeCouple', () => {
  it('answers one verdict per pair, in the order of the pairs', () => {
    const input = inputOf([
      [city, { weavy: 'Colmar', mautic: 'Colmar' }],
      [phone, { weavy: NEW, mautic: OLD, base: OLD }],
      [email, { weavy: 'a@b.fr', mautic: 'a@b.fr', base: 'a@b.fr' }],
    ]);
    expect(judgeCouple(input).map(({ pair }) => pair.weavy)).toEqual(['city', 'phoneNumber', 'email']);
  });

  it('leaves a paused field alone, base and all', () => {
    const field: OneField = { weavy: NEW, mautic: OLD, base: OLD };
    expect(judgeOne(phone, field, { paused: ['phoneNumber'] })).toMatchObject({
      rule: 'paused',
      write: null,
      agreed: null,
    });
  });

  it.each([
    ['an unknown country', pairOf({ as: 'country' }), 'ZX', 'unknown-value'],
    [
      'a text that is too long',
      pairOf({ limits: { ...pairOf().limits, mautic: { length: 3, choices: null } } }),
      'abcd',
      'too-long',
    ],
    ['a number in words', pairOf({ as: 'number' }), 'twelve', 'malformed'],
  ])('leaves out %s, tells why, and keeps the base', (_what, pair, value, problem) => {
    expect(judgeOne(pair, { weavy: value, mautic: null, base: null })).toMatchObject({
      rule: 'not-spelled',
      problem,
      write: null,
      agreed: null,
    });
  });

  it('writes the spelling of the side that it writes', () => {
    const country = pairOf({ as: 'country' });
    const moment = pairOf({ as: 'datetime' });
    expect(
      judgeOne(country, { weavy: 'DE', mautic: 'France', base: { weavy: 'FR', mautic: 'France' } }).write,
    ).toMatchObject({ before: 'France', after: 'Germany' });
    expect(judgeOne(moment, { weavy: null, mautic: '2026-03-01 08:15', base: null }).write).toMatchObject({
      after: '2026-03-01T08:15:00',
    });
  });

  it('writes nothing when a closed list has its own spelling of the value', () => {
    const limits = { ...pairOf().limits, mautic: { length: null, choices: ['Gold', 'Silver'] } };
    const pair = pairOf({ limits });
    expect(
      judgeOne(pair, { weavy: 'gold', mautic: 'Gold', base: { weavy: 'silver', mautic: 'Gold' } }).rule,
    ).toBe('agree.same-value');
    expect(judgeOne(pair, { weavy: 'gold', mautic: 'Silver', base: 'Silver' }).write?.after).toBe('Gold');
  });

  it('keeps the evidence of each verdict', () => {
    const field: OneField = { weavy: NEW, mautic: OLD, base: OLD };
    expect(judgeOne(phone, field, { weavyAt: at(10), mauticAt: null }).evidence).toEqual({
      weavy: NEW,
      mautic: OLD,
      base: { weavy: OLD, mautic: OLD },
      weavyAt: at(10),
      mauticAt: null,
    });
  });

  it('takes a missing field for a blank one', () => {
    const input = { ...inputOf([[phone, { weavy: null, mautic: null, base: OLD }]]) };
    const withoutFields = { ...input, weavy: { fields: {}, modifiedAt: null } };
    expect(judgeCouple(withoutFields)[0]).toMatchObject({
      rule: 'agree.same-value',
      agreed: { weavy: null, mautic: null },
    });
  });
});
