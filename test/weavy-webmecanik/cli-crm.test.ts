import { scheduleId } from '../../workflows/names';
import { type CrmCommands, startCrmCommands } from './cli-stack';
import {
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticContact,
  tiers,
  upTo,
  weavyContact,
} from './engine/people';

let crm: CrmCommands;

beforeAll(async () => {
  crm = await startCrmCommands();
});
afterAll(() => crm?.close());

const passerelle = (name: string, ...more: string[]) => crm.command(name, crm.stack.sync, ...more);

/** Three persons whom both sides know, and one of weavy alone, after a run. */
async function linked(): Promise<void> {
  const { weavy, mautic } = known(3);
  await crm.begin({
    records: {
      weavy: { customercontact: [...(weavy?.customercontact ?? []), contactInWeavy(4)] },
      mautic: { contact: mautic?.contact ?? [] },
    },
  });
  await crm.run();
}

describe('passerelle check, for two CRMs', () => {
  it('tells every prerequisite of both sides, and writes to neither', async () => {
    await crm.begin({ records: known(2) });

    const { json, code } = await passerelle('check', '--json');

    expect(json.checks.map(({ code: name }: { code: string }) => name)).toEqual([
      'weavy-connection',
      'mautic-connection',
      'version-floor',
      'clocks',
      'password-expiry',
      'rights',
      'mapping',
      'first-run',
    ]);
    expect({ code, failed: json.failed }).toEqual({ code: 0, failed: [] });
    expect([await crm.writes('weavy'), await crm.writes('mautic')]).toEqual([[], []]);
  });

  it('says which box to tick for a table, and that the rest goes on', async () => {
    const right = { action: 'upsert' as const, id: 'customer/READ' };
    await crm.stack.weavy.put('right', { ...right, value: { allowed: false } });
    try {
      const { json } = await passerelle('check', '--json');

      const rights = json.checks.find(({ code }: { code: string }) => code === 'rights');
      expect(rights).toMatchObject({
        result: 'warn',
        advice: expect.stringContaining('« API lecture » pour la table « Client »'),
      });
    } finally {
      await crm.stack.weavy.put('right', { ...right, value: { allowed: true } });
    }
  });

  it('tells an outage at once, without asking for fields or judging what was seen before', async () => {
    await crm.begin({ records: known(2) });
    await crm.stack.mautic.faults({ kind: 'status', status: 503, count: 1_000 });

    const { json, code } = await passerelle('check', '--json');

    expect({ code, failed: json.failed, told: json.checks.length }).toEqual({
      code: 2,
      failed: ['mautic-connection'],
      told: 1,
    });
  });
});

