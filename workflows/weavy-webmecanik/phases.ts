import type { CarriedRun, SyncRunInput } from '../messages';
import { politely } from '../politely';
import { mayGoOn, RunEnds, show } from '../run-frame';
import { confirmVanished, type Phases, takeOverPlan } from '../run-steps';
import {
  coupleActivities,
  localCouples,
  mauticActivities,
  sideActivities,
  weavyActivities,
} from './activities';
import { apply } from './apply';
import { readOne } from './read-one';

const SIDES = ['weavy', 'mautic'] as const;
const KINDS = {
  weavy: ['weavy/customer', 'weavy/customercontact'],
  mautic: ['mautic/company', 'mautic/contact'],
} as const;
/** Companies first: a contact follows its company. */
const COUPLE_KINDS = ['company', 'person'] as const;

/** Looks at both CRMs and refuses to go on while a prerequisite fails that nobody took on by name. */
async function preflight(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { retry } = run.settings;
  const { sync } = input;
  const [weavy, mautic] = await Promise.all([
    politely(() =>
      weavyActivities(retry).probeWeavy.executeWithOptions({ summary: 'look at weavy' }, [{ sync }]),
    ),
    politely(() =>
      mauticActivities(retry).probeMautic.executeWithOptions({ summary: 'look at Webmecanik' }, [{ sync }]),
    ),
  ]);
  if (weavy.reachable && mautic.reachable)
    await politely(() =>
      mauticActivities(retry).discoverFields.executeWithOptions(
        { summary: 'discover the fields of both sides' },
        [{ sync }],
      ),
    );
  const { failed, trouble } = await localCouples.judgeCrmPreflight({
    sync,
    runId: run.runId,
    overrides: input.overrides ?? [],
  });
  const isPreview = input.mode !== 'run';
  // the first run of a two-way sync is a plan that a person applies (settled question 32)
  const inTheWay = failed.filter((code) => !(code === 'first-run' && isPreview));
  if (inTheWay.length === 0 || (input.mode === 'plan' && trouble.length === 0)) return;
  const what = trouble.length > 0 ? trouble.join(' ') : `prerequisites not met: ${inTheWay.join(', ')}`;
  throw new RunEnds('stopped', 'prerequisites', `${what} (see "passerelle check ${sync}")`);
}

/** Stages what changed on either side, or everything; both sides at the same time. */
async function read(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.only !== undefined) {
    run.progress.read = await readOne(sync, input.only, settings.retry);
    return;
  }
  await Promise.all(SIDES.map((side) => readSide(side, input, run)));
  if (settings.full)
    for (const side of SIDES)
      await confirmVanished(input, run, `records are missing from what ${side} answered`, (allowed) =>
        politely(() =>
          sideActivities(side, settings.retry).confirmVanishedRecords.executeWithOptions(
            { summary: `look for records that are gone in ${side}` },
            [{ sync, runId, ...allowed }],
          ),
        ),
      );
}

async function readSide(side: (typeof SIDES)[number], input: SyncRunInput, run: CarriedRun): Promise<void> {
  const activities = sideActivities(side, run.settings.retry);
  const { runId, settings } = run;
  for (const kind of KINDS[side]) {
    for (let done = false; !done; ) {
      await mayGoOn(run);
      const page = await politely(() =>
        activities.readKind.executeWithOptions({ summary: `read ${kind}` }, [
          { sync: input.sync, runId, kind, full: settings.full },
        ]),
      );
      done = page.done;
      run.progress.read += page.read;
      show(input, run);
    }
  }
}

/** Which records are one, and what would be written where; a plan made earlier is taken over as it is. */
async function plan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.mode === 'apply') return takeOverPlan(input, run);
  const { retry } = settings;
  await politely(() =>
    mauticActivities(retry).followGone.executeWithOptions({ summary: 'follow merged and deleted records' }, [
      { sync, runId },
    ]),
  );
  await lookForEntrants(input, run);
  const couples = coupleActivities(retry);
  await couples.matchCouples.executeWithOptions({ summary: 'match records of both sides' }, [
    { sync, runId, keys: null },
  ]);
  for (const kind of COUPLE_KINDS) {
    for (let after: string | null = ''; after !== null; ) {
      await mayGoOn(run);
      const from: string = after;
      const page = await couples.planCouples.executeWithOptions({ summary: `plan ${kind} records` }, [
        {
          sync,
          runId,
          kind,
          scope: settings.full ? ('all' as const) : ('due' as const),
          after: from,
          only: input.only === undefined ? null : [input.only],
          records: input.mode === 'plan' ? ('plan' as const) : ('plan-and-outcomes' as const),
        },
      ]);
      run.progress.planned += page.planned;
      after = page.after;
      show(input, run);
    }
  }
  if (input.mode === 'run' && input.only === undefined) await localCouples.tellLeftOut({ sync, runId });
}

async function lookForEntrants(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  for (let after: string | null = ''; after !== null; ) {
    await mayGoOn(run);
    const from: string = after;
    const page = await politely(() =>
      weavyActivities(run.settings.retry).readEntrants.executeWithOptions(
        { summary: 'look for Entrants that are there already' },
        [{ sync, runId: run.runId, after: from }],
      ),
    );
    after = page.after;
  }
}

/** What weavy <-> Webmecanik does in each phase of a run. */
export const weavyWebmecanikPhases: Phases = { preflight, read, plan, apply };
