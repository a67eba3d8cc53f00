import { openItem } from '../../../db/attention';
import { until } from '../../harness/until';
import { type Scene, startScene } from '../../planexpo-inwink/engine/scene';
import { type Answer, type ServedApi, serveApi } from './api-client';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let scene: Scene;
let api: ServedApi;
let sync: string;

beforeAll(async () => {
  scene = await startScene();
  const { stack } = scene;
  sync = stack.sync;
  api = await serveApi({ ...stack, databaseUrl: stack.variables.DATABASE_URL ?? '' });
});
afterAll(async () => {
  await api?.stop();
  await scene?.close();
});

/** Asked with no more rights than it takes. */
const operate = (request: string, body?: unknown) => api.ask(request, { as: 'operate', body });
const read = (request: string) => api.ask(request, { as: 'read' });

/** Its number is there when a worker took it up, which a busy machine takes its time for. */
async function numberOf({ status, body }: Answer): Promise<number> {
  expect(status).toBe(202);
  return until('the run has a number', async () => {
    const { body: runs } = await read(`GET /runs?sync=${sync}`);
    const found = runs.items.find((run: Answer['body']) => run.workflowRunId === body.workflowRunId);
    return found?.run;
  });
}

async function ended(started: Answer): Promise<Answer['body']> {
  const run = await numberOf(started);
  return until('the run ends', async () => {
    const { body } = await read(`GET /runs/${run}`);
    return body.outcome !== null && body;
  });
}

/** Starts one as soon as the workflow of the run before is closed, a moment after its end was noted. */
async function start(request: object): Promise<Answer> {
  return until('a run can be started', async () => {
    const started = await operate(`POST /syncs/${sync}/runs`, request);
    return started.status !== 409 && started;
  });
}

async function auditedRules(): Promise<string[]> {
  const { body } = await read('GET /audit?actor=token:operate&limit=200');
  return body.items.map(({ rule }: { rule: string }) => rule);
}

/** All of a list, in parts of seven. */
async function everyItem(path: string): Promise<Array<{ record: string; parent?: string | null }>> {
  const items: Array<{ record: string; parent?: string | null }> = [];
  for (let after: string | null = ''; after !== null; ) {
    const cursor: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const { body } = await read(`GET ${path}?limit=7${cursor}`);
    expect(body.items.length).toBeLessThanOrEqual(7);
    items.push(...body.items);
    after = body.next;
  }
  return items;
}

describe('a plan', () => {
  it('is made, read in parts, and applied to the chosen records alone', async () => {
    const before = (await scene.partners()).length;
    const plan = await ended(await start({ mode: 'plan' }));
    expect(plan).toMatchObject({ mode: 'plan', outcome: 'planned', sync });
    expect(await scene.partners()).toHaveLength(before);

    const entries = await everyItem(`/runs/${plan.run}/plan/entries`);
    expect(new Set(entries.map(({ record }) => record)).size).toBe(entries.length);
    const summary = (await read(`GET /runs/${plan.run}/plan`)).body;
    expect(summary.entries).toBe(entries.length);
    const exhibitors = (await everyItem(`/syncs/${sync}/records`)).filter(({ parent }) => parent === null);
    const { body: toCreate } = await read(
      `GET /runs/${plan.run}/plan/entries?outcome=created&only=to-apply&limit=200`,
    );
    const records = toCreate.items
      .map(({ record }: { record: string }) => record)
      .filter((id: string) => exhibitors.some(({ record }) => record === id))
      .slice(0, 2);
    expect(records).toHaveLength(2);

    const started = await start({ mode: 'apply', plan: plan.run, records });
    const applied = await ended(started);
    expect(applied).toMatchObject({ mode: 'apply', planRun: plan.run });
    const { body: outcomes } = await read(`GET /runs/${applied.run}/outcomes?outcome=created`);
    expect(outcomes.items.map(({ record }: { record: string }) => record).sort()).toEqual(
      [...records].sort(),
    );
    expect(await scene.partners()).toHaveLength(before + 2);
  });

  it('of another sync, or none, is not applied', async () => {
    const { status } = await operate(`POST /syncs/${sync}/runs`, { mode: 'apply', plan: 999_999 });
    expect(status).toBe(404);
  });
});

