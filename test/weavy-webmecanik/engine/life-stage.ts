import { readFile, writeFile } from 'node:fs/promises';
import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import { type CrmStack, startCrmTestStack } from '../../harness/crm-stack';

/** Both CRMs with accounts that give up soon on a platform that says nothing, and one worker at a time that may be killed. */
export interface LifeStage {
  stack: CrmStack;
  run(input?: { full?: boolean }): Promise<RunEnd>;
  /** Resolves when the worker polls. */
  startWorker(): Promise<void>;
  /** SIGKILL to the worker in force. */
  killWorker(): Promise<void>;
}

/** Longer than any honest answer of a simulator, shorter than a hang. */
const TIMEOUT = '1s';

export async function lifeStage(options: { records: number; seed: number }): Promise<LifeStage> {
  const stack = await startCrmTestStack({
    ...options,
    latencyMs: 5,
    policies: {
      page: 25,
      retry: { initialInterval: '200ms', maximumInterval: '1s', maximumAttempts: 20 },
      // a life of people alone blanks and renames more than a day's work does
      guard: { maxBlankedShare: 1 },
    },
  });
  const configuration = `${stack.configurationFile}.short.yaml`;
  const text = await readFile(stack.configurationFile, 'utf8');
  await writeFile(configuration, text.replaceAll('timeout: 10s', `timeout: ${TIMEOUT}`));
  let worker: PasserelleProcess | null = null;
  return {
    stack,
    run: (input = {}) =>
      runAndWait(stack.client, 'weavy-webmecanik', {
        sync: stack.sync,
        mode: 'run',
        trigger: 'manual',
        ...input,
      }),
    async startWorker() {
      worker = await stack.startWorker({ PASSERELLE_CONFIG: configuration });
    },
    async killWorker() {
      await worker?.kill();
      worker = null;
    },
  };
}
