import { z } from 'zod';
import { clearAccessLost } from '../../db/budget';
import { countHalfTicked } from '../../db/offer-marks';
import { inTransaction } from '../../db/pool';
import { savePreflight } from '../../db/runs';
import { getCursor, markAllDue, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import { checkOfferSync } from '../../mappings/pivot-cirkwi/check-offer-sync';
import { findMarks } from '../../mappings/pivot-cirkwi/find-marks';
import type { PreflightCheck } from '../../mappings/preflight-check';
import { connectionProblem, tellAccess } from '../access';
import { callContext } from '../call-context';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';

const fieldSchema = z.object({
  urn: z.string(),
  label: z.string(),
  category: z.string().nullable(),
  owner: z.string().nullable(),
  offerType: z.number(),
});
const sourceProbeSchema = z.object({
  connection: z.string().nullable(),
  offers: z.number(),
  fields: z.array(fieldSchema),
});
const targetProbeSchema = z.object({ connection: z.string().nullable(), objects: z.number() });

/** Looking at PIVOT and Cirkwi before anything is published. Findings go to Postgres. */
export function createOfferPreflightActivities(find: FindPivotCirkwi) {
  return {
    async probePivot(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = find(input.sync);
      await clearAccessLost(context.pool, context.sourceAccount);
      const found: z.infer<typeof sourceProbeSchema> = { connection: null, offers: 0, fields: [] };
      found.connection = await connectionProblem(async () => {
        const query = { queryId: context.configuration.query, content: 0 as const, perPage: 1 };
        found.offers = (await context.source.firstPage(query, callContext())).total;
        for (const type of context.configuration.offerTypes)
          found.fields.push(...(await context.source.booleanFields(type, callContext())));
      });
      await moveCursor(context.pool, context.slug, 'probe/source', found);
      return { reachable: found.connection === null };
    },

    async probeCirkwi(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = find(input.sync);
      await clearAccessLost(context.pool, context.targetAccount);
      const found: z.infer<typeof targetProbeSchema> = { connection: null, objects: 0 };
      found.connection = await connectionProblem(async () => {
        const query = { kind: 'circuit' as const, first: 0, rows: 1 };
        found.objects = (await context.target.list(query, callContext())).total;
      });
      await moveCursor(context.pool, context.slug, 'probe/target', found);
      return { reachable: found.connection === null };
    },

    /** Turns the findings into checks, and notes the urns of filter and tags, which decide what is published. */
    async judgeOfferPreflight(input: {
      sync: string;
      runId: number | null;
      overrides: string[];
    }): Promise<{ failed: string[]; trouble: string[]; checks: PreflightCheck[] }> {
      const context = find(input.sync);
      const { policies, configuration, pool, slug } = context;
      const source = sourceProbeSchema.parse(await getCursor(pool, slug, 'probe/source'));
      const target = targetProbeSchema.parse(await getCursor(pool, slug, 'probe/target'));
      const found = findMarks(source.fields, policies);
      await tellAccess(context, input.runId, { source, target });
      const half = await countHalfTicked(pool, slug, found.marks);
      const checks = checkOfferSync({
        sourceProblem: source.connection,
        targetProblem: target.connection,
        offers: source.offers,
        query: configuration.query,
        found,
        publicationRule: policies.publicationRule,
        half,
        publicUrl: configuration.feed.publicUrl,
      });
      if (input.runId !== null) await savePreflight(pool, input.runId, checks);
      const failed = checks.filter(
        (check) => check.result === 'fail' && !input.overrides.includes(check.code),
      );
      // without them every offer reads as unticked: a pass over a single one goes on with what was known before
      const areKnown = !failed.some((check) => check.code === 'filter-and-tags');
      if (source.connection === null && areKnown) await noteMarks(context, found.marks);
      const trouble = [source.connection, target.connection].filter((problem) => problem !== null);
      return { failed: failed.map((check) => check.code), trouble, checks };
    },
  };
}

/** Another urn or another rule can change what every offer becomes: then all of them are looked at again. */
async function noteMarks(
  context: PivotCirkwiContext,
  marks: ReturnType<typeof findMarks>['marks'],
): Promise<void> {
  const hash = canonicalHash({ marks, rule: context.policies.publicationRule });
  await inTransaction(context.pool, async (tx) => {
    if ((await getCursor(tx, context.slug, 'mapping-state')) === hash) return;
    await markAllDue(tx, context.slug);
    await moveCursor(tx, context.slug, 'marks', marks);
    await moveCursor(tx, context.slug, 'mapping-state', hash);
  });
}
