import type { Outcome } from '../../../db/outcomes';
import { type PlannedChange, savePlanEntries } from '../../../db/plans';
import { mountPlan } from '../../../service/console/plan/mount-plan';
import { type SignedInPages, SYNCS, signedInPages } from './signed-in-pages';

let pages: SignedInPages;
beforeAll(async () => {
  pages = await signedInPages(mountPlan);
});
afterAll(() => pages.stop());
afterEach(async () => {
  await pages.pool.query('truncate run, staged_record, plan_choice restart identity cascade');
  pages.told.length = 0;
});

/** A finished plan of the sync. */
async function planned(sync: string = SYNCS.dossiers): Promise<number> {
  const { rows } = await pages.pool.query<{ id: number }>(
    `insert into run (sync, mode, trigger, workflow_id, workflow_run_id, outcome, phase, finished_at)
     values ($1, 'plan', 'manual', 'run/' || $1, gen_random_uuid(), 'planned', 'closed', now()) returning id`,
    [sync],
  );
  return rows[0]?.id ?? 0;
}

interface Entry {
  name?: string;
  outcome?: Outcome;
  reason?: string;
  changes?: PlannedChange[];
  withdraws?: boolean;
  blanks?: boolean;
  needsApply?: boolean;
}

async function entry(run: number, recordId: string, given: Entry = {}): Promise<void> {
  const { name, outcome = 'updated', reason = null, changes = [], needsApply = true } = given;
  const { withdraws = false, blanks = false } = given;
  await pages.pool.query(
    `insert into staged_record (sync, record_id, status, body, body_hash)
     select sync, $2, 'validated', $3, '' from run where id = $1`,
    [run, recordId, JSON.stringify(name === undefined ? {} : { company: { name } })],
  );
  await savePlanEntries(pages.pool, run, [
    {
      recordId,
      depth: 0,
      outcome,
      reason,
      mappedHash: null,
      changes,
      notes: [],
      withdraws,
      blanks,
      needsApply,
    },
  ]);
}

const city = (before: string | null, after: string | null, rule = 'map.address.city'): PlannedChange => ({
  kind: 'partner',
  targetId: 'partner-1',
  field: 'address.city',
  before,
  after,
  rule,
});

describe('a plan', () => {
  test('shows each field before and after, with its rule in words', async () => {
    const run = await planned();
    await entry(run, 'd-1', { name: 'Maison Cœur', changes: [city('Lyon', 'Lille')] });
    await entry(run, 'd-2', { changes: [city('Metz', 'Nancy', 'drift.address.city')] });
    const { text, status } = await pages.get(`/runs/${run}/plan`);
    expect(status).toBe(200);
    expect(text).toContain('Partner address.city Lyon Lille The source changed.');
    expect(text).toContain('Metz Nancy Edited at the target: the source’s value is put back.');
    const french = await pages.get(`/runs/${run}/plan`, { language: 'fr' });
    expect(french.text).toContain('Partenaire address.city Lyon Lille La source a changé.');
  });

  test('makes withdrawals and emptied fields stand out, and shows them alone', async () => {
    const run = await planned();
    await entry(run, 'd-1', { outcome: 'withdrawn', withdraws: true });
    await entry(run, 'd-2', { changes: [city('Lyon', null)], blanks: true });
    await entry(run, 'd-3', { changes: [city('Lyon', 'Lille')] });
    const { text } = await pages.get(`/runs/${run}/plan`);
    expect(text).toContain('1 record would be withdrawn from the target.');
    expect(text).toContain('1 record would have a field emptied.');
    const alone = await pages.get(`/runs/${run}/plan?only=withdraws`);
    expect(alone.html).toContain('value="d-1"');
    expect(alone.html).not.toContain('value="d-2"');
  });

  test('is read page after page', async () => {
    const run = await planned();
    for (let n = 100; n < 160; n += 1) await entry(run, `d-${n}`);
    const first = await pages.get(`/runs/${run}/plan`);
    expect(first.html.match(/name="record"/g)).toHaveLength(50);
    const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1] ?? '';
    const second = await pages.get(next.replaceAll('&amp;', '&'));
    expect(second.html.match(/name="record"/g)).toHaveLength(10);
  });

  test('is searched by name without the name in any address', async () => {
    const run = await planned();
    await entry(run, 'd-1', { name: 'Maison Cœur' });
    await entry(run, 'd-2', { name: 'Ateliers Brûlé' });
    const found = await pages.post(`/runs/${run}/plan`, { text: 'brule' });
    expect(found.text).toContain('Ateliers Brûlé');
    expect(found.text).not.toContain('Maison Cœur');
    const addresses = [...found.html.matchAll(/(?:href|action)="([^"]*)"/g)].map((match) => match[1]);
    expect(addresses.join(' ')).not.toContain('brule');
    const asked = await pages.get(`/runs/${run}/plan?text=brule`);
    expect(asked.text).toContain('Maison Cœur');
  });

  test('of a CRM says what a first run would link', async () => {
    const run = await planned(SYNCS.crm);
    await pages.pool.query(
      `insert into couple (sync, kind, weavy_record, mautic_record, state) values ($1, 'person', 'weavy/customercontact/7', 'mautic/contact/81', 'proposed')`,
      [SYNCS.crm],
    );
    await entry(run, 'mautic/contact/81', { outcome: 'unchanged' });
    const { text, html } = await pages.get(`/runs/${run}/plan`);
    expect(text).toContain('Links to weavy/customercontact/7');
    expect(html).toContain('/syncs/crm/records/mautic%2Fcontact%2F81');
  });

  test('that does not exist is not found', async () => {
    expect((await pages.get('/runs/4711/plan')).status).toBe(404);
  });
});

