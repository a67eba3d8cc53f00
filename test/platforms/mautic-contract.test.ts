import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import type { BatchResult } from '../../platforms/mautic/client';
import { createMauticClient, type MauticOptions } from '../../platforms/mautic/http-client';
import type { MauticSimulatorOptions } from '../../simulators/mautic';
import { company, contact, mautic, stopMautic } from '../simulators/mautic-support';
import { failureOf } from './failures';

afterEach(stopMautic);

const told = (results: BatchResult[]) =>
  results.map((result) => (result.kind === 'stored' ? result.record.id : result.failure.kind));
const emails = (records: Array<{ fields: Record<string, unknown> }>) =>
  records.map((record) => record.fields.email);

describe.each([3, 4, 5] as const)('a Mautic of version %i', (version) => {
  async function start(
    options: Partial<MauticSimulatorOptions> = {},
    signIn: MauticOptions['signIn'] = { as: 'basic', username: 'api', password: 'secret' },
  ) {
    const { url, control } = await mautic({ version, ...options });
    const client = createMauticClient({ baseUrl: url, signIn, batchSize: 200, budget: unlimited });
    return { client, control };
  }

  test('tells its version and its clock, with either way of signing in', async () => {
    const { client } = await start(
      { clockSkewMs: 3_600_000 },
      { as: 'oauth2', clientId: 'client', clientSecret: 'client-secret' },
    );

    const { version: said, skewMs } = await client.probe();

    expect(said.startsWith(`${version}.`)).toBe(true);
    expect(Math.abs((skewMs ?? 0) - 3_600_000)).toBeLessThan(60_000);
  });

  test('shows its fields, a new one at once', async () => {
    const { client, control } = await start();
    const before = await client.fields('contact');

    const options = [{ label: 'Tea', value: 'tea' }];
    await control.put('field', { action: 'upsert', id: 'contact/taste', value: { type: 'select', options } });
    const after = await client.fields('contact');

    expect(before.map((field) => field.name)).toContain('email');
    expect(after).toHaveLength(before.length + 1);
    expect(after.find((field) => field.name === 'taste')).toMatchObject({ choices: ['tea'], custom: true });
  });

  test('delivers every identified contact once, page by page', async () => {
    const people = Array.from({ length: 45 }, (_, at) =>
      contact(at + 1, at % 3 === 0 ? null : `c${at}@x.example`),
    );
    const { client } = await start({ initial: { contact: people } });

    const found: string[] = [];
    for (let after = 0; ; ) {
      const page = await client.page({ object: 'contact', after, limit: 10 });
      const ids = page.map((row) => (row.kind === 'record' ? row.record.id : 'unreadable'));
      found.push(...ids);
      if (ids.length < 10) break;
      after = Number(ids.at(-1));
    }

    const identified = people.filter((one) => one.fields.email !== null).map((one) => String(one.id));
    expect(found).toEqual(identified);
  });

  test('delivers what was changed, or added and never changed, within both ends', async () => {
    const changed = (id: number, minute: number) => ({
      ...contact(id, `c${id}@x.example`),
      dateModified: `2026-03-02T10:${String(minute).padStart(2, '0')}:00Z`,
    });
    const people = [contact(1, 'added@x.example'), changed(2, 0), changed(3, 30), changed(4, 31)];
    const { client } = await start({ initial: { contact: people } });
    const changedIn = async (from: string, to: string) => {
      const window = { from: Date.parse(from), to: Date.parse(to) };
      const page = await client.page({ object: 'contact', changed: window, after: 0, limit: 10 });
      return page.map((row) => (row.kind === 'record' ? row.record.id : 'unreadable'));
    };

    expect(await changedIn('2026-03-02T10:00:00Z', '2026-03-02T10:30:00Z')).toEqual(['2', '3']);
    expect(await changedIn('2026-03-01T08:01:00Z', '2026-03-01T08:01:00Z')).toEqual(['1']);
  });

  test.each(["o'neil@x.example", "O'NEIL@X.example ", 'plain@x.example', 'under_score@x.example'])(
    'finds %s, and none that only looks like it',
    async (email) => {
      const people = [
        "o'neil@x.example",
        'oxneil@x.example',
        'plain@x.example',
        'under_score@x.example',
        'underxscore@x.example',
      ];
      const { client } = await start({
        initial: { contact: people.map((each, at) => contact(at + 1, each)) },
      });

      expect(emails(await client.findBy('contact', 'email', [email]))).toEqual([email.trim().toLowerCase()]);
    },
  );

  test('finds companies whose names HTML would change', async () => {
    const names = ['Dupont & Fils', 'Le "Bon" Coin', "L'Or, <SA>", '100 % Bio', 'Back\\slash'];
    const { client } = await start({ initial: { company: names.map((name, at) => company(at + 1, name)) } });

    const found = await client.findBy('company', 'companyname', names);

    expect(found.map((record) => record.fields.companyname).sort()).toEqual([...names].sort());
  });

  test('finds 300 by e-mail and by number', async () => {
    const people = Array.from({ length: 300 }, (_, at) => ({
      ...contact(1, `c${at}@x.example`),
      id: at + 1,
    }));
    const { client } = await start({ initial: { contact: people } });

    const byEmail = await client.findBy(
      'contact',
      'email',
      people.map((one) => String(one.fields.email)),
    );
    const byNumber = await client.getMany('contact', [...people.map((one) => String(one.id)), '999999']);

    expect(byEmail).toHaveLength(300);
    expect(byNumber).toHaveLength(300);
  });

  test('stores a batch of which one is refused, and each result belongs to its record', async () => {
    const { client, control } = await start();

    const results = await client.createMany('contact', [
      { email: 'a@x.example', country: 'France' },
      { email: 'b@x.example', country: 'Nowhere' },
      { email: 'c@x.example', firstname: 'Cléo' },
    ]);

    expect(results.map((result) => result.kind)).toEqual(['stored', 'failed', 'stored']);
    expect(results[1]).toMatchObject({
      failure: { kind: FailureKind.refusedRecord, detail: { fields: ['country'] } },
    });
    expect(results[2]).toMatchObject({ record: { fields: { email: 'c@x.example', firstname: 'Cléo' } } });
    expect(await control.records('contact')).toHaveLength(2);
  });

  test('stores more records than one call may hold', async () => {
    const { client, control } = await start();

    const results = await client.createMany(
      'company',
      Array.from({ length: 401 }, (_, at) => ({ companyname: `C${at}` })),
    );

    expect(results.filter((result) => result.kind === 'stored')).toHaveLength(401);
    expect(await control.records('company')).toHaveLength(401);
  });

  test('may have stored a part of a batch that it died in', async () => {
    const { client, control } = await start();
    await control.act('half-batch', { after: 1 });

    const sent = [{ email: 'a@x.example' }, { email: 'b@x.example' }];
    const failure = await failureOf(client.createMany('contact', sent));

    expect(failure.kind).toBe(FailureKind.unknownOutcome);
    expect(emails(await client.findBy('contact', 'email', ['a@x.example', 'b@x.example']))).toEqual([
      'a@x.example',
    ]);
  });

  test.each(['contact', 'company'] as const)(
    'changes and clears fields of a %s, and leaves the others',
    async (object) => {
      const isContact = object === 'contact';
      const [kept, cleared, phone] = isContact
        ? ['firstname', 'city', 'phone']
        : ['companycity', 'companyzipcode', 'companyphone'];
      const more = { [kept ?? '']: 'Ana', [cleared ?? '']: 'Lyon' };
      const initial = isContact
        ? { contact: [contact(1, 'a@x.example', more), contact(2, 'b@x.example', more)] }
        : { company: [company(1, 'A', more), company(2, 'B', more)] };
      const { client } = await start({ initial });
      const change = { [cleared ?? '']: null, [phone ?? '']: '+33 4 00' };

      await client.updateMany(object, [
        { id: '1', fields: change },
        { id: '2', fields: { [phone ?? '']: '1' } },
      ]);
      await client.updateMany(object, [{ id: '2', fields: change }]);

      for (const id of ['1', '2']) {
        const fields = (await client.get(object, id))?.fields ?? {};
        expect(fields[kept ?? '']).toBe('Ana');
        expect(fields[cleared ?? ''] ?? '').toBe('');
        expect(fields[phone ?? '']).toBe('+33 4 00');
      }
    },
  );

  test('says which of several changed records is gone', async () => {
    const { client } = await start({ initial: { contact: [contact(1, 'a@x.example')] } });
    const update = (id: string) => ({ id, fields: { city: 'Lyon' } });

    expect(told(await client.updateMany('contact', [update('99'), update('1')]))).toEqual([
      FailureKind.missing,
      '1',
    ]);
    expect(told(await client.updateMany('contact', [update('99')]))).toEqual([FailureKind.missing]);
    expect(await client.get('contact', '99')).toBeNull();
  });

  test('is asked for an e-mail that another contact has: the answer is told as it is', async () => {
    const { client } = await start({
      initial: { contact: [contact(1, 'a@x.example'), contact(2, 'b@x.example')] },
    });

    const [result] = await client.updateMany('contact', [{ id: '2', fields: { email: 'a@x.example' } }]);

    // versions 3 and 4 merge, and the older record survives; version 5 refuses
    if (version === 5)
      expect(result).toMatchObject({ failure: { detail: { status: 422, fields: ['email'] } } });
    else expect(result).toMatchObject({ kind: 'stored', record: { id: '1' } });
  });

  test('tells bounces, tags, segments and companies of a contact', async () => {
    const person = {
      ...contact(1, 'a@x.example'),
      tags: ['vip'],
      segments: ['newsletter'],
      doNotContact: [{ reason: 1 }],
    };
    const { client, control } = await start({
      initial: { contact: [person, contact(2, 'b@x.example')], company: [company(4, 'A'), company(5, 'B')] },
    });
    await control.act('bounce', { id: 2 });

    await client.addToCompany('4', '1');
    await client.addToCompany('5', '1');
    const linked = await client.companiesOf('1');
    await client.removeFromCompany('4', '1');

    expect(linked).toEqual([
      { id: '4', primary: false },
      { id: '5', primary: true },
    ]);
    expect(await client.companiesOf('1')).toEqual([{ id: '5', primary: true }]);
    expect(await client.segmentsOf('1')).toEqual(['newsletter']);
    expect(await client.segmentsOf('2')).toEqual([]);
    expect(await client.get('contact', '1')).toMatchObject({ bounced: false, tags: ['vip'] });
    expect(await client.get('contact', '2')).toMatchObject({ bounced: true, tags: [] });
    expect((await failureOf(client.addToCompany('99', '1'))).kind).toBe(FailureKind.missing);
  });

  test.each(['errors', 'old'] as const)('switched off is access lost (%s form)', async (errorForm) => {
    const { client } = await start({ api: 'off', errorForm });

    expect((await failureOf(client.probe())).kind).toBe(FailureKind.accessLost);
  });

  test('that closes companies to us still serves contacts', async () => {
    const { client, control } = await start({ initial: { contact: [contact(1, 'a@x.example')] } });
    await control.put('permission', {
      action: 'upsert',
      id: 'company',
      value: { view: false, create: false, edit: false },
    });

    const failure = await failureOf(client.page({ object: 'company', after: 0, limit: 5 }));
    const creation = await failureOf(
      client.createMany('company', [{ companyname: 'A' }, { companyname: 'B' }]),
    );

    expect(failure).toMatchObject({ kind: FailureKind.accessLost, detail: { fields: ['company'] } });
    expect(creation).toMatchObject({ kind: FailureKind.accessLost, detail: { fields: ['company'] } });
    expect(await client.page({ object: 'contact', after: 0, limit: 5 })).toHaveLength(1);
  });

  test('whose reply to a create is lost was perhaps carried out, and one whose token ended goes on', async () => {
    const { client, control } = await start(
      {},
      { as: 'oauth2', clientId: 'client', clientSecret: 'client-secret' },
    );
    await control.faults({ kind: 'commit-then-drop', route: 'POST /api/contacts/batch/new' });
    const sent = [{ email: 'a@x.example' }, { email: 'b@x.example' }];

    expect((await failureOf(client.createMany('contact', sent))).kind).toBe(FailureKind.unknownOutcome);
    await control.faults({ kind: 'expire-tokens', route: 'GET /api/contacts' });
    expect(await client.findBy('contact', 'email', ['a@x.example', 'b@x.example'])).toHaveLength(2);
  });
});
