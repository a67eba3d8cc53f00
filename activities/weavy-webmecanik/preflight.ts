import { z } from 'zod';
import { openItem, resolveItems } from '../../db/attention';
import { clearAccessLost } from '../../db/budget';
import { countCouples } from '../../db/couples';
import { nextMapping, takeUpMapping } from '../../db/field-mappings';
import { inTransaction } from '../../db/pool';
import { savePreflight } from '../../db/runs';
import { dropCursor, getCursor, markAllDue, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import type { PreflightCheck } from '../../mappings/preflight-check';
import type { MissingRight } from '../../mappings/weavy-webmecanik/api-rights';
import { checkCrmSync } from '../../mappings/weavy-webmecanik/check-crm-sync';
import { checkMapping } from '../../mappings/weavy-webmecanik/check-mapping';
import { RECORD_KINDS } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredSchemas, FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import { connectionProblem, tellAccess } from '../access';
import { callContext } from '../call-context';
import type { CrmSyncContext, FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';
import { setDenied } from './denied';
import { discoverSchemas } from './discover-schemas';
import { goneOf, NOTHING_GONE, pauseGone, without } from './gone-fields';

const weavyProbeSchema = z.object({
  connection: z.string().nullable(),
  passwordExpiresAt: z.string().nullable(),
});
const mauticProbeSchema = z.object({ connection: z.string().nullable(), version: z.string().nullable() });
const clockSchema = z.object({ skewMs: z.number().nullable() });

/** Looking at both CRMs before anything is judged. Findings go to Postgres. */
export function createCrmPreflightActivities(find: FindWeavyWebmecanik) {
  return {
    async probeWeavy(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = await find(input.sync);
      await clearAccessLost(context.pool, context.sourceAccount);
      const found: z.infer<typeof weavyProbeSchema> = { connection: null, passwordExpiresAt: null };
      found.connection = await connectionProblem(async () => {
        const { skewMs, passwordExpiresAt } = await context.weavy.probe(callContext());
        found.passwordExpiresAt = passwordExpiresAt;
        await moveCursor(context.pool, context.slug, 'clock/weavy', { skewMs });
      });
      await moveCursor(context.pool, context.slug, 'probe/weavy', found);
      return { reachable: found.connection === null };
    },

    async probeMautic(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = await find(input.sync);
      await clearAccessLost(context.pool, context.targetAccount);
      const found: z.infer<typeof mauticProbeSchema> = { connection: null, version: null };
      found.connection = await connectionProblem(async () => {
        const { skewMs, version } = await context.mautic.probe(callContext());
        found.version = version;
        await moveCursor(context.pool, context.slug, 'clock/mautic', { skewMs });
      });
      await moveCursor(context.pool, context.slug, 'probe/mautic', found);
      return { reachable: found.connection === null };
    },

    /** The fields of both sides as they are now, custom ones at once (seed); tables without a right are named. */
    async discoverFields(input: { sync: string }): Promise<void> {
      const context = await find(input.sync);
      const { schemas, missingRights } = await discoverSchemas(context.weavy, context.mautic, callContext());
      await inTransaction(context.pool, async (tx) => {
        await moveCursor(tx, context.slug, 'schemas', schemas);
        await moveCursor(tx, context.slug, 'missing-rights', missingRights);
        await setDenied(
          tx,
          context.slug,
          missingRights.filter(({ right }) => right === 'READ').map(({ table }) => table),
        );
      });
    },

    /** Turns the findings into checks, puts the mapping in force, pauses fields that one side no longer has. */
    async judgeCrmPreflight(input: {
      sync: string;
      runId: number | null;
      overrides: string[];
    }): Promise<{ failed: string[]; trouble: string[]; checks: PreflightCheck[] }> {
      const atWork = await find(input.sync);
      const found = await loadFindings(atWork);
      const { weavy, mautic, schemas } = found;
      await tellAccess(atWork, input.runId, { source: weavy, target: mautic });
      const context = { ...atWork, mapping: await mappingToJudge(atWork, input.runId) };
      const isReachable = weavy.connection === null && mautic.connection === null;
      const gone = isReachable ? await goneOf(context, schemas) : NOTHING_GONE;
      // what is to be at work from the next run on says nothing yet about the passes until then
      const isAtWork = canonicalHash(context.mapping) === canonicalHash(atWork.mapping);
      if (isReachable && (input.runId !== null || isAtWork)) await pauseGone(context, input.runId, gone);
      const mapping = without(context.mapping, gone.paused);
      const checks = checkCrmSync({
        sync: context.slug,
        now: Date.now(),
        weavyProblem: weavy.connection,
        mauticProblem: mautic.connection,
        mauticVersion: mautic.version,
        skewMs: found.skewMs,
        passwordExpiresAt: weavy.passwordExpiresAt,
        mapping,
        schemas,
        problems: checkMapping(mapping, schemas),
        missingRights: found.missingRights,
        linkedBefore: (await countCouples(context.pool, context.slug)) > 0,
        firstRun: context.policies.firstRun,
      });
      if (input.runId !== null) {
        await savePreflight(context.pool, input.runId, checks);
        await tellMissingRights(context, input.runId, found.missingRights);
      }
      const failed = checks.filter(
        (check) => check.result === 'fail' && !input.overrides.includes(check.code),
      );
      const trouble = [weavy.connection, mautic.connection].filter((problem) => problem !== null);
      return { failed: failed.map((check) => check.code), trouble, checks };
    },
  };
}

async function loadFindings(context: WeavyWebmecanikContext) {
  const { pool, slug } = context;
  const [weavy, mautic, clockWeavy, clockMautic, schemas, rights] = await Promise.all([
    getCursor(pool, slug, 'probe/weavy'),
    getCursor(pool, slug, 'probe/mautic'),
    getCursor(pool, slug, 'clock/weavy'),
    getCursor(pool, slug, 'clock/mautic'),
    getCursor(pool, slug, 'schemas'),
    getCursor(pool, slug, 'missing-rights'),
  ]);
  return {
    weavy: weavyProbeSchema.parse(weavy),
    mautic: mauticProbeSchema.parse(mautic),
    skewMs: {
      weavy: clockSchema.nullable().parse(clockWeavy)?.skewMs ?? null,
      mautic: clockSchema.nullable().parse(clockMautic)?.skewMs ?? null,
    },
    // both stored by `discoverFields` only, from checked types
    schemas: (schemas as DiscoveredSchemas | null) ?? { weavy: {}, mautic: {} },
    missingRights: (rights as MissingRight[] | null) ?? [],
  };
}

/**
 * What a run works with from its preflight on, or what the next one would. With a version that no run has worked with,
 * every record is read and looked at again, because its key may be another one.
 */
async function mappingToJudge(
  { pool, slug, configured }: CrmSyncContext,
  runId: number | null,
): Promise<FieldMapping> {
  if (runId === null) return (await nextMapping(pool, slug, configured)).mapping;
  return inTransaction(pool, async (tx) => {
    const { mapping, isNew } = await takeUpMapping(tx, slug, configured);
    if (!isNew) return mapping;
    await markAllDue(tx, slug);
    for (const kind of RECORD_KINDS) await dropCursor(tx, slug, `since/${kind}`);
    return mapping;
  });
}

async function tellMissingRights(
  context: WeavyWebmecanikContext,
  runId: number,
  missing: readonly MissingRight[],
): Promise<void> {
  const reason = CrmReason.missingRight;
  for (const { table, right } of missing)
    await openItem(context.pool, context.slug, runId, {
      recordId: null,
      reason,
      place: `${table} ${right}`,
      detail: { table, right },
      severity: 'action',
    });
  // what can be read again is told no more; a right to write shows only when something is written
  for (const kind of RECORD_KINDS)
    if (!missing.some(({ table, right }) => table === kind && right === 'READ'))
      await resolveItems(context.pool, context.slug, null, { reasons: [reason], place: `${kind} READ` });
}
