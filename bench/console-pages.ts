import { startServers } from '../cli/demo/servers';
import { createPool, type Pool } from '../db/pool';
import { startService } from '../service/start-service';
import { type ConsoleData, fillConsoleDatabase } from './console-data';
import { questions } from './console-questions';
import { benchConfiguration, letIn, type Visitors } from './console-service';

/**
 * How long the pages, the lists of the API and the questions behind them take on a large installation:
 * `npm run bench:pages -- [records] [runs]` (100,000 and 1,000). Each is asked thirty times after one that warms it up;
 * prints the median and the worst, and how PostgreSQL answers each question that takes more than 30 ms. Fails when a page's
 * median is over 200 ms.
 */

const TIMES = 30;
const PAGE_MS = 200;
const QUESTION_MS = 30;

interface Timing {
  name: string;
  median: number;
  worst: number;
  /** Of the answer; nothing for a question. */
  note: string;
}

interface Visit {
  name: string;
  path: string;
  headers: Record<string, string>;
  form?: Record<string, string>;
}

async function main(records: number, runs: number): Promise<void> {
  const servers = await startServers();
  try {
    say(`Filling a database with ${records} records and ${runs} runs ...`);
    const data = await fillConsoleDatabase(servers.databaseUrl, { records, runs });
    await askQuestions(servers.databaseUrl, data);
    const service = await startService({
      configuration: benchConfiguration(),
      databaseUrl: servers.databaseUrl,
      temporal: { address: servers.temporal.address, namespace: servers.temporal.namespace },
      host: '127.0.0.1',
      port: 0,
    });
    try {
      const slow = await visitPages(service.url, data, await letIn(service.url, servers.databaseUrl));
      if (slow.length > 0) throw new Error(`over ${PAGE_MS} ms: ${slow.join(', ')}`);
    } finally {
      await service.stop();
    }
  } finally {
    await servers.stop();
  }
}

async function askQuestions(databaseUrl: string, data: ConsoleData): Promise<void> {
  const pool = createPool(databaseUrl, 4);
  try {
    say('\nQuestions');
    for (const [name, ask] of questions(data)) {
      const timing = await time(name, async () => {
        await ask(pool);
        return '';
      });
      print(timing);
      if (timing.median > QUESTION_MS) await explain(pool, ask);
    }
  } finally {
    await pool.end();
  }
}

/** Asks once more, and shows how each statement of it is answered. */
async function explain(pool: Pool, ask: (db: Pool) => Promise<unknown>): Promise<void> {
  const explaining = new Proxy(pool, {
    get(target, property, receiver) {
      if (property !== 'query') return Reflect.get(target, property, receiver);
      return async (text: string, values?: unknown[]) => {
        const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
          `explain (analyze, buffers, costs off) ${text}`,
          values,
        );
        for (const row of rows) say(`      ${row['QUERY PLAN'].slice(0, 160)}`);
        return pool.query(text, values);
      };
    },
  });
  await ask(explaining);
}

/** Answers the pages that took too long. */
async function visitPages(url: string, data: ConsoleData, visitors: Visitors): Promise<string[]> {
  const slow: string[] = [];
  const groups = [
    ['Pages', pages(data, visitors.browser)],
    ['Searches', searches(data, visitors.browser, await tokenOf(url, visitors.browser))],
    ['API', await apiLists(url, data, visitors.program)],
  ] as const;
  for (const [title, visits] of groups) {
    say(`\n${title}`);
    for (const visit of visits) {
      const timing = await time(visit.name, () => ask(url, visit));
      print(timing);
      if (timing.median > PAGE_MS) slow.push(visit.name);
    }
  }
  return slow;
}

