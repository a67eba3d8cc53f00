import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import { type CrmStack, startCrmTestStack } from '../../harness/crm-stack';
import { until } from '../../harness/until';

export const PAIR = 'weavy-webmecanik';

/** Two empty CRMs that answer in short pages, and workers that may be killed. */
export interface KillScene {
  stack: CrmStack;
  startWorker(): Promise<PasserelleProcess>;
  run(input?: { full?: boolean; only?: string }): Promise<RunEnd>;
}

/** Rows of a page that is read: the records of one test fill several. */
export const PAGE_SIZE = 10;

export async function startKillScene(account: { timeout?: string } = {}): Promise<KillScene> {
  const stack = await startCrmTestStack({
    records: 0,
    policies: { retry: { initialInterval: '200ms', maximumInterval: '1s', maximumAttempts: 20 } },
  });
  const configuration = `${stack.configurationFile}.pages.yaml`;
  // written by the stack itself
  const written = parse(await readFile(stack.configurationFile, 'utf8')) as {
    platforms: Record<string, Record<string, unknown>>;
  };
  for (const each of Object.values(written.platforms))
    Object.assign(each, { pageSize: PAGE_SIZE, ...account });
  await writeFile(configuration, stringify(written));
  return {
    stack,
    startWorker: () => stack.startWorker({ PASSERELLE_CONFIG: configuration }),
    run: (input = {}) =>
      runAndWait(stack.client, PAIR, { sync: stack.sync, mode: 'run', trigger: 'manual', ...input }),
  };
}

/** How many of each kind people make for one test. */
export const OF_EACH = 12;

const numbers = Array.from({ length: OF_EACH }, (_, at) => at + 1);

/** New companies and contacts on both sides; every Contact in weavy has a Tiers. */
export async function peopleMake({ stack: { weavy, mautic } }: KillScene, tag: string): Promise<void> {
  for (const n of numbers) {
    const text = `${tag} ${n}`;
    const person = {
      lastName: `Nom ${text}`,
      city: `Ville ${text}`,
      phoneNumber: `+33 1 99 00 00 ${10 + n}`,
    };
    await weavy.put('customer', {
      action: 'upsert',
      id: `T-${tag}-${n}`,
      value: { fields: { name: `Tiers ${text}`, city: `Ville ${text}` } },
    });
    await weavy.put('customercontact', {
      action: 'upsert',
      id: `C-${tag}-${n}`,
      value: { fields: { email: `c${n}@${tag}.example`, customer_ID: `T-${tag}-${n}`, ...person } },
    });
    await mautic.put('company', {
      action: 'upsert',
      value: { fields: { companyname: `Company ${text}`, companycity: `Town ${text}` } },
    });
    await mautic.put('contact', {
      action: 'upsert',
      value: {
        fields: { email: `m${n}@${tag}.example`, lastname: `Name ${text}`, city: `Town ${text}`, points: 0 },
      },
    });
  }
}

/** Every couple of an earlier `peopleMake` is edited: one half on the one side, the other half on the other. */
export async function peopleEdit(scene: KillScene, tag: string, word: string): Promise<void> {
  const { weavy, mautic } = scene.stack;
  const contacts = await mautic.records('contact');
  const companies = await mautic.records('company');
  for (const n of numbers) {
    const contact = contacts.find((each) => fieldOf(each, 'email') === `c${n}@${tag}.example`);
    const company = companies.find((each) => fieldOf(each, 'companyname') === `Tiers ${tag} ${n}`);
    if (contact === undefined || company === undefined) throw new Error(`${tag} ${n} is not in Mautic`);
    if (n % 2 === 0) {
      await weavy.put('customercontact', edit(`C-${tag}-${n}`, { lastName: `${word} ${n}` }));
      await weavy.put('customer', edit(`T-${tag}-${n}`, { city: `${word} ${n}` }));
    } else {
      await mautic.put('contact', edit(String(contact.id), { lastname: `${word} ${n}` }));
      await mautic.put('company', edit(String(company.id), { companycity: `${word} ${n}` }));
    }
  }
}

function edit(id: string, fields: Record<string, string>) {
  return { action: 'patch' as const, id, value: { fields } };
}

/** A field of a record as a simulator keeps it. */
export function fieldOf(record: Record<string, unknown>, field: string): unknown {
  const { fields } = record;
  // every record of both simulators has its fields there
  return (fields as Record<string, unknown>)[field];
}

export async function exists({ stack }: KillScene, what: string): Promise<boolean> {
  const { rows } = await stack.pool.query<{ found: boolean }>(`select exists (${what}) as found`);
  return rows[0]?.found === true;
}

/** Every fault of both simulators has hit as often as it may. */
export async function allHit({ stack: { weavy, mautic } }: KillScene): Promise<boolean> {
  const uses = [...(await weavy.faultUses()), ...(await mautic.faultUses())];
  return uses.length > 0 && uses.every(({ fault, hits }) => hits >= (fault.count ?? 1));
}

/** The worker dies at the moment that `isNow` sees, in the middle of a run. */
export async function diesWhen(
  scene: KillScene,
  worker: PasserelleProcess,
  what: string,
  isNow: () => Promise<boolean>,
): Promise<void> {
  await until(what, isNow);
  await worker.kill();
  expect(await exists(scene, 'select 1 from run where finished_at is null')).toBe(true);
}

/** The worker dies in the middle of a transaction: it wants to write to this table, and has to wait. */
export async function diesWriting(scene: KillScene, worker: PasserelleProcess, table: string): Promise<void> {
  const holder = await scene.stack.pool.connect();
  try {
    await holder.query(`begin; lock table ${table} in share mode`);
    await diesWhen(scene, worker, `it writes to ${table}`, () => isWaiting(scene, table));
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

export function isWaiting(scene: KillScene, table: string): Promise<boolean> {
  return exists(scene, `select 1 from pg_locks where not granted and relation = '${table}'::regclass`);
}
