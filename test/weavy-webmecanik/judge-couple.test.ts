import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import { at, inputOf, judgeOne, type OneField, pairOf } from './judge-cases';

const OLD = '03 90 00 00 00';
const NEW = '03 90 11 22 33';
const phone = pairOf();
const email = pairOf({ weavy: 'email', mautic: 'email', as: 'email', identity: true });
const city = pairOf({ weavy: 'city', mautic: 'city' });

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

  it.each([
    ['filled at first link', { weavy: null, mautic: NEW }],
    ['restored after a blank', { weavy: null, mautic: OLD, base: OLD }],
  ])('leaves a read-only field of weavy alone: it is not %s', (_when, field) => {
    const readOnly = { weavy: true, mautic: false };
    const pair = pairOf({ direction: 'toMautic', readOnly, propagateBlank: false });
    expect(judgeOne(pair, field)).toMatchObject({
      rule: 'left.one-way',
      write: null,
      problem: null,
      agreed: { weavy: field.weavy, mautic: field.mautic },
    });
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
