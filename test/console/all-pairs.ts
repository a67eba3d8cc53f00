import { DEMO_PAIRS } from '../../cli/demo/demo-pairs';
import { type DemoStack, startDemoStack } from '../../cli/demo/demo-stack';
import { drawDetour } from '../../cli/demo/pivot-cirkwi/cirkwi-circuit';
import { importNow } from '../../cli/demo/pivot-cirkwi/import';
import type { PivotCirkwiStack } from '../../cli/demo/pivot-cirkwi/stack';
import type { LocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { runOnce } from '../../cli/demo/story';
import { plainContacts } from '../../cli/demo/weavy-webmecanik/chosen-records';
import type { WeavyWebmecanikStack } from '../../cli/demo/weavy-webmecanik/stack';
import { runAndWait } from '../../operations/start-run';
import { onTestServers } from '../harness/test-servers';
import { until } from '../harness/until';

const RECORDS = { 'planexpo-inwink': 60, 'pivot-cirkwi': 40, 'weavy-webmecanik': 40 } as const;

/** What the exhibition's item says of the partner that was deleted below. */
export const DELETED_PARTNER = 'Le partenaire de ce dossier a été supprimé dans Inwink.';

export interface AllPairs {
  stack: DemoStack;
  /** Addresses of pages that have something to show, by what they are. */
  pages: Readonly<Record<PageName, string>>;
}

export type PageName =
  | 'overview'
  | 'attention'
  | 'audit'
  | 'account'
  | 'sync'
  | 'run'
  | 'records'
  | 'plan'
  | 'dossier'
  | 'mask'
  | 'offer'
  | 'tracks'
  | 'track'
  | 'contact'
  | 'mapping'
  | 'mapping-contacts';

/** All three pairs after their first runs, with a worker and the service; a partner was deleted, and a track was edited. */
export async function startAllPairs(): Promise<AllPairs> {
  const stack = await onTestServers(undefined, (servers) =>
    startDemoStack({ pairs: DEMO_PAIRS, records: RECORDS, seed: 1, ...servers }),
  );
  try {
    await Promise.all([stack.startWorker(), stack.startService()]);
    const { 'planexpo-inwink': expo, 'pivot-cirkwi': routes, 'weavy-webmecanik': crm } = stack;
    if (expo === null || routes === null || crm === null) throw new Error('a pair is missing');
    const exhibition = await runExhibition(expo);
    const itineraries = await runItineraries(routes);
    const contact = await runCrm(crm);
    const [salon, crmSync] = [`/syncs/${expo.sync}`, `/syncs/${crm.sync}`];
    return {
      stack,
      pages: {
        overview: '/',
        attention: '/attention',
        audit: '/audit',
        account: '/account',
        sync: salon,
        records: `${salon}/records`,
        mask: `${salon}/mask`,
        ...exhibition,
        ...itineraries,
        contact: `${crmSync}/records/${encodeURIComponent(contact)}`,
        mapping: `${crmSync}/mapping`,
        'mapping-contacts': `${crmSync}/mapping/contacts`,
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function runExhibition(stack: LocalStack): Promise<Record<'plan' | 'run' | 'dossier', string>> {
  const { sync, client, pool } = stack;
  const planned = await runAndWait(client, 'planexpo-inwink', { sync, mode: 'plan', trigger: 'manual' });
  if (planned.kind !== 'report') throw new Error('the plan came to nothing');
  await runOnce(stack, 'planexpo-inwink', {}, () => {});
  const { rows } = await pool.query<{ dossier: string; partner: string }>(
    `select source_key as dossier, target_id as partner from link where sync = $1 and kind = 'partner' order by 1 limit 1`,
    [sync],
  );
  const [linked] = rows;
  if (linked === undefined) throw new Error('the first run linked nothing');
  await stack.inwink.put('exhibitor', { action: 'delete', id: linked.partner });
  await runOnce(stack, 'planexpo-inwink', { full: true }, () => {});
  const { runId } = planned.report;
  return {
    plan: `/runs/${runId}/plan`,
    run: `/runs/${runId + 2}`,
    dossier: `/syncs/${sync}/records/${linked.dossier}`,
  };
}

async function runItineraries(
  stack: PivotCirkwiStack,
): Promise<Record<'offer' | 'tracks' | 'track', string>> {
  const { sync, pool, sample } = stack;
  const [edited] = sample.notes.edit;
  if (edited === undefined) throw new Error('the sample has no itinerary to draw in');
  await runOnce(stack, 'pivot-cirkwi', {}, () => {});
  await importNow(stack);
  await drawDetour(stack, edited);
  await runOnce(stack, 'pivot-cirkwi', { full: true }, () => {});
  const edit = await until('the edit is offered to people', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `select id from track_edit where sync = $1 and state = 'offered'`,
      [sync],
    );
    return rows[0]?.id;
  });
  const tracks = `/syncs/${sync}/tracks`;
  return { offer: `/syncs/${sync}/records/${edited}`, tracks, track: `${tracks}/${edit}` };
}

/** Answers the id of a contact that both sides know. */
async function runCrm(stack: WeavyWebmecanikStack): Promise<string> {
  await runOnce(stack, 'weavy-webmecanik', {}, () => {});
  const [known] = plainContacts(stack);
  if (known === undefined) throw new Error('the sample has no contact that both sides know');
  return `mautic/contact/${known.mautic}`;
}
