import { toldAgain } from '../../../db/lists/told-again';
import type { Queryable } from '../../../db/pool';

const SECOND = 1_000;

describe('a count', () => {
  let db: Queryable;
  let counted = 0;
  /** Counts these rows in so many milliseconds of a clock that only the test moves. */
  const count = (rows: number, takesMs: number, question = 'records') =>
    toldAgain(
      db,
      question,
      async () => {
        counted += 1;
        jest.advanceTimersByTime(takesMs);
        return { rows, counted };
      },
      (answer) => answer.rows,
    );

  beforeEach(() => {
    jest.useFakeTimers();
    db = { query: () => Promise.reject(new Error('not asked')) } as unknown as Queryable; // stands for a database
    counted = 0;
  });
  afterEach(() => jest.useRealTimers());

  it('over many rows is told again for ten times as long as it took, then counted anew', async () => {
    await count(100_000, 200);
    jest.advanceTimersByTime(1.9 * SECOND);
    expect(await count(100_000, 200)).toEqual({ rows: 100_000, counted: 1 });
    jest.advanceTimersByTime(0.2 * SECOND);
    expect(await count(100_000, 200)).toEqual({ rows: 100_000, counted: 2 });
  });

  it('is never older than ten seconds', async () => {
    await count(9_000_000, 5 * SECOND);
    jest.advanceTimersByTime(10.1 * SECOND);
    expect(await count(9_000_000, 0)).toMatchObject({ counted: 2 });
  });

  it('over few rows is counted each time, however long it takes', async () => {
    await count(20_000, 5 * SECOND);
    expect(await count(20_000, 0)).toMatchObject({ counted: 2 });
  });

  it('is the answer to its own question and of its own database', async () => {
    await count(100_000, SECOND);
    expect(await count(100_000, 0, 'outcomes 12')).toMatchObject({ counted: 2 });
    db = { query: db.query };
    expect(await count(100_000, 0)).toMatchObject({ counted: 3 });
  });

  it('that failed is asked again', async () => {
    const failing = toldAgain(
      db,
      'records',
      () => Promise.reject(new Error('away')),
      () => 100_000,
    );
    await expect(failing).rejects.toThrow('away');
    expect(await count(100_000, 0)).toMatchObject({ counted: 1 });
  });
});
