import { asyncLocalStorage } from '@temporalio/activity';
import type { CallContext } from '../platforms/budget';

/** The activity's cancellation, where there is one, ends the call; `beforeSend` runs right before it goes out. */
export function callContext(beforeSend?: () => Promise<void>): CallContext {
  const signal = asyncLocalStorage.getStore()?.cancellationSignal;
  return { ...(signal === undefined ? {} : { signal }), ...(beforeSend === undefined ? {} : { beforeSend }) };
}
