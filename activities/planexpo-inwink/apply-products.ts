import { openItem } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { findLink, type Link, saveQuantity } from '../../db/links';
import type { PlannedChange } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { assessProducts, quantityChange } from '../../mappings/planexpo-inwink/assess-products';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import type { StepInput, StepResult } from './apply';
import type { Mapped, MappingState, PlanexpoInwinkContext } from './context';

export interface ProductStep {
  context: PlanexpoInwinkContext;
  input: StepInput;
  mapped: Mapped;
  state: MappingState;
  /** The approved changes of a plan that is applied later; null in an ordinary run. */
  approved: PlannedChange[] | null;
}

type Raise = { inwinkId: string; quantity: number; before: number };

/** Raises what the dossier asks for; what Inwink holds beyond it is told, never fought (seed). Safe to repeat. */
export async function raiseQuantities(step: ProductStep): Promise<StepResult> {
  const { context, input, mapped } = step;
  const link = await findLink(context.pool, context.slug, 'partner', input.recordId);
  if (link === null)
    return { kind: 'stopped', outcome: 'waiting', reason: ReasonCode.parentNotThere, writes: 0 };
  const held = await heldBy(context, { partnerId: link.targetId, link });
  const assessed = assessProducts(mapped.products, held);
  if (!isApproved(step, assessed.raise))
    return { kind: 'stopped', outcome: 'refused', reason: ReasonCode.changedSincePlan, writes: 0 };
  let writes = 0;
  let isMissingOne = false;
  for (const product of assessed.raise) {
    const stored = await raiseOne(step, link.targetId, product);
    if (stored === 'no-such-product') {
      isMissingOne = true;
      continue;
    }
    writes += 1;
    if (stored > product.quantity)
      assessed.higherAtTarget.push({ inwinkId: product.inwinkId, wanted: product.quantity, held: stored });
  }
  await reportHigher(step, assessed.higherAtTarget);
  // what could not be sent stays due (promise 2), whether or not the next preflight finds the product gone
  return { kind: 'done', created: false, writes, inDoubt: isMissingOne };
}

/** What the partner holds now. One that we just made holds nothing; any other is asked, because people edit there. */
export async function heldBy(
  context: PlanexpoInwinkContext,
  partner: { partnerId: string; link: Link | null },
): Promise<Map<string, number>> {
  const known = partner.link?.quantities ?? {};
  if (partner.link?.origin === 'created' && Object.keys(known).length === 0) return new Map();
  try {
    return await context.target.getQuantities(partner.partnerId, callContext());
  } catch (error) {
    // deleted a moment ago: the next pass finds the partner gone
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing)
      return new Map(Object.entries(known).map(([id, quantity]) => [id, quantity.stored]));
    throw error;
  }
}

/** A plan that is applied later allows the quantities that it showed. */
function isApproved(step: ProductStep, raise: Raise[]): boolean {
  if (step.approved === null) return true;
  const planned = new Map(step.approved.filter((c) => c.kind === 'product').map((c) => [c.field, c]));
  return raise.map(quantityChange).every((change) => {
    const shown = planned.get(change.field);
    return shown !== undefined && shown.before === change.before && shown.after === change.after;
  });
}

async function raiseOne(
  step: ProductStep,
  partnerId: string,
  product: Raise,
): Promise<number | 'no-such-product'> {
  const { context, input } = step;
  try {
    const stored = await context.target.raiseQuantity(
      partnerId,
      product.inwinkId,
      product.quantity,
      callContext(),
    );
    await inTransaction(context.pool, async (tx) => {
      await saveQuantity(tx, { sync: context.slug, sourceKey: input.recordId }, product.inwinkId, {
        sent: product.quantity,
        stored,
      });
      await writeAudit(tx, {
        sync: context.slug,
        runId: input.runId,
        recordId: input.recordId,
        kind: 'product',
        targetId: partnerId,
        operation: 'quantity',
        changes: [quantityChange(product)],
        rule: 'map.quantity',
      });
    });
    return stored;
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.missing) throw error;
    // this product only: the partner and its other products stay in step (reference: quirk 7)
    await openItem(context.pool, context.slug, input.runId, {
      recordId: input.recordId,
      reason: ReasonCode.productMissingAtTarget,
      place: `product.${product.inwinkId}`,
      detail: { inwinkId: product.inwinkId },
      severity: 'action',
    });
    return 'no-such-product';
  }
}

/** Products of stopped mask rows are not spoken of: for them the dossier asks for nothing, which is not a quantity. */
async function reportHigher(
  step: ProductStep,
  higher: Array<{ inwinkId: string; wanted: number; held: number }>,
): Promise<void> {
  const { context, input, state } = step;
  const synchronised = (state.mask?.rows ?? []).filter((row) => !state.brokenRows.includes(row.planexpoId));
  const known = new Set(synchronised.map((row) => row.inwinkId));
  for (const product of higher.filter(({ inwinkId }) => known.has(inwinkId))) {
    await openItem(context.pool, context.slug, input.runId, {
      recordId: input.recordId,
      reason: ReasonCode.quantityHigherAtTarget,
      place: `product.${product.inwinkId}`,
      detail: product,
      severity: 'info',
    });
  }
}
