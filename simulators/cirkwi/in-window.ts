/**
 * Works ahead on a few items at a time, and gives the results in the order of the items. `work` must not reject: a
 * failure that nobody waits for yet would end the process.
 */
export async function* inWindow<Item, Result>(
  items: Iterable<Item>,
  size: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<{ item: Item; result: Result }> {
  const underway: Array<Promise<{ item: Item; result: Result }>> = [];
  for (const item of items) {
    underway.push(work(item).then((result) => ({ item, result })));
    if (underway.length < size) continue;
    const first = underway.shift();
    if (first) yield await first;
  }
  for (const rest of underway) yield await rest;
}
