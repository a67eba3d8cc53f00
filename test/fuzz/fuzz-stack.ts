import { setTimeout as pause } from 'node:timers/promises';
import { type DemoStack, startDemoStack } from '../../cli/demo/demo-stack';
import { editBothSides } from '../../cli/demo/pivot-cirkwi/edits';
import { importNow } from '../../cli/demo/pivot-cirkwi/import';
import { startServers } from '../../cli/demo/servers';
import type { OperationContext } from '../../operations/context';
import { addPerson } from '../../operations/people';
import { applySchedule } from '../../operations/schedules';
import { createToken } from '../../operations/tokens';

const RECORDS = { 'planexpo-inwink': 120, 'pivot-cirkwi': 120, 'weavy-webmecanik': 120 };
const PAIRS = ['planexpo-inwink', 'pivot-cirkwi', 'weavy-webmecanik'] as const;
const GIVE_UP_MS = 180_000;

/** What is there to be found by whoever guesses: a part of it in most requests, so that they get past the first door. */
export interface Known {
  syncs: string[];
  runs: number[];
  plans: number[];
  records: string[];
  items: number[];
  edits: number[];
  people: number[];
  decisions: string[];
}

export interface FuzzStack {
  url: string;
  token: string;
  known: Known;
  /** Files that can be used as they are, by their name, and where the API has them. */
  files: Readonly<Record<string, string>>;
  /** The sync that has what stands in a path: `mask`, `mapping`, `tracks`. */
  only: Readonly<Record<string, string>>;
  /** What the service wrote to its log: warnings and errors. */
  log(): string;
  stop(): Promise<void>;
}

/** A whole local stack with all three pairs, each of which was run and planned, and the service with an administrator's token. */
export async function startFuzzStack(): Promise<FuzzStack> {
  const servers = await startServers();
  try {
    const { databaseUrl, temporal } = servers;
    const stack = await startDemoStack({ databaseUrl, temporal, pairs: PAIRS, records: RECORDS, seed: 7 });
    const stop = async () => {
      await stack.stop();
      await servers.stop();
    };
    try {
      const service = await stack.startService();
      await stack.startWorker();
      const token = await tokenOf(stack);
      const api = apiOf(stack.serviceUrl, token);
      const syncs = Object.keys(stack.configuration.syncs);
      for (const sync of syncs) await runToEnd(api, sync, { mode: 'run' });
      await drawTracks(stack);
      for (const sync of syncs) {
        await runToEnd(api, sync, { mode: 'run', full: true });
        await runToEnd(api, sync, { mode: 'plan', full: true });
      }
      for (const sync of syncs) await applySchedule(contextOf(stack), sync, { every: '6h' });
      const keeper = keepMoving(stack);
      const known = await knownOf(stack, syncs);
      return {
        url: stack.serviceUrl,
        token,
        known,
        only: onlyOf(stack),
        files: filesOf(onlyOf(stack), known),
        log: () => service.log(),
        async stop() {
          keeper.stop();
          await stop();
        },
      };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

/** People edit tracks in Cirkwi, which the next full run finds. */
async function drawTracks({ 'pivot-cirkwi': routes }: DemoStack): Promise<void> {
  if (routes === null) return;
  await importNow(routes);
  await editBothSides(routes);
}

function contextOf({ configuration, pool, client }: DemoStack): OperationContext {
  return { configuration, pool, temporal: async () => client, actor: 'fuzz' };
}

/** Null for a 409. */
type Ask = <T>(path: string, body?: unknown) => Promise<T | null>;

function apiOf(url: string, token: string): Ask {
  return async <T>(path: string, body?: unknown) => {
    const reply = await fetch(`${url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (reply.status === 409) return null;
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T; // as described
  };
}

async function runToEnd(ask: Ask, sync: string, request: object): Promise<void> {
  const until = Date.now() + GIVE_UP_MS;
  const look = async <T>(see: () => Promise<T | null>): Promise<T> => {
    for (;;) {
      const seen = await see();
      if (seen !== null) return seen;
      if (Date.now() > until) throw new Error(`a run of ${sync} does not end`);
      await pause(200);
    }
  };
  // 409 for a moment: the workflow of the run before closes after its run was noted as ended
  const { workflowRunId } = await look(() => ask<{ workflowRunId: string }>(`/syncs/${sync}/runs`, request));
  await look(async () => {
    const page = await ask<{ items: Listed[] }>(`/runs?sync=${sync}`);
    return page?.items.find((run) => run.workflowRunId === workflowRunId)?.outcome ?? null;
  });
}

interface Listed {
  workflowRunId: string;
  outcome: string | null;
}

/**
 * An administrator's token that this database lets nobody revoke: among the requests is one that revokes any token, and
 * with its own gone the rest would only ever be turned away.
 */
async function tokenOf(stack: DemoStack): Promise<string> {
  const { pool } = stack;
  const { token, view } = await createToken(contextOf(stack), { name: 'fuzz', scope: 'administer' });
  await pool.query(
    `create function stays() returns trigger language plpgsql as $$ begin
       if old.id = ${view.id} and new.revoked_at is not null then return null; end if; return new; end $$`,
  );
  await pool.query('create trigger stays before update on api_token for each row execute function stays()');
  return token;
}

/** Runs that a request paused go on after a while: watching one would last until the watcher gives up. */
function keepMoving({ pool, client }: DemoStack): { stop(): void } {
  const timer = setInterval(async () => {
    const { rows } = await pool
      .query<{ workflow_id: string }>('select workflow_id from run_place')
      .catch(() => ({ rows: [] }));
    for (const { workflow_id } of rows)
      await client.workflow
        .getHandle(workflow_id)
        .signal('resume')
        .catch(() => undefined);
  }, 2_000);
  return { stop: () => clearInterval(timer) };
}

function onlyOf(stack: DemoStack): Record<string, string> {
  const mask = stack['planexpo-inwink']?.sync ?? '';
  return { mask, mapping: stack['weavy-webmecanik']?.sync ?? '', tracks: stack['pivot-cirkwi']?.sync ?? '' };
}

function filesOf({ mask, tracks }: Record<string, string>, { edits: [edit] }: Known): Record<string, string> {
  return {
    // holds the answers of the mask in force, so it can be imported as it is
    'workbook.xlsx': `/syncs/${mask}/mask/workbook`,
    'track.gpx': `/syncs/${tracks}/tracks/${edit}/gpx`,
  };
}

async function knownOf(stack: DemoStack, syncs: string[]): Promise<Known> {
  const { pool } = stack;
  const column = async <T>(statement: string) =>
    (await pool.query<{ value: T }>(statement)).rows.map(({ value }) => value);
  await addPerson(contextOf(stack), { login: 'somebody', role: 'administrator' });
  return {
    syncs,
    runs: await column('select id as value from run order by id'),
    plans: await column(`select id as value from run where mode = 'plan' order by id`),
    records: await column(
      `select record_id as value from (select *, row_number() over (partition by sync, outcome order by record_id) as n from staged_record) r where n <= 3 order by 1`,
    ),
    items: await column('select id as value from attention_item order by id limit 60'),
    edits: await column('select id as value from track_edit order by id limit 20'),
    people: await column('select id as value from account order by id'),
    decisions: ['acknowledge', 'recreate', 'stop', 'allow-once', 'accept', 'keep', 'relink', 'unlink'],
  };
}
