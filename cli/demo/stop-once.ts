/** Ctrl-C stops what was started, once; so does the normal end, which calls what this answers. */
export function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const once = () => {
    stopping ??= stop();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void once().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)));
  }
  return once;
}
