import { FailureKind, PlatformFailure } from '../failure';

export interface Page<Item> {
  items: Item[];
  page: { total: number; size: number };
}

/** How often a list is read again when it moved under the reading. */
const PASSES = 3;

/**
 * Every item of a list, once each. Pages are no snapshot: a record changed while they are read moves, and another one
 * may slip past between two pages. So fewer distinct items than the list says it has means reading it again; a list
 * that never stands still is `Transient`, because a lookup that misses a record would lead to its duplicate.
 */
export async function readAllPages<Item extends { id: string }>(
  operation: string,
  size: number,
  readPage: (page: number, size: number) => Promise<Page<Item>>,
): Promise<Item[]> {
  for (let pass = 0; pass < PASSES; pass += 1) {
    const found = new Map<string, Item>();
    let total = 0;
    let isLast = false;
    for (let page = 0; !isLast; page += 1) {
      const reply = await readPage(page, size);
      for (const item of reply.items) found.set(item.id, item);
      total = reply.page.total;
      isLast = reply.items.length === 0 || (page + 1) * reply.page.size >= total;
    }
    if (found.size >= total) return [...found.values()];
  }
  const message = `Inwink's list at ${operation} kept changing while it was read. The call can be repeated.`;
  throw new PlatformFailure(FailureKind.transient, message, { platform: 'inwink', operation });
}
