import { createContexts } from '../../activities/contexts';
import { atWork } from '../../activities/weavy-webmecanik/find-at-work';
import { reconcile as compareBoth } from '../../activities/weavy-webmecanik/reconcile';
import { type CrmCommands, startCrmCommands } from './cli-stack';
import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  mauticCompany,
  mauticContact,
  tiers,
  upTo,
  weavyContact,
  weavyTiers,
} from './engine/people';
import type { Records } from './engine/scene';

let crm: CrmCommands;

beforeAll(async () => {
  // small pages, so that each kind is read in several
  crm = await startCrmCommands({ weavyAccount: { pageSize: 3 }, mauticAccount: { pageSize: 3 } });
});
afterAll(() => crm?.close());

/** Four persons and two companies whom both sides know, and agree about. */
function bothKnow(): Records {
  return {
    weavy: {
      customer: upTo(2).map((n) => tiers(n)),
      customercontact: upTo(4).map((n) => contactInWeavy(n)),
    },
    mautic: { company: upTo(2).map((n) => company(n)), contact: upTo(4).map((n) => contactInMautic(n)) },
  };
}

async function linked(records: Records = bothKnow()): Promise<void> {
  await crm.begin({ records });
  await crm.run();
  await crm.forgetWrites();
}

async function reconcile(...more: string[]) {
  const { code, json } = await crm.command('reconcile', crm.stack.sync, '--json', ...more);
  const found: string[] = json.differences.map(
    ({ kind, records, field, rule }: { kind: string; records: string[]; field: string; rule: string }) =>
      [kind, records.join('+'), field, rule].filter(Boolean).join(' '),
  );
  return { code, json, found };
}

/** Everything that a comparison might have touched. */
async function memory(): Promise<unknown> {
  const tables = ['staged_record', 'couple', 'audit', 'attention_item', 'run', 'cursor'];
  const sums = tables.map(
    (name) =>
      `(select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${name} t) as ${name}`,
  );
  const { rows } = await crm.stack.pool.query(`select ${sums.join(', ')}`);
  return rows[0];
}

