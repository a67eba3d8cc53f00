import { Refusal } from '../../operations/refusal';

const MOST_MS = 60_000;

/** The result when it comes within a minute; else a refusal, while the work goes on and ends by itself. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Refusal(
            'unavailable',
            'this takes longer than a minute: ask again later, or use the command line, which waits',
          ),
        ),
      MOST_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
