import type { Command } from 'commander';
import { ExitCode, UsageError } from '../context';
import { DEMO_PAIRS, type DemoPair, startDemoStack } from '../demo/demo-stack';
import { startServers } from '../demo/servers';
import { stopOnce } from '../demo/stop-once';
import type { DemoResult } from '../demo/story';
import { tellStories } from '../demo/tell-stories';
import { progressBar } from '../progress-bar';

interface DemoCommandOptions {
  sync?: string;
  records?: string;
  killWorker: boolean;
  seed: string;
  json?: boolean;
}

/** With fewer, the samples do not hold everything that the stories tell of. */
const FEWEST = 120;
/** Records of the main kind where no number is given. */
export const DEMO_RECORDS: Readonly<Record<DemoPair, number>> = {
  'planexpo-inwink': 120,
  'pivot-cirkwi': 160,
};

/** `passerelle demo`: everything on this machine, three runs of each pair, a short story, and all of it stopped again. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('start everything locally with sample data, synchronise, tell what happened, stop')
    .option('--sync <pair>', `only this pair (${DEMO_PAIRS.join(', ')}); otherwise one after the other`)
    .option(
      '--records <n>',
      `how many dossiers, or offers, for each pair (at least ${FEWEST}; default ${Object.values(DEMO_RECORDS).join(' and ')})`,
    )
    .option('--kill-worker', 'kill the worker in the middle of the first run of each pair (default)', true)
    .option('--no-kill-worker', 'leave the worker alone')
    .option('--seed <n>', 'seed of the sample data', '1')
    .option('--json', 'print one JSON object as the last line')
    .addHelpText('after', '\nExample:\n  passerelle demo --sync pivot-cirkwi --records 500 --kill-worker')
    .action(async (options: DemoCommandOptions) => {
      const result = await demo(
        options,
        pairsOf(options.sync),
        recordsOf(options.records),
        wholeNumber('--seed', options.seed, 0),
      );
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      process.exitCode = result.ok ? ExitCode.done : ExitCode.failed;
    });
}

async function demo(
  options: DemoCommandOptions,
  pairs: readonly DemoPair[],
  records: Readonly<Record<DemoPair, number>>,
  seed: number,
): Promise<DemoResult> {
  const say = (line: string) => (options.json ? process.stderr : process.stdout).write(`${line}\n`);
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
    const stack = await startDemoStack({ pairs, records, seed, databaseUrl, temporal });
    stopStack = stack.stop;
    if (uiUrl !== undefined) say(`Temporal UI while this runs: ${uiUrl}`);
    const bar = progressBar();
    const worker = options.killWorker ? 'kill-in-first-run' : 'leave-alone';
    const result = await tellStories(stack, { worker, say, onProgress: bar.update }, uiUrl).finally(bar.stop);
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

/** The pairs that an option names: one, or all when it is not given. */
export function pairsOf(sync: string | undefined): readonly DemoPair[] {
  if (sync === undefined) return DEMO_PAIRS;
  const pairs = DEMO_PAIRS.filter((pair) => pair === sync);
  if (pairs.length > 0) return pairs;
  throw new UsageError(`--sync: "${sync}" is none of ${DEMO_PAIRS.join(', ')}`);
}

/** How many records each pair gets. */
export function recordsOf(records: string | undefined): Readonly<Record<DemoPair, number>> {
  if (records === undefined) return DEMO_RECORDS;
  const n = wholeNumber('--records', records, FEWEST);
  return { 'planexpo-inwink': n, 'pivot-cirkwi': n };
}

function wholeNumber(option: string, text: string, least: number): number {
  const n = Number(text);
  if (Number.isInteger(n) && n >= least && n <= 100_000) return n;
  throw new UsageError(`${option}: "${text}" is not a whole number from ${least} to 100000`);
}