describe('applying a plan', () => {
  const chosen = async () =>
    (await pages.pool.query<{ record_ids: string[] }>('select record_ids from plan_choice')).rows;

  test('as a whole starts a run, and shows that run', async () => {
    const run = await planned();
    await entry(run, 'd-1', { changes: [city('Lyon', 'Lille')] });
    const sent = await pages.post(`/runs/${run}/plan/apply`, { which: 'all' });
    expect(sent.status).toBe(303);
    expect(sent.location).toBe(`/runs/${run + 1}`);
    expect(sent.notice).toContain('changed since the plan is refused');
    expect(pages.told[0]?.input).toMatchObject({ sync: SYNCS.dossiers, mode: 'apply', planRun: run });
    expect(await chosen()).toEqual([]);
  });

  test('for the ticked records names these only', async () => {
    const run = await planned();
    for (const id of ['d-1', 'd-2', 'd-3']) await entry(run, id);
    await pages.post(`/runs/${run}/plan/apply`, { which: 'ticked', record: ['d-1', 'd-3'] });
    expect((await chosen())[0]?.record_ids.sort()).toEqual(['d-1', 'd-3']);
  });

  test('for a filter takes every record of it on all pages, and nothing that writes nothing', async () => {
    const run = await planned();
    for (let n = 100; n < 170; n += 1) await entry(run, `d-${n}`);
    await entry(run, 'd-900', { needsApply: false });
    await entry(run, 'd-901', { outcome: 'created' });
    await pages.post(`/runs/${run}/plan/apply`, { which: 'filter', outcome: 'updated' });
    const ids = (await chosen())[0]?.record_ids ?? [];
    expect(ids).toHaveLength(70);
    expect(ids).not.toContain('d-900');
    expect(ids).not.toContain('d-901');
  });

  test('without a ticked record says so and starts nothing', async () => {
    const run = await planned();
    await entry(run, 'd-1');
    const sent = await pages.post(`/runs/${run}/plan/apply`, { which: 'ticked' });
    expect(sent.notice).toBe('No record to write is chosen.');
    expect(pages.told).toEqual([]);
  });

  test('is for operators', async () => {
    const run = await planned();
    await entry(run, 'd-1');
    const { html } = await pages.get(`/runs/${run}/plan`, { role: 'viewer' });
    expect(html).not.toContain('/plan/apply');
    expect((await pages.post(`/runs/${run}/plan/apply`, { which: 'all' }, { role: 'viewer' })).status).toBe(
      403,
    );
    expect(pages.told).toEqual([]);
  });

  test('shows afterwards by which run it was applied', async () => {
    const run = await planned();
    await entry(run, 'd-1');
    await pages.pool.query(
      `insert into run (sync, mode, trigger, workflow_id, workflow_run_id, plan_run) values ($1, 'apply', 'manual', 'run', 'applied', $2)`,
      [SYNCS.dossiers, run],
    );
    const { text, html } = await pages.get(`/runs/${run}/plan`);
    expect(text).toContain('This plan was applied already:');
    expect(html).toContain(`href="/runs/${run + 1}"`);
  });
});
