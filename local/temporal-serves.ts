import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { OwnedProcess } from './owned-process';

/** A cold machine with a slow disk needs several seconds; a healthy one two. */
const GIVE_UP_AFTER_MS = 60_000;
const ASK_AGAIN_AFTER_MS = 50;

/**
 * Asks the server until it knows the namespace and its search attributes. False when its process ends first, or when a
 * minute has passed.
 */
export async function waitUntilTemporalServes(wanted: {
  address: string;
  namespace: string;
  searchAttributes: readonly string[];
  server: OwnedProcess;
}): Promise<boolean> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (wanted.server.isRunning() && Date.now() < deadline) {
    const serves = await servesNow(wanted).catch(() => false); // refused, or not ready: the next question tells
    if (serves) return wanted.server.isRunning();
    await pause(ASK_AGAIN_AFTER_MS);
  }
  return false;
}

async function servesNow(wanted: {
  address: string;
  namespace: string;
  searchAttributes: readonly string[];
}): Promise<boolean> {
  const connection = await Connection.connect({ address: wanted.address, connectTimeout: '1s' });
  try {
    const { namespace, searchAttributes } = wanted;
    await connection.workflowService.describeNamespace({ namespace });
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    return searchAttributes.every((name) => name in (known.customAttributes ?? {}));
  } finally {
    await connection.close();
  }
}
