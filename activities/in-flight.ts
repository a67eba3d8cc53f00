/**
 * Works on all items, at most `width` at a time. After the first failure nothing more is begun; it is thrown once what
 * was under way has ended.
 */
export async function inFlight<T>(
  width: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { error: unknown } | null = null;
  const lane = async (): Promise<void> => {
    while (failure === null) {
      const item = items[next];
      if (next >= items.length || item === undefined) return;
      next += 1;
      try {
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, lane));
  // a closure has set it: the compiler sees none of the lanes' assignments
  const ended = failure as { error: unknown } | null;
  if (ended !== null) throw ended.error;
}
