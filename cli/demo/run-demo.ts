import { progressBar } from '../progress-bar';
import type { DemoPair } from './demo-pairs';
import { startDemoStack } from './demo-stack';
import { startServers } from './servers';
import { stopOnce } from './stop-once';
import type { DemoResult, StoryOptions } from './story';
import { tellStories } from './tell-stories';

export interface DemoSettings {
  pairs: readonly DemoPair[];
  records: Readonly<Record<DemoPair, number>>;
  seed: number;
  worker: StoryOptions['worker'];
  say: StoryOptions['say'];
}

/** Starts everything, tells the story of each pair, and stops everything, also on a signal. */
export async function runDemo({ say, worker, ...sample }: DemoSettings): Promise<DemoResult> {
  const startedAt = Date.now();
  const servers = await startServers();
  let stopStack: () => Promise<void> = async () => {};
  const stop = stopOnce(async () => {
    await stopStack();
    await servers.stop();
  });
  try {
    const { databaseUrl, temporal } = servers;
    const { uiUrl } = temporal;
    const stack = await startDemoStack({ ...sample, databaseUrl, temporal });
    stopStack = stack.stop;
    if (uiUrl !== undefined) say(`Temporal UI while this runs: ${uiUrl}`);
    const bar = progressBar();
    const options = { worker, say, onProgress: bar.update };
    const result = await tellStories(stack, options, uiUrl).finally(bar.stop);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    say(
      result.ok ? `All promises held (${seconds} s).` : 'Something did not hold: see the lines in capitals.',
    );
    if (uiUrl !== undefined) say('To keep everything open and look around: npm run dev');
    return result;
  } finally {
    await stop();
  }
}