describe('passerelle reconcile between weavy and Webmecanik', () => {
  it('finds nothing after a run that went well, and exits with 0', async () => {
    await linked();

    const { code, json, found } = await reconcile();

    expect({ code, found }).toEqual({ code: 0, found: [] });
    expect(json).toMatchObject({
      read: {
        'weavy/customer': 2,
        'weavy/customercontact': 4,
        'mautic/company': 2,
        'mautic/contact': 4,
        unreadable: 0,
        couples: 6,
      },
      expected: 6,
      inStep: 6,
    });
  });

  it('finds edits that no run has seen, orphans, duplicates and those that stand alone, and writes nothing', async () => {
    await linked();
    await crm.edit(weavyContact(1), { city: 'Mons' });
    await crm.edit(mauticCompany(1), { companysiret: '90000000000099' });
    await crm.remove(mauticContact(2));
    await crm.add(mauticContact(70), { email: emailOf(3), lastname: 'Encore' });
    await crm.add(weavyContact(8), { email: emailOf(8) });
    await crm.add(weavyContact(9), { email: emailOf(9) });
    await crm.add(mauticContact(9), { email: emailOf(9) });
    await crm.add('weavy/marketinginbound/E-1', { email: 'entrant@exemple.example' });
    await crm.add('weavy/marketinginbound/E-2', { email: 'Entrant@exemple.example ' });
    await crm.forgetWrites();
    const before = await memory();

    const { code, found, json } = await reconcile();

    expect(found).toEqual([
      `differs ${weavyContact(1)}+${mauticContact(1)} city changed.weavy`,
      `not-as-master ${weavyTiers(1)}+${mauticCompany(1)} siret enforced.weavy`,
      `orphan ${weavyContact(2)}+${mauticContact(2)}`,
      `missing ${weavyContact(8)}`,
      `unlinked ${weavyContact(9)}+${mauticContact(9)}`,
      `duplicate ${mauticContact(3)}+${mauticContact(70)}`,
      'entrant-doubled weavy/marketinginbound/E-1+weavy/marketinginbound/E-2',
    ]);
    expect({ code, expected: json.expected, inStep: json.inStep }).toEqual({
      code: 3,
      expected: 5,
      inStep: 3,
    });
    expect([await crm.writes('weavy'), await crm.writes('mautic')]).toEqual([[], []]);
    expect(await memory()).toEqual(before);
  });

  it('shows ids and names of fields; values only when asked', async () => {
    await linked();
    await crm.edit(mauticContact(1), { lastname: 'Modifiée' });

    const plain = await reconcile();
    const table = await crm.command('reconcile', crm.stack.sync);
    const open = await reconcile('--values');

    expect(plain.json.differences).toMatchObject([{ field: 'lastName', mauticField: 'lastname' }]);
    expect(JSON.stringify(plain.json) + table.stdout).not.toMatch(/Personne|Modifiée|exemple\.example/);
    expect(open.json.differences).toMatchObject([{ weavy: 'Personne 1', mautic: 'Modifiée' }]);
  });

  it('lists as many as asked and counts them all', async () => {
    await linked();
    for (const n of upTo(3)) await crm.edit(mauticContact(n), { city: 'Mons' });

    const { json, code } = await reconcile('--limit', '1');

    expect({
      code,
      listed: json.differences.length,
      omitted: json.omitted,
      counts: json.counts,
    }).toMatchObject({ code: 3, listed: 1, omitted: 2, counts: { differs: 3, missing: 0 } });
  });

  it('shows a lost update although the stored base says that both agree', async () => {
    await linked();
    await crm.edit(mauticContact(1), { city: 'Mons' });
    await crm.stack.pool.query(
      `update couple set base = jsonb_set(base, '{city,mautic}', '"Mons"') where mautic_record = $1`,
      [mauticContact(1)],
    );

    const { found } = await reconcile();

    expect(found).toEqual([`differs ${weavyContact(1)}+${mauticContact(1)} city agree.unchanged`]);
  });

  it('leaves alone what a person stopped', async () => {
    await linked();
    await crm.remove(mauticContact(2));
    await crm.run({ full: true });
    await crm.decide('counterpart-deleted', 'unlink', weavyContact(2));

    const { code, found } = await reconcile();

    expect({ code, found }).toEqual({ code: 0, found: [] });
  });

  it('names a table that may not be read, compares the rest, and calls nothing in it missing', async () => {
    await linked();
    await crm.edit(mauticContact(1), { city: 'Mons' });
    const right = { action: 'upsert' as const, id: 'customer/READ' };
    await crm.stack.weavy.put('right', { ...right, value: { allowed: false } });
    try {
      const { code, found, json } = await reconcile();

      expect(found).toEqual([
        `differs ${weavyContact(1)}+${mauticContact(1)} city changed.mautic`,
        'not-readable weavy/customer',
      ]);
      expect({ code, expected: json.expected }).toEqual({ code: 3, expected: 4 });
    } finally {
      await crm.stack.weavy.put('right', { ...right, value: { allowed: true } });
    }
  });

  it('does not compare half a reading', async () => {
    await linked();
    await crm.stack.weavy.faults({ kind: 'status', status: 500, count: 1_000 });

    const { code, stdout } = await crm.command('reconcile', crm.stack.sync, '--json');

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('reads once more what its pages did not show, before it calls it gone', async () => {
    await linked();
    const context = await atWork(
      createContexts(crm.stack.configuration, crm.stack.pool).of('weavy-webmecanik')(crm.stack.sync),
    );
    const page: typeof context.mautic.page = async (query, call) =>
      (await context.mautic.page(query, call)).filter(
        (row) => query.object !== 'contact' || row.kind !== 'record' || row.record.id !== '2',
      );

    const found = await compareBoth({ ...context, mautic: { ...context.mautic, page } }, { limit: 10 });

    expect(found).toMatchObject({ differences: [], expected: 6, inStep: 6 });
  });
});
