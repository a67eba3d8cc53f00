import { fieldMappingSchema } from '../../../config/field-mapping';
import { seededRandom } from '../../../simulators/core/seeded-random';
import { createLife, type Life } from '.';
import { type FakeSide, fakeSide } from './fake-side';
import { type Flaw, fakeSync } from './fake-sync';

const fields = fieldMappingSchema.parse({
  companies: {
    key: { weavy: 'name', mautic: 'companyname' },
    fields: [
      { weavy: 'name', mautic: 'companyname' },
      { weavy: 'city', mautic: 'companycity' },
      { weavy: 'phoneNumber', mautic: 'companyphone', as: 'phone' },
      { weavy: 'effectif', mautic: 'companynumber', as: 'number', direction: 'toMautic' },
    ],
  },
  contacts: {
    fields: [
      { weavy: 'email', mautic: 'email', as: 'email' },
      { weavy: 'lastName', mautic: 'lastname' },
      { weavy: 'city', mautic: 'city', propagateBlank: false },
      { weavy: 'phoneNumber', mautic: 'phone', as: 'phone' },
      { weavy: 'interets', mautic: 'interests', as: 'list' },
      { weavy: 'segment', mautic: 'segment', direction: 'toMautic' },
      { weavy: 'origine', mautic: 'origin', direction: 'toWeavy' },
    ],
  },
  inbounds: {
    fields: [
      { weavy: 'email', mautic: 'email', as: 'email' },
      { weavy: 'lastName', mautic: 'lastname' },
      { weavy: 'phoneNumber', mautic: 'phone', as: 'phone' },
    ],
  },
});

interface Stage {
  weavy: FakeSide;
  mautic: FakeSide;
  life: Life;
  sync(): Promise<void>;
}

/** Two sides with some records, in step by one run of the sync; the clock goes on by a second with every look. */
async function stage(seed: number, flaw: Flaw = null): Promise<Stage> {
  let ms = Date.parse('2026-03-01T08:00:00Z');
  const clock = () => {
    ms += 1_000;
    return ms;
  };
  const weavy = fakeSide('weavy', clock);
  const mautic = fakeSide('mautic', clock);
  for (let number = 1; number <= 12; number += 1) {
    weavy.write('customer', `T-${number}`, { name: `Société ${number}`, city: 'Lyon' });
    weavy.write('customercontact', `C-${number}`, {
      email: `c${number}@x.example`,
      lastName: `Roy ${number}`,
      city: 'Lyon',
    });
    mautic.write('contact', String(number), { email: `m${number}@x.example`, lastname: `Mai ${number}` });
  }
  await fakeSync({ weavy, mautic }, fields)();
  const sync = fakeSync({ weavy, mautic }, fields, flaw);
  await sync();
  return { weavy, mautic, life: await createLife({ seed, weavy, mautic, fields }), sync };
}

/** Cycles with edits between and during them, then quiet ones. */
async function live({ life, sync }: Stage, seed: number, cycles: number): Promise<string[]> {
  const random = seededRandom(seed);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    for (let edits = random.below(14); edits > 0; edits -= 1) await life.act();
    const during = Array.from({ length: random.below(6) });
    await life.cycle(async () => {
      await Promise.all([sync(), ...during.map(() => life.act())]);
    });
  }
  for (let quiet = 0; quiet < 3; quiet += 1) await life.cycle(sync);
  return life.check();
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a sync that does what it should passes (seed %i)', async (seed) => {
  expect(await live(await stage(seed), seed, 25)).toEqual([]);
});

test.each([1, 2, 3, 4])(
  'a sync that puts some of its work off passes once it is done (seed %i)',
  async (seed) => {
    expect(await live(await stage(seed, 'late'), seed, 25)).toEqual([]);
  },
);

test('everything that people do occurs', async () => {
  const staged = await stage(11);
  await live(staged, 11, 150);

  for (const what of [
    'change',
    'blank',
    'change back',
    'respell',
    'against the master',
    'contest',
    'tie',
    'points',
    'convert',
    'bounce 1',
    'bounce 2',
    'bounce 3',
    'new company in weavy',
    'new company in mautic',
    'new contact in weavy',
    'new entrant in mautic',
  ])
    expect([what, (staged.life.counts[what] ?? 0) > 0]).toEqual([what, true]);
});

test('the same seed does the same things', async () => {
  const acts = async () => {
    const { life } = await stage(4);
    return Promise.all(Array.from({ length: 40 }, () => life.act()));
  };

  expect(await acts()).toEqual(await acts());
});

test.each([
  ['forgets-mautic', /must be|was lost/],
  ['record-wins', /must be|was lost/],
  ['creates-twice', /is there 2 times|made by nobody/],
  ['dates-any-bounce', /a bounce is dated that never was/],
  ['not-enforced', /must be|was lost/],
] as const)('a sync that %s is caught', async (flaw, words) => {
  const differences = await live(await stage(21, flaw), 21, flaw === 'creates-twice' ? 8 : 40);

  expect(differences.join('\n')).toMatch(words);
});

describe('one thing at a time', () => {
  test('edits that nobody carried over are differences', async () => {
    const { life } = await stage(5);
    for (let edits = 0; edits < 30; edits += 1) await life.act();

    expect((await life.check()).length).toBeGreaterThan(0);
  });

  test('an edit that the sync wrote over is lost, even when a later one stands', async () => {
    const { life, sync, weavy } = await stage(6);
    let done = await life.act();
    while (done?.what !== 'change' || !done.record.startsWith('weavy/customercontact/'))
      done = await life.act();
    const id = done.record.slice('weavy/customercontact/'.length);
    await life.cycle(async () => weavy.write('customercontact', id, { [done?.field ?? '']: 'écrasé' }));
    await life.cycle(sync);

    expect((await life.check()).join('\n')).toContain(`${done.record} ${done.field} was lost`);
  });

  test('a second record that a failed create left behind is a duplicate', async () => {
    const { life, mautic } = await stage(7);
    const email = mautic.table('contact').get('3')?.fields.email ?? null;
    mautic.write('contact', '900', { email });

    expect((await life.check()).join('\n')).toContain(`mautic/contact "${email}" is there 2 times`);
  });

  test('what stands on both sides before anybody did anything is no difference', async () => {
    const { life } = await stage(8);

    expect(await life.check()).toEqual([]);
    expect(await life.check(await life.readSides())).toEqual([]);
  });
});