function pages(data: ConsoleData, headers: Record<string, string>): Visit[] {
  const { offers, dossiers, crm, run, plan } = data;
  const deep = 'after=ITB-0A-090000';
  const record = 'ITB-0A-000112';
  return [
    '/',
    ...[offers, dossiers, crm].flatMap((sync) => [`/syncs/${sync}`, `/syncs/${sync}/runs`]),
    `/syncs/${offers}/records`,
    `/syncs/${offers}/records?${deep}`,
    `/syncs/${offers}/records?outcome=held&${deep}`,
    `/syncs/${offers}/records?due=1`,
    `/syncs/${crm}/records`,
    `/syncs/${offers}/records/${record}`,
    `/syncs/${crm}/records/${encodeURIComponent('mautic/contact/9')}`,
    `/syncs/${offers}/tracks`,
    `/syncs/${dossiers}/mask`,
    `/syncs/${crm}/mapping`,
    `/runs/${run}`,
    `/runs/${run}/records?${deep}`,
    `/runs/${run}/records?outcome=refused`,
    `/runs/${plan}`,
    `/runs/${plan}/plan`,
    `/runs/${plan}/plan?only=to-apply&${deep}`,
    `/runs/${plan}/plan?only=withdraws`,
    '/attention',
    `/attention?sync=${offers}&severity=info`,
    '/attention?reason=edited-in-cirkwi',
    '/attention?state=resolved',
    '/audit',
    `/audit?sync=${crm}`,
    '/people',
    '/account',
  ].map((path) => ({ name: path, path, headers }));
}

/** A search is posted, so that no name gets into an address. */
function searches(data: ConsoleData, headers: Record<string, string>, _csrf: string): Visit[] {
  const { offers, run, plan } = data;
  return [`/syncs/${offers}/records`, `/runs/${run}/records`, `/runs/${plan}/plan`].flatMap((path) =>
    ['balade', 'étangs 77', '098765', 'zzzz', 'b'].map((text) => ({
      name: `${path} "${text}"`,
      path,
      headers,
      form: { text, _csrf },
    })),
  );
}

async function tokenOf(url: string, headers: Record<string, string>): Promise<string> {
  const page = await (await fetch(`${url}/`, { headers })).text();
  return /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Every list and object of the API that its own description names, with the values that the database has for its parameters. */
async function apiLists(url: string, data: ConsoleData, headers: Record<string, string>): Promise<Visit[]> {
  const described = await fetch(`${url}/openapi.json`, { headers, redirect: 'manual' });
  if (!described.ok || !described.headers.get('content-type')?.includes('json')) return [];
  // made by this service: `paths` is there
  const { paths } = (await described.json()) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths)
    .filter(([path, methods]) => path.startsWith('/api/') && 'get' in methods)
    .filter(
      ([path]) => !/preflight|reconcile|differences|fields|preview|workbook|file|live|events/.test(path),
    ) // these ask platforms, for files, or do not end
    .map(([path]) => path.replace(/\{(\w+)\}/g, (_all, name: string) => parameterValue(name, path, data)))
    .map((path) => ({ name: path, path, headers }));
}

/** A value for a parameter of an address: masks, mappings and plans are not of every sync and run. */
function parameterValue(
  parameter: string,
  path: string,
  { offers, dossiers, crm, run, plan }: ConsoleData,
): string {
  if (parameter === 'sync')
    return path.includes('/mask') ? dossiers : path.includes('/mapping') ? crm : offers;
  if (parameter === 'record') return 'ITB-0A-000112';
  if (parameter === 'run') return String(path.includes('/plan') ? plan : run);
  return '1';
}

async function ask(url: string, { path, headers, form }: Visit): Promise<string> {
  const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const answer = await fetch(url + path, { ...sent, headers, redirect: 'manual' });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return answer.status === 200 ? `${Math.round(bytes / 1_024)} KiB` : `status ${answer.status}`;
}

async function time(name: string, act: () => Promise<string>): Promise<Timing> {
  let note = await act();
  const taken: number[] = [];
  for (let turn = 0; turn < TIMES; turn += 1) {
    const startedAt = performance.now();
    note = await act();
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  return { name, median: taken[TIMES / 2] ?? 0, worst: taken.at(-1) ?? 0, note };
}

function print({ name, median, worst, note }: Timing): void {
  say(`${median.toFixed(1).padStart(8)} ${worst.toFixed(1).padStart(8)} ms  ${name}  ${note}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1_000)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
