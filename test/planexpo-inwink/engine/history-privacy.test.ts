import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { TypedSearchAttributes } from '@temporalio/common';
import { editBothSides } from '../../../cli/demo/planexpo-inwink/edits';
import { recordAttribute } from '../../../workflows/names';
import {
  currentDetailsOf,
  type Execution,
  executionsOf,
  textsOfExecution,
} from '../../harness/history-texts';
import { personalValues, valuesIn } from '../../harness/personal-values';
import { dossierOrder, emailOf, type Scene, startScene } from './scene';

const DOSSIERS = 130;
/** Failures that could quote a value, with where they happened: the histories have them all. */
const QUOTING = ['RefusedRecord', 'UnknownOutcome', 'AccessLost', 'unexpected error P0001', '    at '];

describe('what Temporal keeps of runs over an exhibition with every kind of dirt', () => {
  let scene: Scene;
  let secret: string[];
  const credentials = watchCredentials();

  beforeAll(async () => {
    scene = await startScene({ dossiers: DOSSIERS });
    const { inwink, planexpo, expo, pool } = scene.stack;
    await planexpo.put('orders', { action: 'upsert', id: '777001', value: unreadableOrder() });
    await inwink.faults(...failures());
    await planexpo.faults({ kind: 'truncate', route: 'GET *', after: 4 });
    await pool.query(QUOTING_DATABASE);

    await scene.run();
    await editBothSides(scene.stack);
    await scene.run({ full: true });
    await decideOne(scene);
    const known = [expo, await planexpo.records('orders'), await inwink.records('exhibitor')];
    secret = personalValues([...known, await inwink.records('registered')]);
    await inwink.clearFaults();
    await inwink.faults({ kind: 'status', status: 401, count: 1_000 });
    await lookAgainAtOne(scene);
    secret.push(
      ...credentials.seen,
      ...Object.values(scene.stack.variables).filter((v) => v.startsWith('demo-')),
    );
  }, 180_000);

  afterAll(async () => {
    credentials.stop();
    await scene?.close();
  });

  it('has much to hide, and saw every kind of thing go wrong', async () => {
    const { rows } = await scene.stack.pool.query(
      `select (select count(*)::int from run_outcome where outcome = 'refused') as refused,
         (select count(*)::int from run_outcome where outcome = 'held') as held,
         nextval('quoted')::int - 1 as quoted`,
    );

    expect(secret.length).toBeGreaterThan(800);
    expect(credentials.seen.size).toBeGreaterThanOrEqual(2); // a key of Planexpo, a token of Inwink
    expect(rows[0].refused).toBeGreaterThan(3);
    expect(rows[0].held).toBeGreaterThan(0);
    expect(rows[0].quoted).toBeGreaterThan(2);
  });

  it('is free of names, e-mails, phone numbers, streets, tokens and secrets', async () => {
    const executions = await executionsOf(scene.stack.client);
    const texts = await Promise.all(executions.map((one) => textsOfExecution(scene.stack.client, one)));

    expect(executions.length).toBeGreaterThan(DOSSIERS / 2);
    const all = texts.join('\n');
    expect(QUOTING.filter((kind) => !all.includes(kind))).toEqual([]);
    expect(valuesIn(all, secret)).toEqual([]);
  });

  it('shows none of them in the details that an operator reads', async () => {
    const { client } = scene.stack;
    const ended = await executionsOf(client, `ExecutionStatus != 'Completed'`);
    const details = await Promise.all(ended.map((one) => currentDetailsOf(client, one.workflowId)));

    expect(details.length).toBeGreaterThan(3);
    expect(valuesIn(details.join('\n'), secret)).toEqual([]);
  });

  it('would be seen to hold a value, wherever one slipped in', async () => {
    const planted = ['argument', 'signal', 'memo', 'attribute', 'summary', 'reason', 'nested'].map((place) =>
      emailOf(`planted-${place}`),
    );

    const execution = await plant(scene, planted);

    expect(valuesIn(await textsOfExecution(scene.stack.client, execution), planted)).toEqual(planted);
  });
});

