import type { OperationContext } from './context';
import { type Decided, decide } from './decide';
import { Refusal, type RefusalKind } from './refusal';

/** Decisions noted at a time: each may start a workflow. */
const AT_ONCE = 10;
/** In one request, which somebody waits for. */
export const MOST_DECIDED = 500;

/** One that could not be decided, and why. */
export interface RefusedItem {
  item: number;
  kind: RefusalKind;
  why: string;
}

export interface DecidedMany {
  done: number;
  refused: RefusedItem[];
}

/**
 * The same answer for many attention items, each for itself: one that cannot take it stops none of the others. Rejects
 * with a refusal for no item, and for more than `MOST_DECIDED`. A decision that needs an argument is refused by each.
 */
export async function decideMany(
  context: OperationContext,
  itemIds: readonly number[],
  decision: string,
): Promise<DecidedMany> {
  const ids = [...new Set(itemIds)];
  if (ids.length === 0) throw new Refusal('invalid', 'choose at least one attention item');
  if (ids.length > MOST_DECIDED)
    throw new Refusal('invalid', `${ids.length} items are more than ${MOST_DECIDED}: decide them in parts`);
  const result: DecidedMany = { done: 0, refused: [] };
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const ends = await Promise.all(
      ids.slice(start, start + AT_ONCE).map((item) => decideOne(context, item, decision)),
    );
    for (const end of ends) {
      if ('why' in end) result.refused.push(end);
      else result.done += 1;
    }
  }
  return result;
}

async function decideOne(
  context: OperationContext,
  item: number,
  decision: string,
): Promise<Decided | RefusedItem> {
  try {
    return await decide(context, item, decision);
  } catch (error) {
    if (error instanceof Refusal) return { item, kind: error.kind, why: error.message };
    // a workflow that could not be told: the item was opened again
    return { item, kind: 'unavailable', why: 'nobody could be told of the decision: the item is open again' };
  }
}
