import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticContact,
  tiers,
  upTo,
  weavyContact,
} from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const plan = () => scene.run({ mode: 'plan' });
const apply = (planRun: number) => scene.run({ mode: 'apply', planRun });
const firstByPlan = { firstRun: 'plan' as const };

/** One pair that differs, one person on each side alone, two companies that are one. */
const filled = {
  weavy: {
    customer: [tiers(1)],
    customercontact: [contactInWeavy(1, { city: 'Liège' }), contactInWeavy(2)],
  },
  mautic: {
    company: [company(1)],
    contact: [
      contactInMautic(
        1,
        {},
        { dateModified: '2025-01-01T08:00:00+00:00', dateAdded: '2024-01-01T08:00:00+00:00' },
      ),
      contactInMautic(3),
    ],
  },
};

async function planRows(runId: number) {
  const { rows } = await scene.stack.pool.query<{ record_id: string; outcome: string; changes: unknown[] }>(
    'select record_id, outcome, changes from plan_entry where run_id = $1 order by record_id',
    [runId],
  );
  return rows;
}

describe('the first run of two filled platforms', () => {
  test('stops and asks for a plan', async () => {
    await scene.begin({ records: filled, policies: firstByPlan });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
    expect(run.reason).toContain('first-run');
    expect([await scene.writes('weavy'), await scene.writes('mautic')]).toEqual([[], []]);
  });

  test('its plan writes nothing, and applied later does exactly what it showed', async () => {
    await scene.begin({ records: filled, policies: firstByPlan });

    const planned = await plan();
    const shown = await planRows(planned.runId);
    const nothing = [await scene.writes('weavy'), await scene.writes('mautic')];
    const applied = await apply(planned.runId);
    const again = await apply(planned.runId);
    const run = await scene.run({ full: true });

    expect(planned).toMatchObject({ outcome: 'planned', writes: 0, counts: { created: 2, updated: 1 } });
    expect(nothing).toEqual([[], []]);
    expect(shown.find(({ record_id }) => record_id === mauticContact(1))?.changes).toEqual([
      expect.objectContaining({ field: 'city', before: 'Namur', after: 'Liège', rule: 'first.latest-weavy' }),
    ]);
    expect(applied).toMatchObject({ outcome: 'completed', writes: 3, counts: planned.counts });
    expect(await scene.states()).toEqual({ active: 4 });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Liège' });
    expect(await scene.holding('mautic/contact', 'email', emailOf(2))).toHaveLength(1);
    expect([...(await scene.all('weavy/marketinginbound')).keys()]).toEqual(['weavy/marketinginbound/WM-3']);
    expect(again.writes).toBe(0);
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('a record that changed since the plan is refused, the rest is applied, and the next run brings it', async () => {
    await scene.begin({ records: filled, policies: firstByPlan });
    const planned = await plan();
    await scene.edit(mauticContact(1), { city: 'Wavre' });
    await scene.edit(mauticContact(3), { lastname: 'Marié depuis' });

    const applied = await apply(planned.runId);
    const refused = [await scene.standing(mauticContact(1)), await scene.standing(mauticContact(3))];
    const between = await scene.fields(mauticContact(1));
    const next = await scene.run();

    expect(applied.counts).toMatchObject({ created: 1, updated: 0 });
    expect(applied.counts?.refused).toBeGreaterThanOrEqual(2);
    for (const standing of refused)
      expect(standing).toMatchObject({ reason: 'changed-since-plan', due: true });
    expect(between).toMatchObject({ city: 'Wavre' });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Wavre' });
    expect(await scene.fields('weavy/marketinginbound/WM-3')).toMatchObject({ lastName: 'Marié depuis' });
    expect(next.counts).toMatchObject({ refused: 0 });
  });

  test('a plan that only says which records are one is worth applying too', async () => {
    await scene.begin({ records: known(3), policies: firstByPlan });
    const planned = await plan();

    const applied = await apply(planned.runId);
    await scene.edit(weavyContact(1), { city: 'Liège' });
    const run = await scene.run();

    expect(applied).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.states()).toEqual({ active: 3 });
    expect(run).toMatchObject({ outcome: 'completed', writes: 1 });
  });
});

describe('a plan of a later run', () => {
  test('refuses what a person edited since on the side that is to be written', async () => {
    await scene.begin({ records: known(3) });
    await scene.run();
    for (const n of upTo(3)) await scene.edit(weavyContact(n), { city: 'Liège' }, { secondsAgo: 30 });
    const planned = await plan();
    await scene.edit(mauticContact(1), { city: 'Wavre' });

    const applied = await apply(planned.runId);

    expect(applied).toMatchObject({ writes: 2, counts: { updated: 2, refused: 1 } });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Wavre' });
    expect(await scene.fields(mauticContact(2))).toMatchObject({ city: 'Liège' });
    await scene.run();
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Wavre' });
  });

  test('refuses what a person edited since on the side that it was read from', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège' });
    const planned = await plan();
    await scene.edit(weavyContact(1), { city: 'Huy' });
    await scene.signal(weavyContact(1));
    await scene.settled(weavyContact(1));

    const applied = await apply(planned.runId);

    expect(applied.writes).toBe(0);
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Huy' });
  });
});

describe('a run that would blank more than the share that the sync allows', () => {
  const MANY = 6;
  const blanked = async () => {
    await scene.begin({ records: known(20) });
    await scene.run();
    for (const n of upTo(MANY)) await scene.edit(weavyContact(n), { firstName: null });
  };

  test('stops before anything is written, and asks', async () => {
    await blanked();

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(run.reason).toContain(`blanked ${MANY}`);
    expect(await scene.reasons(null)).toEqual(['guard-stopped']);
    expect(await scene.fields(mauticContact(1))).toMatchObject({ firstname: 'Ada' });
  });

  test('allowed once, one run may', async () => {
    await blanked();
    await scene.run();
    await scene.decide('guard-stopped', 'allow-once');

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: MANY });
    expect((await scene.fields(mauticContact(1))).firstname ?? null).toBeNull();
  });

  test('and a full read that misses many records means no deletion', async () => {
    await scene.begin({ records: known(20) });
    await scene.run();
    await scene.stack.weavy.faults({
      kind: 'empty-list',
      route: 'POST /v1/Data/{projectCode}/Select',
      count: 1_000,
    });

    const run = await scene.run({ full: true });
    await scene.stack.weavy.clearFaults();
    const states = await scene.states();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(states).toEqual({ active: 20 });
  });
});
