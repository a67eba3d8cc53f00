import { createContexts } from '../../activities/contexts';
import { loadMarks } from '../../activities/pivot-cirkwi/marks';
import { draftAll } from '../../activities/pivot-cirkwi/plan';
import { offersByCode } from '../../db/offers';
import type { FieldNote, Fields, FieldValue } from '../../mappings/fields';
import type { OperationContext } from '../context';

/** One field of the feed: what the offer asks for now, and what Cirkwi is offered. */
export interface OfferField {
  field: string;
  mapped: FieldValue;
  published: FieldValue;
  standing: 'same' | 'differs';
}

export interface OfferFields {
  /** False when the offer is not to be published now: the fields are those that are offered. */
  isMapped: boolean;
  fields: OfferField[];
  notes: FieldNote[];
}

/** By the very code that plans and runs draft with, on what was read last: no platform is asked. Null for an offer that is not there. */
export async function offerFields(
  { configuration, pool }: Pick<OperationContext, 'configuration' | 'pool'>,
  slug: string,
  code: string,
): Promise<OfferFields | null> {
  const context = createContexts(configuration, pool).of('pivot-cirkwi')(slug);
  const [candidate] = await offersByCode(pool, slug, [code]);
  if (candidate === undefined) return null;
  // before the first preflight nobody knows which ticks count
  const isDraftable = (await loadMarks(context)) !== null;
  const [draft] = isDraftable ? await draftAll(context, [candidate]) : [];
  const mapped = draft?.mapped?.fields ?? null;
  const published = candidate.published?.fields ?? {};
  return {
    isMapped: mapped !== null,
    fields: fieldsOf(mapped, published),
    notes: draft?.notes ?? [],
  };
}

function fieldsOf(mapped: Fields | null, published: Fields): OfferField[] {
  const names = [...new Set([...Object.keys(mapped ?? {}), ...Object.keys(published)])].sort();
  return names.map((field) => {
    const now = mapped?.[field] ?? null;
    const offered = published[field] ?? null;
    const standing = mapped === null || now === offered ? 'same' : 'differs';
    return { field, mapped: now, published: offered, standing };
  });
}