/** A validated dossier that our contract cannot read, with a person in it. */
function unreadableOrder() {
  return {
    ...dossierOrder('777001'),
    items: [{ product_id: 'p', name: 'p', kind: 'catalog', quantity: -1.5 }],
    updated_at: 'hier',
  };
}

/** Refusals and codes that quote what they refuse, lost replies, pages in place of JSON. */
function failures() {
  const create = (kind: string) => `POST /{eventId}/${kind}`;
  const quoting = `Marie-Hélène Fictivaud <${emailOf('1')}> is refused`;
  return [
    {
      kind: 'refuse',
      route: create('registered'),
      field: 'preferredLanguage',
      equals: 'de',
      message: quoting,
    },
    { kind: 'status', status: 422, code: quoting, route: create('exhibitor'), rate: 0.04, seed: 5 },
    { kind: 'commit-then-drop', route: create('registered'), rate: 0.1, seed: 3 },
    { kind: 'truncate', route: create('exhibitor'), rate: 0.05, seed: 4 },
    { kind: 'html', route: 'PUT *', rate: 0.1, seed: 6 },
    { kind: 'alter', route: create('exhibitor'), field: 'address.city', how: { as: 'uppercase' } },
  ] as const;
}

/** The database refuses some rows and quotes them, as a violated constraint does. */
const QUOTING_DATABASE = `
  create sequence quoted;
  create function quote_it() returns trigger language plpgsql as $$ begin
    if nextval('quoted') < 4 then raise exception 'not this one: %', new; end if;
    return new;
  end $$;
  create trigger quote_it before insert on link for each row when (new.kind = 'participant') execute function quote_it()`;

/** What a person answers travels by a signal. */
async function decideOne(scene: Scene): Promise<void> {
  const gone = (await scene.items()).find(
    (item) => item.reason === 'target-deleted' && item.record_id !== null,
  );
  if (typeof gone?.record_id !== 'string') throw new Error('no partner was deleted by hand');
  await scene.decide(gone.record_id, 'target-deleted', 'recreate');
}

async function lookAgainAtOne(scene: Scene): Promise<void> {
  const { rows } = await scene.stack.pool.query<{ id: string }>(
    `select record_id as id from staged_record where settled_hash is not null order by 1 limit 1`,
  );
  const [inStep] = rows;
  if (inStep === undefined) throw new Error('no dossier came into step');
  await scene.signal(inStep.id);
  await scene.settled(inStep.id);
}

/** Every key and token that went over the wire, as the simulators received them. */
function watchCredentials(): { seen: Set<string>; stop(): void } {
  const seen = new Set<string>();
  const note = (message: unknown) => {
    // the channel's own form of a message
    const { headers } = (message as { request: { headers: Record<string, string | undefined> } }).request;
    for (const name of ['authorization', 'x-api-key']) seen.add(headers[name]?.replace(/^\w+ /, '') ?? '');
    seen.delete('');
  };
  subscribe('http.server.request.start', note);
  return { seen, stop: () => unsubscribe('http.server.request.start', note) };
}

/** An execution that nobody works on, with one value in each place where Temporal takes one. */
async function plant(scene: Scene, values: string[]): Promise<Execution> {
  const [argument, signal, memo, attribute, summary, reason, nested] = values;
  const { client } = scene.stack;
  const handle = await client.workflow.signalWithStart('dossier', {
    workflowId: 'planted',
    taskQueue: 'nobody',
    args: [{ argument, deep: [{ nested: JSON.stringify({ nested }) }] }],
    signal: 'retry',
    signalArgs: [signal],
    memo: { memo },
    staticSummary: summary ?? '',
    typedSearchAttributes: new TypedSearchAttributes([{ key: recordAttribute, value: attribute ?? '' }]),
  });
  await handle.terminate(reason);
  return { workflowId: handle.workflowId };
}
