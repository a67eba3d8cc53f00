import { listPlanEntries } from '../../../db/plans';
import type { PreflightCheck } from '../../../mappings/preflight-check';
import type { RunReport } from '../../../workflows/messages';
import { type GoBetween, startGoBetween } from './go-between';
import { type Scene, startScene, TICKS } from './scene';

const OFFERS = 24;
let scene: Scene;
let between: GoBetween;

beforeAll(async () => {
  between = await startGoBetween();
  scene = await startScene({ pivot: { baseUrl: `${between.url}/PivotWeb-3.1` } });
  between.target = scene.stack.urls.pivot;
});
afterAll(async () => {
  await scene?.close();
  await between?.stop();
});
afterEach(() => {
  between.spoil = null;
});

const feeds = async () => [await scene.feed('circuits'), await scene.feed('pois')];

/** The filter of another operator with the same label, in other letters. */
const HOMONYM = {
  urn: 'urn:fld:filtcat:44:000007',
  userGlobalId: 44,
  userGlobalName: 'Maison du tourisme inventée',
  type: 'Boolean',
  label: [{ lang: 'fr', value: 'CIRKWI' }],
};

function withHomonym(thesaurus: string): string {
  return JSON.stringify(JSON.parse(thesaurus), (_key, value: unknown) =>
    Array.isArray(value) && value.some((field) => field.urn === TICKS.filter) ? [...value, HOMONYM] : value,
  );
}

/** What a plan says of an offer. */
async function planned(report: RunReport, code: string) {
  const entries = await listPlanEntries(scene.stack.pool, { runId: report.runId, after: '', limit: 500 });
  const entry = entries.find(({ recordId }) => recordId === code);
  return entry && { outcome: entry.outcome, reason: entry.reason };
}

async function checkOf(report: RunReport, code: string): Promise<PreflightCheck | undefined> {
  const { rows } = await scene.stack.pool.query<{ preflight: PreflightCheck[] }>(
    'select preflight from run where id = $1',
    [report.runId],
  );
  return rows[0]?.preflight.find((check) => check.code === code);
}

describe('offers that are only half ticked', () => {
  test.each([
    ['any', { outcome: 'created' }],
    ['all', { outcome: 'skipped' }],
  ] as const)(
    'under the rule "%s" stand in the plan and in the check with their reason',
    async (rule, what) => {
      const { notes } = await scene.begin({ offers: OFFERS, policies: { publicationRule: rule } });
      const halves = notes.filterOnly.length + notes.tagOnly.length;
      const whole = notes.publishable.length;

      const plan = await scene.run({ mode: 'plan' });
      const run = await scene.run();
      const quiet = await scene.run();

      for (const code of notes.filterOnly)
        expect(await planned(plan, code)).toEqual({ ...what, reason: 'filter-without-tag' });
      for (const code of notes.tagOnly)
        expect(await planned(plan, code)).toEqual({ ...what, reason: 'tag-without-filter' });
      expect(run.counts).toMatchObject({ created: rule === 'any' ? whole + halves : whole, read: OFFERS });
      const check = await checkOf(quiet, 'half-ticked');
      expect(check).toMatchObject({ result: 'warn' });
      expect(check?.evidence.en).toContain(notes.filterOnly[0]);
      expect(check?.evidence.en).toContain(`published (rule "${rule}")`);
    },
  );

  test('with the filter alone are offered but shown nowhere, and with a tag alone where the tag says', async () => {
    const { notes } = await scene.begin({ offers: OFFERS });
    const [filterOnly] = notes.filterOnly;
    const [tagOnly] = notes.tagOnly;
    await scene.run();

    const elements = await scene.elements();

    expect(elements.get(filterOnly ?? '')).toContain('publie_cirkwi="0"');
    expect(elements.get(tagOnly ?? '')).toContain('publie_cirkwi="1"');
  });

  test('are withdrawn when the sync changes to the rule "all", although PIVOT did not change', async () => {
    const { notes } = await scene.begin({ offers: OFFERS });
    await scene.run();
    scene.configuration.policies.publicationRule = 'all';

    const run = await scene.run();

    const halves = [...notes.filterOnly, ...notes.tagOnly];
    expect(run).toMatchObject({ counts: { withdrawn: halves.length, read: OFFERS }, writes: halves.length });
    expect([...(await scene.elements()).keys()].sort()).toEqual([...notes.publishable].sort());
  });
});

describe('the filter and the tags', () => {
  test('are found by their labels', async () => {
    await scene.begin({ offers: OFFERS });

    const run = await scene.run();

    const check = await checkOf(run, 'filter-and-tags');
    expect(check?.result).toBe('pass');
    for (const urn of Object.values(TICKS)) expect(check?.evidence.en).toContain(urn);
  });

  test('of two operators with the same label: the run stops, names both, and goes on once one is named', async () => {
    await scene.begin({ offers: OFFERS });
    await scene.run();
    const served = await feeds();
    between.spoil = { path: /thesaurus\/typeofr/, rewrite: withHomonym };

    const stopped = await scene.run({ full: true });
    const preview = await scene.run({ mode: 'plan' });
    const check = await checkOf(stopped, 'filter-and-tags');
    scene.configuration.policies.filterUrns = [TICKS.filter];
    const named = await scene.run({ full: true });

    expect(stopped).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
    expect(preview).toMatchObject({ outcome: 'stopped', code: 'prerequisites' });
    for (const known of [TICKS.filter, HOMONYM.urn, 'urn:cat:', HOMONYM.userGlobalName])
      expect(check?.evidence.en).toContain(known);
    expect(check?.advice.en).toContain('policies.filterUrns');
    expect(named).toMatchObject({ outcome: 'completed', writes: 0, counts: { unchanged: 22 } });
    expect(await feeds()).toEqual(served);
  });

  test('that nobody finds any more withdraw nothing, in no run, no preview and no pass over a single offer', async () => {
    const { notes } = await scene.begin({ offers: OFFERS });
    const [one = ''] = notes.publishable;
    await scene.run();
    const served = await feeds();
    between.spoil = {
      path: /thesaurus\/typeofr/,
      rewrite: (answer) => answer.replaceAll('Cirkwi', 'Autre nom').replaceAll('cdf', 'autre'),
    };

    const stopped = await scene.run({ full: true });
    const preview = await scene.run({ mode: 'plan' });
    await scene.signal(one);
    await scene.settled(one);

    expect(stopped).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
    expect(stopped.reason).toContain('filter-and-tags');
    expect(preview).toMatchObject({ outcome: 'stopped' });
    expect(await feeds()).toEqual(served);
    between.spoil = null;
    expect(await scene.run()).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await feeds()).toEqual(served);
  });
});
