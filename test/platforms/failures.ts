import { PlatformFailure } from '../../platforms/failure';

/** The failure that a call ends with; a call that succeeds fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<PlatformFailure> {
  const error = await errorOf(call);
  if (error instanceof PlatformFailure) return error;
  throw error;
}

export async function errorOf(call: Promise<unknown>): Promise<Error> {
  let result: unknown;
  try {
    result = await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error('something else than an Error was thrown');
  }
  throw new Error(`the call succeeded with ${JSON.stringify(result)}`);
}
