import { ACCOUNT, demoSecrets } from '../../cli/demo/pivot-cirkwi/configuration';
import { trackMediaOf } from '../../simulators/sample-data/pivot';
import { type OfferCommands, startOfferCommands } from './cli-stack';

let commands: OfferCommands;

beforeAll(async () => {
  commands = await startOfferCommands('published');
});
afterAll(() => commands?.stop());

/** `drift ITB-0A-000001 title.fr` for each difference; of ids only how many there are. */
async function found(...options: string[]): Promise<string[]> {
  const { json } = await commands.run('reconcile', commands.stack.sync, '--json', ...options);
  return json.differences.map(
    (one: { kind: string; record: string; field: string | null; awaitsImport: boolean }) =>
      [one.kind, one.record, one.field, one.awaitsImport ? 'awaits import' : null]
        .filter((part) => part !== null)
        .join(' '),
  );
}

/** A fingerprint of everything that a run would change. */
async function written(): Promise<unknown> {
  const { rows } = await commands.stack.pool.query(
    `select (select count(*)::int from audit) as audit, (select count(*)::int from attention_item) as items, (select count(*)::int from run) as runs,
       (select md5(string_agg(c.name || c.value::text, ',' order by c.name)) from cursor c where c.name not like 'feed-visit/%') as cursors,
       (select md5(string_agg(f::text, ',' order by record_id)) from feed_object f) as objects,
       (select md5(string_agg(s::text, ',' order by record_id)) from staged_record s) as offers,
       (select md5(string_agg(t::text, ',' order by record_id)) from offer_track t) as tracks`,
  );
  return rows[0];
}

