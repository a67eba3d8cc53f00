import { countOpenItems } from '../../db/attention';
import { attentionLines } from './attention-lines';
import type { DemoPair } from './demo-pairs';
import type { DemoStack } from './demo-stack';
import { letIn } from './let-in';
import { tellPivotCirkwi } from './pivot-cirkwi/story';
import { tellPlanexpoInwink } from './planexpo-inwink/story';
import type { StackBase } from './stack-base';
import { type DemoResult, type DemoSync, type StoryOptions, startDemoWorker } from './story';
import { tellWeavyWebmecanik } from './weavy-webmecanik/story';

const ITEMS_TOLD = 5;

/** What the words of a story differ in. */
const WORDS = {
  'planexpo-inwink': {
    title: 'Planexpo -> Inwink',
    holders: 'Inwink',
    record: 'dossier',
    where:
      'dossiers are found by their number (search attribute "record"); red ones say in plain words what they need.',
  },
  'pivot-cirkwi': {
    title: 'PIVOT -> Cirkwi',
    holders: 'Cirkwi',
    record: 'offer',
    where:
      'an edited track is "track/<sync>/<code>"; offers are found by their code (search attribute "record").',
  },
  'weavy-webmecanik': {
    title: 'weavy <-> Webmecanik',
    holders: 'weavy and Webmecanik',
    record: 'record',
    where:
      'a record that needed a workflow of its own is found by its code (search attribute "record"), as "mautic/contact/81".',
  },
} as const satisfies Record<DemoPair, Record<string, string>>;

/** Tells the stories of all pairs of the stack, one after the other: one that breaks off does not keep the next one from being told. */
export async function tellStories(
  stack: DemoStack,
  options: StoryOptions,
  uiUrl: string | undefined,
): Promise<DemoResult> {
  const { 'planexpo-inwink': expo, 'pivot-cirkwi': routes, 'weavy-webmecanik': crm } = stack;
  const tellers: Teller[] = [];
  const worker = await startDemoWorker(stack);
  await stack.startService();
  options.say(`The console while this runs: ${await letIn(stack)}\n`);
  if (expo !== null)
    tellers.push({
      pair: 'planexpo-inwink',
      stack: expo,
      tell: () => tellPlanexpoInwink(expo, worker, options),
    });
  if (routes !== null)
    tellers.push({
      pair: 'pivot-cirkwi',
      stack: routes,
      tell: () => tellPivotCirkwi(routes, worker, options),
    });
  if (crm !== null)
    tellers.push({
      pair: 'weavy-webmecanik',
      stack: crm,
      tell: () => tellWeavyWebmecanik(crm, worker, options),
    });
  const syncs: DemoSync[] = [];
  for (const teller of tellers) {
    await worker.ensure();
    syncs.push(await told(teller, options, uiUrl));
  }
  await worker.stop();
  return { ok: syncs.every(({ broken }) => broken.length === 0), syncs };
}

interface Teller {
  pair: DemoPair;
  stack: StackBase;
  tell(): Promise<DemoSync>;
}

async function told(
  { pair, stack, tell }: Teller,
  { say }: StoryOptions,
  uiUrl: string | undefined,
): Promise<DemoSync> {
  const { title, holders, record, where } = WORDS[pair];
  say(`${title}, sync ${stack.sync}`);
  const sync = await tell().catch(async (error: unknown): Promise<DemoSync> => {
    const line = error instanceof Error ? error.message : String(error);
    say(`   BROKE OFF: ${line}`);
    const attention = await countOpenItems(stack.pool, stack.sync);
    return { sync: stack.sync, pair, runs: [], duplicates: 0, attention, broken: [line] };
  });
  say(`Duplicates in ${holders}: ${sync.duplicates}. Items that need a person: ${sync.attention}.`);
  for (const line of await attentionLines(stack, { pair, record, limit: ITEMS_TOLD })) say(`   ${line}`);
  if (uiUrl !== undefined) {
    const run = encodeURIComponent(`run/${stack.sync}`);
    say(`In the Temporal UI: the run is ${uiUrl}/namespaces/default/workflows/${run},`);
    say(`   ${where}`);
  }
  say('');
  return sync;
}
