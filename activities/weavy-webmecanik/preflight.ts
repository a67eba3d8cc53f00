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

    /** Turns the findings into checks, puts a mapping that fits to work, pauses fields that one side no longer has. */
    judgeCrmPreflight: (input: PreflightInput): Promise<PreflightJudgement> => judge(find, input),
  };
}

interface PreflightInput {
  sync: string;
  runId: number | null;
  overrides: string[];
}

interface PreflightJudgement {
  failed: string[];
  trouble: string[];
  checks: PreflightCheck[];
}

async function judge(find: FindWeavyWebmecanik, input: PreflightInput): Promise<PreflightJudgement> {
  const { sync, runId, overrides } = input;
  const atWork = await find(sync);
  const found = await loadFindings(atWork);
  const { weavy, mautic, schemas, missingRights } = found;
  await tellAccess(atWork, runId, { source: weavy, target: mautic });
  const next = await nextMapping(atWork.pool, sync, atWork.configured);
  const context = { ...atWork, mapping: next.mapping };
  const trouble = [weavy.connection, mautic.connection].filter((problem) => problem !== null);
  const isReachable = trouble.length === 0;
  const gone = isReachable ? await goneOf(context, schemas) : NOTHING_GONE;
  const checks = await checksOf(context, found, without(context.mapping, gone.paused));
  const failed = checks
    .filter(({ code, result }) => result === 'fail' && !overrides.includes(code))
    .map(({ code }) => code);
  // one that does not fit stays out of the reach of records that announce themselves
  const isToWork = runId !== null && isReachable && !failed.includes('mapping');
  if (isToWork && !(await takeUp(atWork, next.sha256))) return judge(find, input);
  // what is to be at work from the next run on says nothing yet about the passes until then
  const isAtWork = next.sha256 === canonicalHash(atWork.mapping);
  if (isReachable && (isToWork || isAtWork)) await pauseGone(context, runId, gone);
  if (runId !== null) {
    await savePreflight(context.pool, runId, checks);
    await tellMissingRights(context, runId, missingRights);
  }
  return { failed, trouble, checks };
}

async function checksOf(
  { pool, slug, policies }: CrmSyncContext,
  { weavy, mautic, schemas, skewMs, missingRights }: Findings,
  mapping: FieldMapping,
): Promise<PreflightCheck[]> {
  return checkCrmSync({
    sync: slug,
    now: Date.now(),
    weavyProblem: weavy.connection,
    mauticProblem: mautic.connection,
    mauticVersion: mautic.version,
    skewMs,
    passwordExpiresAt: weavy.passwordExpiresAt,
    mapping,
    schemas,
    problems: checkMapping(mapping, schemas),
    missingRights,
    linkedBefore: (await countCouples(pool, slug)) > 0,
    firstRun: policies.firstRun,
  });
}

type Findings = Awaited<ReturnType<typeof loadFindings>>;

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
 * The run works with the mapping that was judged. With a version that no run has worked with, every record is read and
 * looked at again, because its key may be another one. False when another one was put in force meanwhile.
 */
async function takeUp({ pool, slug, configured }: CrmSyncContext, judged: string): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const taken = await takeUpMapping(tx, slug, { file: configured, sha256: judged });
    if (taken === 'another') return false;
    if (taken === 'known') return true;
    await markAllDue(tx, slug);
    for (const kind of RECORD_KINDS) await dropCursor(tx, slug, `since/${kind}`);
    return true;
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
