import { z } from 'zod';
import { openItem, resolveItems } from '../../db/attention';
import { clearAccessLost } from '../../db/budget';
import { knownKeys } from '../../db/links';
import { replaceDrift } from '../../db/masks';
import { inTransaction } from '../../db/pool';
import { savePreflight } from '../../db/runs';
import { getCursor, markAllDue, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import { checkPrerequisites } from '../../mappings/planexpo-inwink/check-prerequisites';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import { driftOfMask } from '../../mappings/planexpo-inwink/mask/mask-drift';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { PreflightCheck } from '../../mappings/preflight-check';
import { connectionProblem, tellAccess } from '../access';
import { callContext } from '../call-context';
import { type FindPlanexpoInwink, loadMappingState, type PlanexpoInwinkContext } from './context';

/** Real validated dossiers that the set-up needs (seed). */
const DOSSIERS_NEEDED = 3;
const PAGES_TO_SEARCH = 10;

const productsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), packSize: z.number().nullable(), active: z.boolean() }),
);
const sourceProbeSchema = z.object({
  connection: z.string().nullable(),
  validated: z.number(),
  products: productsSchema,
});
const targetProbeSchema = z.object({
  connection: z.string().nullable(),
  fields: z.object({ exhibitor: z.array(z.string()), registered: z.array(z.string()) }),
  products: productsSchema,
  foreignPartners: z.number(),
});

/** Looking at both platforms before anything is written. Findings go to Postgres; only ids and counts come back. */
export function createPreflightActivities(find: FindPlanexpoInwink) {
  return {
    async probePlanexpo(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = find(input.sync);
      await clearAccessLost(context.pool, context.sourceAccount);
      const connection = await connectionProblem(() => context.source.ping(callContext()));
      const found =
        connection === null
          ? {
              validated: await countValidated(context),
              products: await context.source.listProducts(callContext()),
            }
          : { validated: 0, products: [] };
      await moveCursor(context.pool, context.slug, 'probe/source', { connection, ...found });
      return { reachable: connection === null };
    },

    async probeInwink(input: { sync: string }): Promise<{ reachable: boolean }> {
      const context = find(input.sync);
      await clearAccessLost(context.pool, context.targetAccount);
      const connection = await connectionProblem(() => context.target.testConnection(callContext()));
      const found = connection === null ? await probeTarget(context) : nothingFound();
      await moveCursor(context.pool, context.slug, 'probe/target', { connection, ...found });
      return { reachable: connection === null };
    },

    /** Turns the findings into checks, stops the mapping rows whose product changed, and notes what shapes the mapping. */
    async judgePreflight(input: {
      sync: string;
      runId: number | null;
      overrides: string[];
    }): Promise<{ failed: string[]; trouble: string[]; checks: PreflightCheck[] }> {
      const context = find(input.sync);
      const source = sourceProbeSchema.parse(await getCursor(context.pool, context.slug, 'probe/source'));
      const target = targetProbeSchema.parse(await getCursor(context.pool, context.slug, 'probe/target'));
      const { mask, maskVersion } = await loadMappingState(context);
      const reachable = source.connection === null && target.connection === null;
      const drift =
        mask !== null && reachable
          ? driftOfMask(mask, { planexpoProducts: source.products, inwinkProducts: target.products })
          : [];
      if (reachable) await noteDrift(context, input.runId, drift);
      if (mask !== null)
        await resolveItems(context.pool, context.slug, null, { reasons: [ReasonCode.maskMissing] });
      await tellAccess(context, input.runId, { source, target });
      await noteMappingState(context, maskVersion);
      const checks = checkPrerequisites({
        mask,
        sourceProblem: source.connection,
        targetProblem: target.connection,
        validatedDossiers: source.validated,
        dossiersNeeded: DOSSIERS_NEEDED,
        planexpoProducts: source.products.length,
        inwinkFields: target.fields,
        foreignPartners: target.foreignPartners,
        drift: drift.map((row) => ({ row: row.row, planexpoId: row.planexpoId, code: row.code })),
        today: new Date().toISOString().slice(0, 10),
      });
      if (input.runId !== null) await savePreflight(context.pool, input.runId, checks);
      const failed = checks.filter(
        (check) => check.result === 'fail' && !input.overrides.includes(check.code),
      );
      // what cannot be looked at fails too; only the reason why it cannot is news
      const trouble = [source.connection, target.connection].filter((problem) => problem !== null);
      return { failed: failed.map((check) => check.code), trouble, checks };
    },
  };
}

