/** Why a signal did not get through: for now nothing does, or this record's does not. */
export interface SignalFailure {
  concerns: 'everything' | 'record';
  code: string;
}

/** Status codes of gRPC. */
const STATUSES: Record<number, SignalFailure> = {
  1: { concerns: 'everything', code: 'temporal-cancelled' },
  2: { concerns: 'everything', code: 'temporal-unknown' },
  3: { concerns: 'record', code: 'temporal-refused' },
  4: { concerns: 'everything', code: 'temporal-too-slow' },
  5: { concerns: 'everything', code: 'temporal-no-namespace' },
  7: { concerns: 'everything', code: 'temporal-not-allowed' },
  // also said of one workflow that has much to do
  8: { concerns: 'record', code: 'temporal-busy' },
  9: { concerns: 'record', code: 'temporal-refused' },
  13: { concerns: 'everything', code: 'temporal-failed' },
  14: { concerns: 'everything', code: 'temporal-away' },
  16: { concerns: 'everything', code: 'temporal-not-signed-in' },
};

/** What an error of a signal means, by the status that it or its cause carries. Its message stays out: it may hold values. */
export function signalFailure(error: unknown): SignalFailure {
  if (!(error instanceof Error)) return { concerns: 'record', code: 'not-told' };
  const known = 'code' in error && typeof error.code === 'number' ? STATUSES[error.code] : undefined;
  if (known !== undefined) return known;
  return error.cause === undefined ? { concerns: 'record', code: 'not-told' } : signalFailure(error.cause);
}