describe('a run', () => {
  it('is started, watched to its end, and leaves counts that add up', async () => {
    const started = await start({ mode: 'run', full: true });
    const run = await numberOf(started);
    const live = await read(`GET /runs/${run}/live`);
    expect(live.headers.get('content-type')).toContain('text/event-stream');
    const events = live.body.split('\n\n').filter((event: string) => event.startsWith('data: '));
    const last = JSON.parse(events.at(-1).slice('data: '.length));
    expect(last).toMatchObject({ run, phase: 'closed', progress: null });
    expect(live.body).toContain('event: ended');

    const { counts, outcome } = await ended(started);
    expect(last.outcome).toBe(outcome);
    const { read: all, ...buckets } = counts;
    expect(Object.values<number>(buckets).reduce((sum, n) => sum + n, 0)).toBe(all);
    const file = await read(`GET /runs/${run}/outcomes/file?format=csv&language=en`);
    expect(file.headers.get('content-disposition')).toContain('.csv');
    expect(file.body).toContain('Public id');
  });

  it('cannot be told anything when there is none under way', async () => {
    expect((await operate(`POST /syncs/${sync}/run-under-way/pause`)).status).toBe(409);
  });
});

describe('records', () => {
  it('come in parts, each of them once, and one alone with everything known about it', async () => {
    const records = await everyItem(`/syncs/${sync}/records`);
    const { rows } = await scene.stack.pool.query('select record_id from staged_record order by record_id');
    expect(records.map(({ record }) => record)).toEqual(rows.map(({ record_id }) => record_id));

    const id = records[0]?.record ?? '';
    const { body } = await read(`GET /syncs/${sync}/records/${encodeURIComponent(id)}?language=en`);
    expect(body).toMatchObject({ sync, record: id, links: expect.any(Array), history: expect.any(Array) });
  });

  it('get another pass when somebody asks for it', async () => {
    const { rows } = await scene.stack.pool.query(
      `select record_id, settled_at from staged_record where outcome = 'unchanged' or outcome = 'created' limit 1`,
    );
    const [{ record_id: id, settled_at: before }] = rows;

    const { status, body } = await operate(`POST /syncs/${sync}/records/${encodeURIComponent(id)}/retry`);

    expect([status, body]).toEqual([202, { record: id, resumed: false }]);
    await until('the record was looked at again', async () => {
      const seen = (await read(`GET /syncs/${sync}/records/${encodeURIComponent(id)}`)).body;
      return !seen.due && seen.settledAt !== before.toISOString();
    });
    expect((await operate(`POST /syncs/${sync}/records/none/retry`)).status).toBe(404);
  });
});

describe('an attention item', () => {
  it('says in both languages what can be decided, is decided, and the decision is taken back', async () => {
    const item = { recordId: null, reason: 'guard-stopped', severity: 'action' as const };
    const id = await openItem(scene.stack.pool, sync, null, item);
    const [french, english] = await Promise.all(
      ['fr', 'en'].map(async (language) => (await read(`GET /attention/${id}?language=${language}`)).body),
    );
    expect(english.decisions.map(({ code }: { code: string }) => code)).toContain('allow-once');
    expect(french.what).not.toBe(english.what);

    expect((await operate(`POST /attention/${id}/decision`, { decision: 'sing' })).status).toBe(422);
    const decided = await operate(`POST /attention/${id}/decision`, { decision: 'allow-once' });
    expect(decided.body).toMatchObject({ item: id, decision: 'allow-once', follows: 'next-run' });
    expect((await operate(`POST /attention/${id}/decision`, { decision: 'allow-once' })).status).toBe(409);
    expect((await read(`GET /attention/${id}`)).body).toMatchObject({
      decidedBy: 'token:operate',
      state: 'decided',
    });

    expect((await operate(`DELETE /attention/${id}/decision`)).body.decision).toBe('allow-once');
    const many = await operate('POST /decisions', { items: [id, 999_999], decision: 'allow-once' });
    expect(many.body).toMatchObject({ done: 1, refused: [{ item: 999_999, kind: 'not-found' }] });
    expect(await auditedRules()).toEqual(expect.arrayContaining(['decide.allow-once', 'decide.undo']));
  });
});

