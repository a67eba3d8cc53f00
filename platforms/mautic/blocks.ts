/** Cuts a list, in order, into blocks of at most `count` items and of at most `length` by `lengthOf`; an item alone may be longer. */
export function inBlocks<Item>(
  items: readonly Item[],
  most: { count: number; length: number },
  lengthOf: (item: Item) => number,
): Item[][] {
  const blocks: Item[][] = [];
  let block: Item[] = [];
  let length = 0;
  for (const item of items) {
    const more = lengthOf(item);
    if (block.length > 0 && (block.length >= most.count || length + more > most.length)) {
      blocks.push(block);
      block = [];
      length = 0;
    }
    block.push(item);
    length += more;
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}
