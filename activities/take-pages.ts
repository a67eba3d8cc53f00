/**
 * How long one attempt goes on taking pages: each is kept by itself, so that an attempt that dies repeats one page. Few
 * attempts make a short history, whatever the number of records.
 */
const ATTEMPT_MS = 30_000;

/** Takes pages one after the other until there is none or the attempt is long enough. Answers where the next one starts. */
export async function takePages(
  after: string,
  page: (after: string) => Promise<string | null>,
): Promise<string | null> {
  const until = Date.now() + ATTEMPT_MS;
  for (let from = after; ; ) {
    const next = await page(from);
    if (next === null || Date.now() >= until) return next;
    from = next;
  }
}
