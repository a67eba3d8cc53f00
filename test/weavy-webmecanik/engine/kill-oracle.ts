import type { RunEnd } from '../../../operations/start-run';
import { readSides, type SideRecord, type SidesState } from '../life/side-records';
import { fieldOf, type KillScene } from './kill-scene';

/** Ended by itself, with every record that was read in exactly one place. */
export function expectCountsAddUp(end: RunEnd): void {
  if (end.kind !== 'report') throw new Error(JSON.stringify(end));
  const { read = -1, ...buckets } = end.report.counts ?? {};
  expect(Object.values(buckets).reduce((sum, n) => sum + n, 0)).toBe(read);
  expect([end.report.code, buckets.held, buckets.refused]).toEqual([null, 0, 0]);
}

/** The same, and nothing is left to the next run. */
export function expectAllDone(end: RunEnd): void {
  expectCountsAddUp(end);
  expect(end).toMatchObject({ report: { counts: { waiting: 0 } } });
}

/**
 * Every company and person once on either side, both sides alike, the contacts with the companies of their Tiers, nothing
 * left to write.
 */
export async function expectInStep(scene: KillScene): Promise<void> {
  const { weavy, mautic } = scene.stack;
  const state = await readSides({ weavy, mautic });
  expect(state['mautic/company'].map(keyOf).sort()).toEqual(state['weavy/customer'].map(keyOf).sort());
  expect(state['mautic/contact'].map(keyOf).sort()).toEqual(people(state).map(keyOf).sort());
  for (const kind of ['mautic/company', 'mautic/contact'] as const)
    expect(twice(state[kind].map(keyOf))).toEqual([]);
  expect([(await weavy.stats()).duplicates, (await mautic.stats()).duplicates]).toEqual([0, 0]);
  expect(unlike(state['weavy/customer'], state['mautic/company'], COMPANY)).toEqual([]);
  expect(unlike(people(state), state['mautic/contact'], PERSON)).toEqual([]);
  expect(await wrongCompanies(scene)).toEqual([]);
  await expectNothingToWrite(scene);
}

async function expectNothingToWrite({ stack, run }: KillScene): Promise<void> {
  for (const side of [stack.weavy, stack.mautic]) {
    await side.clearFaults();
    await side.clearCounters();
  }
  const again = await run({ full: true });
  expectAllDone(again);
  expect(again).toMatchObject({ report: { writes: 0, counts: { created: 0, updated: 0, skipped: 0 } } });
  expect([await stack.weavy.journal(), await stack.mautic.journal()]).toEqual([[], []]);
}

type Pairs = ReadonlyArray<readonly [weavy: string, mautic: string]>;
const COMPANY: Pairs = [
  ['name', 'companyname'],
  ['city', 'companycity'],
];
const PERSON: Pairs = [
  ['email', 'email'],
  ['lastName', 'lastname'],
  ['city', 'city'],
  ['phoneNumber', 'phone'],
];

function people(state: SidesState): SideRecord[] {
  return [...state['weavy/customercontact'], ...state['weavy/marketinginbound']];
}

function keyOf({ fields }: SideRecord): string {
  return String(fields.companyname ?? fields.name ?? fields.email);
}

function twice(keys: readonly string[]): string[] {
  return keys.filter((key, at) => keys.indexOf(key) !== at);
}

function unlike(weavy: readonly SideRecord[], mautic: readonly SideRecord[], pairs: Pairs): string[] {
  const others = new Map(mautic.map((record) => [keyOf(record), record.fields]));
  return weavy.flatMap((record) => {
    const other = others.get(keyOf(record)) ?? {};
    return pairs
      .map(([own, its]) => [own, record.fields[own] || null, other[its] || null] as const)
      .filter(([, one, two]) => String(one) !== String(two))
      .map((difference) => `${record.kind}/${record.id}: ${JSON.stringify(difference)}`);
  });
}

/** Contacts of weavy's Contacts that do not belong to exactly the company of their Tiers. */
async function wrongCompanies({ stack: { weavy, mautic } }: KillScene): Promise<string[]> {
  const names = new Map((await weavy.records('customer')).map((each) => [each.id, fieldOf(each, 'name')]));
  const companies = new Map(
    (await mautic.records('company')).map((each) => [each.id, fieldOf(each, 'companyname')]),
  );
  const contacts = new Map((await mautic.records('contact')).map((each) => [fieldOf(each, 'email'), each]));
  return (await weavy.records('customercontact')).flatMap((contact) => {
    const links = contacts.get(fieldOf(contact, 'email'))?.companies;
    const linked = Array.isArray(links) ? links.map(({ id }: { id: unknown }) => companies.get(id)) : [];
    const wanted = names.get(fieldOf(contact, 'customer_ID'));
    return linked.length === 1 && linked[0] === wanted
      ? []
      : [`${contact.id}: ${wanted} is ${linked.join()}`];
  });
}