describe('a schedule', () => {
  it('is set, paused, resumed and removed', async () => {
    const set = await operate(`PUT /syncs/${sync}/schedule`, { every: '6h' });
    expect(set.body.schedule).toMatchObject({ everyMs: [21_600_000], paused: false });
    expect((await operate(`POST /syncs/${sync}/schedule/pause`)).body.schedule.paused).toBe(true);
    expect((await operate(`POST /syncs/${sync}/schedule/resume`)).body.schedule.paused).toBe(false);
    expect((await operate(`PUT /syncs/${sync}/schedule`, { every: '1h', cron: '0 6 * * *' })).status).toBe(
      422,
    );
    expect((await operate(`PUT /syncs/${sync}/schedule`, { cron: 'whenever' })).status).toBe(422);
    expect((await operate(`DELETE /syncs/${sync}/schedule`)).body).toEqual({ removed: true });
    expect((await read(`GET /syncs/${sync}/schedule`)).body).toEqual({ schedule: null });
    expect((await operate(`POST /syncs/${sync}/schedule/pause`)).status).toBe(404);
    expect(await auditedRules()).toEqual(
      expect.arrayContaining(['schedule.apply', 'schedule.pause', 'schedule.remove']),
    );
  });
});

describe('a mask', () => {
  it('is exported with the answers of today, checked, put in force once, and an earlier one again', async () => {
    const { body: workbook, headers } = await read(`GET /syncs/${sync}/mask/workbook`);
    expect([headers.get('content-type'), workbook.subarray(0, 2).toString()]).toEqual([XLSX, 'PK']);
    const upload = { as: 'operate' as const, body: workbook, type: XLSX };

    const checked = await api.ask(`POST /syncs/${sync}/mask/check?language=en`, upload);
    expect(checked.body).toMatchObject({ ok: true, problems: [] });
    const imported = await api.ask(`POST /syncs/${sync}/masks`, upload);
    expect([imported.status, imported.body.version, imported.body.before]).toEqual([201, 2, 1]);
    expect((await api.ask(`POST /syncs/${sync}/masks`, upload)).status).toBe(409);
    const file = await read(`GET /syncs/${sync}/masks/2/file`);
    expect(file.body.equals(workbook)).toBe(true);

    expect((await operate(`POST /syncs/${sync}/masks/1/put-in-force`)).body).toEqual({
      version: 1,
      before: 2,
    });
    const { body } = await read(`GET /syncs/${sync}/masks?limit=1`);
    expect(body).toMatchObject({
      items: [{ version: 2, inForce: false, importedBy: 'token:operate' }],
      next: 2,
    });
    const { body: rest } = await read(`GET /syncs/${sync}/masks?after=2`);
    expect(rest).toMatchObject({ items: [{ version: 1, inForce: true }], next: null });
  });

  it('that cannot be read is refused with its problems, and changes nothing', async () => {
    const before = (await read(`GET /syncs/${sync}/masks`)).body;
    const upload = { as: 'operate' as const, body: 'no workbook', type: XLSX };

    const { status, body } = await api.ask(`POST /syncs/${sync}/masks?language=en`, upload);

    expect([status, body.problems]).toEqual([
      422,
      [expect.objectContaining({ message: expect.stringMatching(/\w/) })],
    ]);
    expect((await read(`GET /syncs/${sync}/masks`)).body).toEqual(before);
    expect((await api.ask(`POST /syncs/${sync}/masks`, { ...upload, type: 'text/plain' })).status).toBe(415);
  });
});

describe('a token', () => {
  it('is told once, opens what its scope opens, and nothing once it is revoked', async () => {
    const made = await api.ask('POST /tokens', { body: { name: 'reporting', scope: 'read', days: 30 } });
    expect([made.status, made.body.view]).toEqual([
      201,
      expect.objectContaining({ scope: 'read', createdBy: 'token:administer' }),
    ]);
    const headers = { authorization: `Bearer ${made.body.token}` };
    expect((await api.ask('GET /runs', { as: null, headers })).status).toBe(200);
    expect((await api.ask('GET /tokens', { as: null, headers })).status).toBe(403);

    expect((await api.ask(`DELETE /tokens/${made.body.view.id}`)).body.state).toBe('revoked');

    expect((await api.ask('GET /runs', { as: null, headers })).status).toBe(401);
    expect(JSON.stringify((await api.ask('GET /tokens')).body)).not.toContain(made.body.token);
    const { body: accesses } = await api.ask('GET /access-audit?subject=token:reporting');
    expect(accesses.items.map(({ operation }: { operation: string }) => operation)).toEqual([
      'token-revoked',
      'token-created',
    ]);
  });
});
