import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { toFailure } from '../../../activities/failures';
import { createPool, type Pool } from '../../../db/pool';
import { FailureKind, PlatformFailure } from '../../../platforms/failure';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

/** Stands for everything that must not get into a history. */
const SECRET = 'Nomsecret';

describe('an error on its way into a history', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = createPool(database.url, 1);
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const thrownBy = async (act: () => unknown): Promise<unknown> => {
    try {
      await act();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  it.each([
    ['a database that quotes a value', () => pool.query('select $1::bigint', [SECRET])],
    ['a parser that quotes its text', () => JSON.parse(`{"name": ${SECRET}}`)],
    ['a check that quotes a key', () => z.strictObject({}).parse({ [SECRET]: 1 })],
    ['a slip that quotes a value', () => Reflect.apply(Object.create, null, [SECRET])],
  ])('leaves out what %s was working on, and keeps where it happened', async (_what, act) => {
    const error = await thrownBy(act);
    expect(String(error)).toContain(SECRET); // or this would prove nothing

    const failure = toFailure(error);

    expect(failure).toBeInstanceOf(ApplicationFailure);
    const { message, stack, details, cause } = failure as ApplicationFailure; // proved by the line above
    expect(JSON.stringify([message, stack, details, cause])).not.toContain(SECRET);
    expect(stack).toMatch(/\n\s+at /);
  });

  it('keeps our own words, which name ids at most', () => {
    const failure = toFailure(new Error('run 7 is not in the database'));

    expect(failure).toMatchObject({ message: 'run 7 is not in the database', nonRetryable: false });
  });

  it('keeps what was said on purpose as it is', () => {
    const failure = ApplicationFailure.nonRetryable('said on purpose');

    expect(toFailure(failure)).toBe(failure);
  });

  it.each([
    [FailureKind.transient, false],
    [FailureKind.unknownOutcome, false],
    [FailureKind.conflict, false],
    [FailureKind.rateLimited, true],
    [FailureKind.refusedRecord, true],
    [FailureKind.missing, true],
    [FailureKind.accessLost, true],
    [FailureKind.defect, true],
  ])('of a platform says by its type what to do next: %s', (kind, nonRetryable) => {
    const error = new PlatformFailure(kind, 'said so', {
      platform: 'inwink',
      operation: 'GET /x',
      existingId: SECRET,
    });

    const failure = toFailure(error);

    expect(failure).toMatchObject({ type: kind, nonRetryable });
    expect(JSON.stringify(failure)).not.toContain(SECRET);
  });
});
