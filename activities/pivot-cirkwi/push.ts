import { Context } from '@temporalio/activity';
import { openOutcomeItem, resolveItems } from '../../db/attention';
import { type LinedUp, linedUp, markPushed, unline } from '../../db/feed-objects';
import { saveOutcomes } from '../../db/outcomes';
import { inTransaction } from '../../db/pool';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import { feedEnd, feedStart } from '../../mappings/pivot-cirkwi/render-object';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { settle, trackAddress } from './publish';
import { withTrackAddresses } from './track-mark';

const PAGE = 100;

/**
 * The delivery of one object at a time (assumed: Cirkwi publishes no such service). Each is put by our own id, so that a
 * repeated call after a lost reply makes no second one.
 */
export function createPushActivities(find: FindPivotCirkwi) {
  return {
    async pushObjects(input: {
      sync: string;
      after: string;
      /** Only this one, for the workflow of one offer. */
      only?: string;
    }): Promise<{ after: string | null; pushed: number }> {
      const context = find(input.sync);
      const { after, only } = input;
      const page = await linedUp(context.pool, input.sync, {
        which: 'in-line',
        after,
        limit: PAGE,
        ...(only === undefined ? {} : { only }),
      });
      await inFlight(context.policies.window, page, async (object) => {
        await pushOne(context, object);
        Context.current().heartbeat();
      });
      const last = page.at(-1);
      return {
        after: page.length === PAGE && last !== undefined ? last.code : null,
        pushed: page.length,
      };
    },
  };
}

async function pushOne(context: PivotCirkwiContext, object: LinedUp): Promise<void> {
  try {
    const cirkwiId = await send(context, object);
    await inTransaction(context.pool, async (tx) => {
      await settle(tx, context.slug, [object]);
      await markPushed(tx, context.slug, { ...object, cirkwiId });
      await resolveItems(tx, context.slug, object.code, { reasons: [OfferReason.targetRefused] });
    });
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.refusedRecord) throw error;
    await refuse(context, object, error);
  }
}

async function send(context: PivotCirkwiContext, object: LinedUp): Promise<string | null> {
  const named = { kind: object.kind, id: object.code };
  if (object.outcome === 'withdrawn') {
    await context.push.remove(named, callContext());
    return null;
  }
  const element = withTrackAddresses(object.document, (hash) => trackAddress(context, hash));
  // each object comes as a feed of its own
  const document = `${feedStart(object.kind)}${element}${feedEnd(object.kind)}`;
  return context.push.put({ ...named, document }, callContext());
}

/** One object that Cirkwi refuses stops no other (promise 3); the next run puts it in line again. */
async function refuse(context: PivotCirkwiContext, object: LinedUp, error: PlatformFailure): Promise<void> {
  const { code: recordId, runId, dueMark } = object;
  const reason = OfferReason.targetRefused;
  await inTransaction(context.pool, async (tx) => {
    await saveOutcomes(tx, context.slug, runId, [
      { recordId, outcome: 'refused', reason, writes: 0, settledHash: null, dueMark },
    ]);
    await unline(tx, context.slug, { codes: [recordId] });
    const detail = { answer: error.message };
    await openOutcomeItem(tx, context.slug, runId, { recordId, reason, detail });
  });
}