/** A second object with the code of an offer, as a copy made in Cirkwi has it. */
async function copyInCirkwi(code: string, as: string): Promise<void> {
  const { stack } = commands;
  const feed = await (await fetch(`${stack.urls.feed}/circuits.xml`)).text();
  const [element = ''] = new RegExp(`<circuit id_circuit="${code}"[\\s\\S]*?</circuit>`).exec(feed) ?? [];
  const { username, user, code: account } = ACCOUNT;
  const credentials = Buffer.from(`${username}:${demoSecrets.DEMO_CIRKWI_PASSWORD}`).toString('base64');
  const reply = await fetch(
    `${stack.urls.cirkwi}/flux/${user}/${account}/circuits.php?widget-id=1&id=${as}`,
    {
      method: 'PUT',
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?><circuits version="2">${element.replace(`id_circuit="${code}"`, `id_circuit="${as}"`)}</circuits>`,
    },
  );
  if (!reply.ok) throw new Error(`Cirkwi answered ${reply.status}`);
}

describe('passerelle reconcile, for offers', () => {
  it('finds nothing after a run that Cirkwi imported, and exits with 0', async () => {
    const { code, json } = await commands.run('reconcile', commands.stack.sync, '--json');

    expect({ code, differences: json.differences, omitted: json.omitted }).toEqual({
      code: 0,
      differences: [],
      omitted: 0,
    });
    expect(json.read).toEqual({ offers: 24, unreadable: 0, offered: 22, circuits: 16, pois: 6 });
    expect({ expected: json.expected, inStep: json.inStep }).toEqual({ expected: 22, inStep: 22 });
  });

  it('finds what people did on both sides, tells it from what an import will mend, and writes nothing anywhere', async () => {
    const { stack, run, tick } = commands;
    const { pivot, cirkwi, sample } = stack;
    const [edited = '', deleted = '', renamed = '', unticked = '', twice = '', gone = ''] = sample.notes.edit;
    const [ticked = ''] = sample.notes.unticked;
    await cirkwi.put('circuits', { action: 'patch', id: edited, value: { title: 'Changé dans Cirkwi' } });
    await cirkwi.put('circuits', { action: 'delete', id: deleted });
    await cirkwi.put('circuits', { action: 'upsert', id: '990001', value: { title: 'Dessiné à la main' } });
    await copyInCirkwi(twice, 'COPIE');
    await pivot.put('offers', { action: 'patch', id: renamed, value: { nom: 'Nouveau nom' } });
    await pivot.put('offers', { action: 'delete', id: gone });
    await tick(unticked, 'false');
    await tick(ticked, 'true');
    await Promise.all([pivot.clearCounters(), cirkwi.clearCounters()]);
    const before = await written();

    const differences = await found();
    const { code, stdout } = await run('reconcile', stack.sync);

    expect(differences.sort()).toEqual(
      [
        `drift ${renamed} date_modification`,
        `drift ${renamed} title.fr`,
        `duplicate ${twice}`,
        `edited-in-cirkwi ${edited} title.fr`,
        `extra ${gone}`,
        `extra ${unticked}`,
        `missing ${ticked}`,
        `not-in-cirkwi ${deleted}`,
      ].sort(),
    );
    expect({ code, table: stdout }).toEqual({
      code: 3,
      table: expect.stringContaining('en double dans Cirkwi'),
    });
    expect(await written()).toEqual(before);
    expect([await pivot.journal(), await cirkwi.journal()]).toEqual([[], []]);
  });

  it('leaves to the next import what a run has published or withdrawn since', async () => {
    const { stack, run } = commands;
    const [, deleted, renamed, unticked, , gone] = stack.sample.notes.edit;
    const [ticked] = stack.sample.notes.unticked;
    await run('run', stack.sync);

    const differences = await found();

    expect(differences.filter((one) => one.endsWith('awaits import')).sort()).toEqual(
      [
        // the run has seen that it is gone from Cirkwi, whose import makes it anew
        `not-in-cirkwi ${deleted} awaits import`,
        `not-in-cirkwi ${renamed} title.fr awaits import`,
        `not-in-cirkwi ${ticked} awaits import`,
        `orphan ${gone} awaits import`,
        `orphan ${unticked} awaits import`,
      ].sort(),
    );
  });

  it('shows texts when asked only, counts all and lists as many as asked', async () => {
    const { stack, run } = commands;
    const [edited] = stack.sample.notes.edit;
    await stack.cirkwi.act('pull');
    await run('run', stack.sync);
    await stack.pivot.put('offers', { action: 'patch', id: edited ?? '', value: { nom: 'Un autre nom' } });

    const plain = await run('reconcile', stack.sync, '--json');
    const open = await run('reconcile', stack.sync, '--json', '--values');
    const short = await run('reconcile', stack.sync, '--json', '--limit', '1');

    expect(plain.stdout).not.toContain('Un autre nom');
    expect(open.json.differences).toContainEqual(
      expect.objectContaining({ field: 'title.fr', wanted: 'Un autre nom' }),
    );
    expect(short.json).toMatchObject({
      counts: plain.json.counts,
      omitted: plain.json.differences.length - 1,
    });
  });

  it('finds a GPX that was replaced without a word when it is to fetch all of them', async () => {
    const { stack } = commands;
    const [replaced = ''] = stack.sample.notes.silentReplace;
    const [media = ''] = trackMediaOf(stack.sample, replaced);
    const [record] = await stack.pivot.records('media', media);
    const file = String(record?.file).replace(
      /lat="([-\d.]+)"/g,
      (_all, lat: string) => `lat="${Number(lat) + 0.002}"`,
    );
    await stack.pivot.put('media', { action: 'patch', id: media, value: { file }, keepUpdatedAt: true });

    const [without, fetched] = [await found(), await found('--tracks')];

    expect(fetched.filter((one) => !without.includes(one))).toEqual([`drift ${replaced} track`]);
  });

  it('tells what the served feed has lost, whatever is noted about it', async () => {
    const { stack } = commands;
    const { rows } = await stack.pool.query<{ id: number }>(
      `select id from feed_version where sync = $1 and kind = 'pois' and current`,
      [stack.sync],
    );
    await stack.pool.query('update feed_version set current = false where id = $1', [rows[0]?.id]);

    const lost = (await found()).filter((one) => one.startsWith('missing'));

    await stack.pool.query('update feed_version set current = true where id = $1', [rows[0]?.id]);
    expect(lost.length).toBeGreaterThan(4);
    expect(lost.every((one) => one.endsWith(' feed'))).toBe(true);
  });

  it.each([
    ['PIVOT', 'pivot'],
    ['Cirkwi', 'cirkwi'],
  ] as const)('compares nothing while %s answers half', async (_name, side) => {
    const { stack, run } = commands;
    await stack[side].faults({ kind: 'truncate', count: 100 });

    const { code, stdout } = await run('reconcile', stack.sync, '--json');

    await stack[side].clearFaults();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('takes no option of the other pair', async () => {
    const { code, stderr } = await commands.run('reconcile', commands.stack.sync, '--quantities');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('planexpo-inwink') });
  });
});