describe('passerelle plan and run, for two CRMs', () => {
  it('list what would be linked, what would be made on which side, and what shares a key', async () => {
    await crm.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1), contactInWeavy(2), contactInWeavy(3)] },
        mautic: {
          contact: [
            contactInMautic(1),
            contactInMautic(2, { city: 'Mons' }),
            contactInMautic(4),
            contactInMautic(5, { email: emailOf(1) }, { dateModified: '2024-06-02T06:00:00+00:00' }),
          ],
        },
      },
    });

    const { json } = await passerelle('plan', '--json');
    const { stdout } = await passerelle('plan');

    const links = Object.fromEntries(
      json.entries.map(({ recordId, link }: { recordId: string; link?: object }) => [recordId, link]),
    );
    expect(links).toEqual({
      [mauticContact(1)]: {
        act: 'adopt',
        counterpart: weavyContact(1),
        ambiguous: [mauticContact(5)],
      },
      [mauticContact(2)]: { act: 'adopt', counterpart: weavyContact(2), ambiguous: [] },
      [mauticContact(4)]: { act: 'create', counterpart: null, ambiguous: [] },
      [weavyContact(3)]: { act: 'create', counterpart: null, ambiguous: [] },
    });
    const told = stdout.replace(/[\s│├─┼┤]+/g, ' ');
    expect(told).toContain(`${mauticContact(1)} unchanged relie ${weavyContact(1)}`);
    expect(told).toContain(`de même clé, laissées : ${mauticContact(5)}`);
    expect(told).toMatch(/mautic\/contact\/4 created Entrant weavy : \d+ champs/);
    expect(told).toMatch(/customercontact\/C-3 created contact Webmecanik : \d+ champs/);
    expect(told).toMatch(
      /(Contact weavy : city|contact Webmecanik : city) (Namur|Mons) (Namur|Mons) first\./,
    );
    expect([await crm.writes('weavy'), await crm.writes('mautic')]).toEqual([[], []]);
  });

  it('name some of many that are only to be linked, and count the others', async () => {
    await crm.begin({ records: known(14) });

    const { stdout } = await passerelle('plan');
    const { json } = await passerelle('plan', '--json');

    expect(stdout.match(/relie weavy\/customercontact/g)).toHaveLength(10);
    expect(stdout).toMatch(/\+ 4 +│ unchanged +│ la liste entière : --json/);
    expect(json.entries).toHaveLength(14);
  });

  it('bring one record in step by its kind and number, known before or not', async () => {
    await linked();
    await crm.edit(mauticContact(1), { city: 'Mons' });
    await crm.add(mauticContact(81), { email: emailOf(81), lastname: 'Neuve' });

    const edited = await passerelle('run', '--only', 'contact/1', '--json');
    const added = await passerelle('run', '--only', 'contact/81', '--json');

    expect(edited.json).toMatchObject({ writes: 1 });
    expect(await crm.fields(weavyContact(1))).toMatchObject({ city: 'Mons' });
    expect(added.json).toMatchObject({ writes: 1 });
    expect(await crm.holding('weavy/marketinginbound', 'email', emailOf(81))).toHaveLength(1);
  });

  it('refuse an e-mail as a name, so that it enters no history', async () => {
    const runs = await passerelle('run', '--only', emailOf(1));
    const shows = await passerelle('show', emailOf(1));

    for (const { code, stderr } of [runs, shows]) {
      expect(code).toBe(2);
      expect(stderr).toContain('e-mail');
      expect(stderr).not.toContain(emailOf(1));
    }
  });
});

describe('passerelle show, for two CRMs', () => {
  it('shows both sides with what they agreed on, where people see them, and what was written by which rule', async () => {
    await linked();
    await crm.edit(mauticContact(1), { city: 'Mons' });
    await crm.run();
    await crm.edit(weavyContact(1), { firstName: 'Grace' });
    await crm.run();

    const { json, code } = await passerelle('show', mauticContact(1), '--json');

    expect(code).toBe(0);
    expect(json).toMatchObject({ record: mauticContact(1), name: 'Grace Personne 1', status: 'live' });
    expect(json.couple).toMatchObject({
      state: 'active',
      origin: 'adopted',
      weavy: {
        record: weavyContact(1),
        gone: false,
        url: 'https://weavy.divalto.com/page/customerContact/C-1',
      },
      mautic: { record: mauticContact(1), url: `${crm.stack.urls.mautic}/s/contacts/view/1` },
      pausedFields: [],
    });
    const city = json.couple.fields.find((field: { weavyField: string }) => field.weavyField === 'city');
    expect(city).toEqual({
      weavyField: 'city',
      mauticField: 'city',
      direction: 'both',
      weavy: 'Mons',
      mautic: 'Mons',
      base: { weavy: 'Mons', mautic: 'Mons' },
      standing: 'same',
      rule: null,
    });
    const written = json.history.map(
      ({ kind, field, before, after, rule }: Record<string, string>) =>
        `${kind} ${field}: ${before} -> ${after} (${rule})`,
    );
    expect(written).toEqual([
      'mautic/contact firstname: Ada -> Grace (changed.weavy)',
      'weavy/customercontact city: Namur -> Mons (changed.mautic)',
    ]);
    expect(decodeURIComponent(json.workflow)).toContain(`record/${crm.stack.sync}/mautic-contact/1`);
  });

  it('finds a record by its kind and id, by a code alone, in any case, and asks which of several is meant', async () => {
    await linked();
    await crm.add('weavy/customer/4', { name: 'Maison 4' });
    await crm.run();

    const found = async (name: string) => (await passerelle('show', name, '--json')).json.record;
    expect(await found('contact/1')).toBe(mauticContact(1));
    expect(await found('customercontact/c-1')).toBe(weavyContact(1));
    expect(await found('c-2')).toBe(weavyContact(2));
    const { code, stderr } = await passerelle('show', '4');
    expect(code).toBe(2);
    expect(stderr).toMatch(/several records.*weavy\/customer\/4/);
  });

  it('says that a record stands alone, and why', async () => {
    await crm.begin({ records: { weavy: { customer: [tiers(1, { name: '' })] } } });
    await crm.run();

    const { json } = await passerelle('show', 'T-1', '--json');
    const { stdout } = await passerelle('show', 'T-1');

    expect(json).toMatchObject({ outcome: 'skipped', reason: { code: 'no-key' } });
    expect(json.couple).toMatchObject({ state: null, weavy: { record: 'weavy/customer/T-1' }, mautic: null });
    expect(stdout).toContain('Webmecanik : aucune fiche en face');
  });
});