async function countValidated(context: PlanexpoInwinkContext): Promise<number> {
  let cursor: string | undefined;
  let validated = 0;
  for (let page = 0; page < PAGES_TO_SEARCH && validated < DOSSIERS_NEEDED; page += 1) {
    const found = await context.source.listOrders({ cursor, limit: 50 }, callContext());
    const real = found.rows.filter(
      (row) =>
        row.kind === 'dossier' &&
        row.dossier.status === 'validated' &&
        !row.dossier.isTest &&
        !context.policies.testDossiers.includes(row.dossier.id) &&
        !context.policies.testDossiers.includes(row.dossier.publicId),
    );
    validated += real.length;
    if (found.nextCursor === null) break;
    cursor = found.nextCursor;
  }
  return validated;
}

async function probeTarget(
  context: PlanexpoInwinkContext,
): Promise<Omit<z.infer<typeof targetProbeSchema>, 'connection'>> {
  const [exhibitor, registered, products] = await Promise.all([
    context.target.listFields('exhibitor', callContext()),
    context.target.listFields('registered', callContext()),
    context.target.listProducts(callContext()),
  ]);
  return {
    fields: { exhibitor: exhibitor.map((f) => f.key), registered: registered.map((f) => f.key) },
    products: products.map(({ id, name, packSize, active }: ProductDefinition) => ({
      id,
      name,
      packSize,
      active,
    })),
    foreignPartners: await countForeignPartners(context),
  };
}

function nothingFound(): Omit<z.infer<typeof targetProbeSchema>, 'connection'> {
  return { fields: { exhibitor: [], registered: [] }, products: [], foreignPartners: 0 };
}

/** Partners that carry a Planexpo id and that we did not make: another synchronisation may be writing to this event. */
async function countForeignPartners(context: PlanexpoInwinkContext): Promise<number> {
  const { items } = await context.target.listPartners({ page: 0, size: 100 }, callContext());
  const ids = items.flatMap((item) => {
    const id = item.fields['customFields.planexpo_order_id'];
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
  const ours = await knownKeys(context.pool, context.slug, 'partner', ids);
  return ids.filter((id) => !ours.has(id)).length;
}

async function noteDrift(
  context: PlanexpoInwinkContext,
  runId: number | null,
  drift: ReturnType<typeof driftOfMask>,
): Promise<void> {
  await inTransaction(context.pool, async (tx) => {
    const changed = await replaceDrift(
      tx,
      context.slug,
      drift.map((d) => ({
        planexpoId: d.planexpoId,
        side: d.side,
        code: d.code,
        detail: { row: d.row, was: d.was, is: d.is },
      })),
    );
    if (changed) {
      await markAllDue(tx, context.slug);
      await resolveItems(tx, context.slug, null, { reasons: [ReasonCode.productDrift] });
    }
    for (const d of drift) {
      await openItem(tx, context.slug, runId, {
        recordId: null,
        reason: ReasonCode.productDrift,
        place: `mask row ${d.row}, ${d.side}`,
        detail: { planexpoId: d.planexpoId, inwinkId: d.inwinkId, code: d.code, was: d.was, is: d.is },
        severity: 'action',
      });
    }
  });
}

/** Another mask or another policy can change what every dossier becomes: then all of them are looked at again. */
async function noteMappingState(context: PlanexpoInwinkContext, maskVersion: number | null): Promise<void> {
  const {
    guard: _guard,
    retry: _retry,
    window: _window,
    fullEvery: _fullEvery,
    ...shaping
  } = context.policies;
  const hash = canonicalHash({ maskVersion, shaping });
  await inTransaction(context.pool, async (tx) => {
    if ((await getCursor(tx, context.slug, 'mapping-state')) === hash) return;
    await markAllDue(tx, context.slug);
    await moveCursor(tx, context.slug, 'mapping-state', hash);
  });
}
