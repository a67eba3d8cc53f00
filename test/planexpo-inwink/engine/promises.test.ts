import { z } from 'zod';
import { demoSecrets, EVENT } from '../../../cli/demo/planexpo-inwink/configuration';
import type { JournalEntry } from '../../../simulators/control';
import { dossierWorkflowId } from '../../../workflows/names';
import { until } from '../../harness/until';
import { contactOf, dossierOrder, emailOf, item, orderIdOf, type Scene, startScene } from './scene';

const CREATE_PARTNER = 'POST /{eventId}/exhibitor';
const CREATE_PARTICIPANT = 'POST /{eventId}/registered';

describe('the promises of a run', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene.close());

  /** The first ten with a contact and a product: a write of each kind, and a crowd behind them. */
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => {
      const full = { items: [item('p-32', 1 + (n % 3))] };
      return dossierOrder(String(n + 1), n < 10 ? full : { booking_contact: null });
    });

  it('a second run writes nothing, and one percent of changes is one percent of the writes', async () => {
    await scene.begin(many(100));
    const first = await scene.run();
    expect(await scene.writes()).toHaveLength(120);

    const quiet = await scene.run();
    const quietWrites = await scene.writes();
    await scene.edit('42', { company: { website: 'https://new.example' } });
    const onePercent = await scene.run();

    expect(first).toMatchObject({ outcome: 'completed', writes: 120, counts: { created: 100 } });
    expect(quiet).toMatchObject({ outcome: 'completed', writes: 0, counts: { read: 100, unchanged: 100 } });
    expect(quietWrites).toEqual([]);
    expect(onePercent).toMatchObject({ writes: 1, counts: { updated: 1, unchanged: 99 } });
    expect(written(await scene.writes())).toEqual([
      ['PATCH /{eventId}/exhibitor/{id}', { website: 'https://new.example' }],
    ]);
  });

  it('counts every dossier read once, whatever became of it', async () => {
    await scene.begin([
      dossierOrder('1'),
      dossierOrder('2', { status: 'draft' }),
      dossierOrder('3', { is_test: true }),
      dossierOrder('4', { status: 'on_hold' }),
      dossierOrder('5', { parent_order_id: 'nobody' }),
      dossierOrder('6', { parent_order_id: '1' }),
      dossierOrder('7', { company: { name: ' ' } }),
    ]);

    const report = await scene.run();

    expect(report.counts).toEqual({
      read: 7,
      created: 2,
      updated: 0,
      unchanged: 0,
      withdrawn: 0,
      skipped: 2,
      waiting: 1,
      held: 1,
      refused: 1,
    });
    expect(report.outcome).toBe('completed-with-attention');
  });

  it('a record that Inwink refuses is named with its field, stops nobody, and gets through later by itself', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2'), dossierOrder('3', { parent_order_id: '2' })]);
    await scene.stack.inwink.faults({
      kind: 'refuse',
      field: 'name',
      equals: 'Exemplar 2',
      route: CREATE_PARTNER,
    });

    const refused = await scene.run();
    const [told] = await scene.items('2');
    await scene.stack.inwink.clearFaults();
    const healed = await scene.run();

    expect(refused.counts).toMatchObject({ created: 1, refused: 1, waiting: 1 });
    expect(told).toMatchObject({ reason: 'target-refused', detail: { fields: ['name'], status: 400 } });
    expect(healed.counts).toMatchObject({ created: 2, unchanged: 1, refused: 0, waiting: 0 });
    expect(await scene.items('2')).toEqual([]);
  });

  it('a text that PostgreSQL cannot hold stops no other dossier', async () => {
    await scene.begin([
      dossierOrder('1'),
      dossierOrder('2', {
        company: { name: 'Nul\u0000 inside' },
        booking_contact: { ...contactOf('2'), civility: 'M\u0000' },
      }),
    ]);

    const report = await scene.run();

    expect(report.counts).toMatchObject({ read: 2, created: 2 });
    expect(await scene.partner('2')).toMatchObject({ name: 'Nul inside' });
  });

  it('wrong credentials before a run are one clear error and a handful of calls', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.inwink.put('client', {
      action: 'upsert',
      id: 'passerelle-demo',
      value: { secret: 'changed' },
    });

    await scene.stack.inwink.faults({ kind: 'expire-tokens' });

    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'stopped', writes: 0 });
    expect(report.reason).toContain('Check the credentials');
    expect((await scene.stack.inwink.stats()).requests.total).toBeLessThan(5);
    expect((await scene.items()).map((each) => each.reason)).toEqual(['access-lost']);
  });

  it('access that is lost in the middle ends the run failed, without a storm of calls', async () => {
    await scene.begin(many(40));
    await scene.stack.inwink.faults({
      kind: 'person',
      records: 'client',
      change: { action: 'upsert', id: 'passerelle-demo', value: { allowed: false } },
      route: CREATE_PARTNER,
      after: 10,
    });

    const end = await scene.runEnd();

    expect(end).toMatchObject({ kind: 'failed', type: 'AccessLost' });
    // those on their way when the door closed; nobody knocks again
    const { byStatus } = (await scene.stack.inwink.stats()).requests;
    expect(byStatus['403']).toBeLessThanOrEqual(20);
    expect((await scene.items()).map((each) => each.reason)).toEqual(['access-lost']);

    await scene.stack.inwink.put('client', {
      action: 'upsert',
      id: 'passerelle-demo',
      value: { allowed: true },
    });
    const after = await scene.run();
    expect(after).toMatchObject({ outcome: 'completed', counts: { read: 40 } });
    expect(await scene.partners()).toHaveLength(40);
  });

  it('Planexpo that no longer lets us in does not close the door of Inwink', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.planexpo.faults({ kind: 'status', status: 401, count: 50 });

    const refused = await scene.runEnd();
    await scene.stack.planexpo.clearFaults();
    const { rows } = await scene.stack.pool.query(
      'select account from platform_budget where access_lost_at is not null',
    );

    expect(refused).toMatchObject({ kind: 'report', report: { outcome: 'stopped' } });
    expect(rows).toEqual([]);
    expect(await scene.run()).toMatchObject({ outcome: 'completed' });
  });

  it('a platform that asks for a pause is left alone by everyone, and the run completes', async () => {
    await scene.begin(many(40));
    await scene.stack.inwink.faults(
      { kind: 'retry-after', seconds: 3, route: CREATE_PARTNER, after: 20 },
      { kind: 'retry-after', seconds: 1, route: 'PUT *', after: 4 },
    );

    const report = await scene.run();

    const stats = await scene.stack.inwink.stats();
    expect(report).toMatchObject({ outcome: 'completed', counts: { created: 40 } });
    expect(stats.answered429).toBeGreaterThan(0);
    expect(stats.lateDuringRetryAfter).toBe(0);
  });

  it('a search that shows new records late makes no duplicate of a create whose reply was lost', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2'), dossierOrder('3')]);
    await scene.stack.inwink.faults(
      { kind: 'index-lag', ms: 900, route: CREATE_PARTNER, count: 3 },
      { kind: 'index-lag', ms: 900, route: CREATE_PARTICIPANT, count: 3 },
      { kind: 'commit-then-drop', route: CREATE_PARTNER, count: 2 },
      { kind: 'status', status: 503, commit: true, route: CREATE_PARTICIPANT, count: 2 },
    );

    const report = await scene.run();

    expect(report.counts).toMatchObject({ created: 3 });
    expect(await scene.partners()).toHaveLength(3);
    expect(await scene.participants()).toHaveLength(3);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('a duplicate that a search hid for longer than it is said to is reported by the next run', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.inwink.faults(
      { kind: 'index-lag', ms: 4_000, route: CREATE_PARTNER },
      { kind: 'commit-then-drop', route: CREATE_PARTNER },
    );
    await scene.run();
    expect(await scene.partners('1')).toHaveLength(2);
    await searchShows(scene, '1', 2);

    const next = await scene.run();

    expect(next).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
    expect(await scene.items('1')).toMatchObject([{ reason: 'duplicate-target' }]);
    expect(await scene.run()).toMatchObject({ writes: 0 });
  });

  it('what was in doubt before the reply was lost is counted as what it came to', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.run();
    await scene.edit('1', { company: { name: 'Renamed' }, booking_contact: { position: 'Présidente' } });
    await scene.stack.inwink.faults({ kind: 'commit-then-drop', route: 'PATCH *', count: 2 });

    await scene.run();

    expect(await scene.partner('1')).toMatchObject({ name: 'Renamed' });
    expect(await scene.participants(emailOf('1'))).toMatchObject([{ position: 'Présidente' }]);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it.each(['terminate', 'cancel'] as const)(
    'a dossier whose workflow an operator ends by hand (%s) stops no other, and is done by the next run',
    async (how) => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.stack.inwink.faults({
        kind: 'latency',
        ms: 1_500,
        route: CREATE_PARTNER,
        where: { field: 'customFields.planexpo_order_id', equals: '1' },
      });

      const running = scene.run();
      await until('the create is on its way', async () => {
        const { rows } = await scene.stack.pool.query(
          `select 1 from intent where source_key = '1' and state = 'creating'`,
        );
        return rows.length > 0;
      });
      await scene.stack.client.workflow.getHandle(dossierWorkflowId(scene.stack.sync, '1'))[how]();
      const report = await running;
      const next = await scene.run();

      expect(report).toMatchObject({ counts: { read: 2, created: 1, refused: 1 } });
      expect(next).toMatchObject({ outcome: 'completed', counts: { refused: 0 } });
      expect(await scene.partners()).toHaveLength(2);
    },
  );

  it('a partner that carries the order id already is adopted, not made again, and its former values are kept', async () => {
    await scene.begin([dossierOrder('1')]);
    const value = { name: 'Made by hand', customFields: { planexpo_order_id: '1' } };
    await scene.stack.inwink.put('exhibitor', { action: 'upsert', value });

    const report = await scene.run();

    expect(report).toMatchObject({ counts: { updated: 1, created: 0 } });
    expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1' });
    const { rows } = await scene.stack.pool.query(`select before from audit where field = 'name'`);
    expect(rows).toEqual([{ before: 'Made by hand' }]);
  });

  it('co-exhibitors follow their exhibitor in the same run, and point at its partner', async () => {
    await scene.begin([
      dossierOrder('9'),
      dossierOrder('1', { parent_order_id: '9', booking_contact: contactOf('x') }),
    ]);

    await scene.run();

    const parent = await scene.partner('9');
    expect(await scene.partner('1')).toMatchObject({ affiliatedToId: parent.id });
    expect((await scene.partners()).map(orderIdOf).sort()).toEqual(['1', '9']);
  });
});

function written(entries: JournalEntry[]): Array<[string, unknown]> {
  return entries.map((entry) => [entry.route, entry.body]);
}

/** Waits until Inwink's own search shows so many partners of a dossier; the test's time is the limit. */
async function searchShows(scene: Scene, orderId: string, count: number): Promise<void> {
  const { inwink } = scene.stack.urls;
  const token = await fetch(`${inwink}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'passerelle-demo',
      client_secret: demoSecrets.DEMO_INWINK_SECRET,
    }),
  });
  const { access_token } = z.object({ access_token: z.string() }).parse(await token.json());
  await until(`${count} partners in the search`, async () => {
    const found = await fetch(`${inwink}/${EVENT.id}/exhibitor/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ $filters: { 'customFields.planexpo_order_id': { $eq: orderId } } }),
    });
    const { page } = z.object({ page: z.object({ total: z.number() }) }).parse(await found.json());
    return page.total === count;
  });
}