describe('passerelle status, for two CRMs', () => {
  it('tells links, readings, clocks, and what stands still', async () => {
    await linked();
    await crm.stack.pool.query(`update couple set paused_fields = '{city}' where mautic_record = $1`, [
      mauticContact(1),
    ]);
    const right = { action: 'upsert' as const, id: 'customer/READ' };
    await crm.stack.weavy.put('right', { ...right, value: { allowed: false } });
    try {
      await crm.run();

      const { json } = await passerelle('status', '--json');
      const { stdout } = await passerelle('status');

      const [{ crm: told }] = json.syncs;
      expect(told).toMatchObject({
        couples: { person: { active: 4 } },
        pausedFields: [{ kind: 'person', field: 'city', records: 1 }],
        goneFields: [],
        deniedTables: ['weavy/customer'],
      });
      expect(Date.parse(told.lastRead['mautic/contact'])).not.toBeNaN();
      expect(Math.abs(told.skewMs.weavy)).toBeLessThan(5_000);
      expect(stdout).toContain('Liens : personnes 4 reliées');
      expect(stdout).toContain('cochez « API lecture » pour la table « Client »');
      expect(stdout).not.toContain('Masque');
    } finally {
      await crm.stack.weavy.put('right', { ...right, value: { allowed: true } });
    }
  });
});

describe('passerelle decide and retry, for two CRMs', () => {
  it('put a decision into effect by the workflow of the record', async () => {
    await linked();
    await crm.remove(mauticContact(2));
    await crm.run({ full: true });
    const { json } = await passerelle('attention', '--json');
    const [item] = json.items;

    const decided = await crm.command('decide', String(item.id), 'recreate', '--json');
    await crm.settled(mauticContact(2));

    expect(item).toMatchObject({ reason: 'counterpart-deleted' });
    expect(decided.json).toMatchObject({ decision: 'recreate', follows: 'record-told' });
    expect(await crm.holding('mautic/contact', 'email', emailOf(2))).toHaveLength(1);
  });

  it('look at both sides of one record again, under the name of its Mautic side', async () => {
    await linked();
    await crm.edit(weavyContact(1), { city: 'Liège' });

    const { json } = await passerelle('retry', weavyContact(1), '--json');
    await crm.settled(mauticContact(1));

    expect(json).toMatchObject({ record: mauticContact(1), retried: 1, resumed: false });
    expect(await crm.fields(mauticContact(1))).toMatchObject({ city: 'Liège' });
  });

  it('take back that two records were unlinked: the question stands again', async () => {
    await linked();
    await crm.remove(mauticContact(2));
    await crm.run({ full: true });
    await crm.decide('counterpart-deleted', 'unlink', weavyContact(2));
    expect(await crm.reasons(weavyContact(2))).toEqual([]);

    const { json } = await passerelle('retry', weavyContact(2), '--json');
    await crm.settled(mauticContact(2));

    expect(json).toMatchObject({ record: mauticContact(2), resumed: true });
    expect(await crm.reasons(weavyContact(2))).toEqual(['counterpart-deleted']);
  });

  it('take each couple that did not get through once', async () => {
    await linked();
    for (const n of upTo(2)) await crm.remove(mauticContact(n));
    await crm.run({ full: true });

    const { json } = await passerelle('retry', '--json');
    for (const n of upTo(2)) await crm.settled(mauticContact(n));

    expect(json).toEqual({ sync: crm.stack.sync, retried: 2 });
  });
});

describe('passerelle schedule, for two CRMs', () => {
  it('runs every 15 minutes without a word in the configuration', async () => {
    const { json } = await passerelle('schedule', '--json');

    expect(json).toMatchObject({ did: 'created', schedule: { everyMs: [900_000], paused: false } });
    await crm.stack.client.schedule.getHandle(scheduleId(crm.stack.sync)).delete();
  });
});
