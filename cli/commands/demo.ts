import type { Command } from 'commander';
import { ExitCode, UsageError } from '../context';
import { startLocalStack } from '../demo/planexpo-inwink/stack';
import { type DemoResult, runDemo, tellAttention } from '../demo/planexpo-inwink/story';
import { startServers } from '../demo/servers';
import { progressBar } from '../progress-bar';

interface DemoCommandOptions {
  sync: string;
  records: string;
  killWorker: boolean;
  seed: string;
  json?: boolean;
}

const PAIRS = ['planexpo-inwink'];
const FEWEST = 120;

/** `passerelle demo`: everything on this machine, three runs, a short story, and all of it stopped again. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('start everything locally with sample data, synchronise, tell what happened, stop')
    .option('--sync <pair>', `which pair (${PAIRS.join(', ')})`, 'planexpo-inwink')
    .option('--records <n>', `how many dossiers (at least ${FEWEST})`, '120')
    .option('--kill-worker', 'kill the worker in the middle of the first run (default)', true)
    .option('--no-kill-worker', 'leave the worker alone')
    .option('--seed <n>', 'seed of the sample data', '1')
    .option('--json', 'print one JSON object as the last line')
    .addHelpText('after', '\nExample:\n  passerelle demo --records 400 --kill-worker')
    .action(async (options: DemoCommandOptions) => {
      if (!PAIRS.includes(options.sync))
        throw new UsageError(`--sync: "${options.sync}" is none of ${PAIRS.join(', ')}`);
      const result = await demo(
        options,
        wholeNumber('--records', options.records, FEWEST),
        wholeNumber('--seed', options.seed, 0),
      );
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      process.exitCode = result.ok ? ExitCode.done : ExitCode.failed;
    });
}

async function demo(options: DemoCommandOptions, dossiers: number, seed: number): Promise<DemoResult> {
  const say = (line: string) => (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  const servers = await startServers();
  const stopOnSignal = stopOnce(servers.stop);
  try {
    const { address, namespace, uiUrl } = servers.temporal;
    const stack = await startLocalStack({
      dossiers,
      seed,
      databaseUrl: servers.databaseUrl,
      temporal: { address, namespace, uiUrl },
    });
    try {
      if (uiUrl !== undefined) say(`Temporal UI while this runs: ${uiUrl}`);
      const bar = progressBar();
      const worker = options.killWorker ? 'kill-in-first-run' : 'leave-alone';
      const result = await runDemo(stack, { worker, say, onProgress: bar.update }).finally(bar.stop);
      await conclude(stack, result, uiUrl, say);
      return result;
    } finally {
      await stack.stop();
    }
  } finally {
    await stopOnSignal();
  }
}

async function conclude(
  stack: Parameters<typeof tellAttention>[0],
  result: DemoResult,
  uiUrl: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const sync = result.syncs[0];
  say(`Duplicates in Inwink: ${sync?.duplicates ?? 0}. Items that need a person: ${sync?.attention ?? 0}.`);
  for (const line of await tellAttention(stack, 5)) say(`   ${line}`);
  if (uiUrl !== undefined) {
    say(
      `In the Temporal UI: the run is ${uiUrl}/namespaces/default/workflows/${encodeURIComponent(`run/${stack.sync}`)},`,
    );
    say(
      '   dossiers are found by their number (search attribute "record"); red ones say in plain words what they need.',
    );
    say('   To keep it open and look around: npm run dev');
  }
  say(result.ok ? 'All promises held.' : 'Something did not hold: see the lines above.');
}

/** Ctrl-C stops what was started, once; so does the normal end. */
export function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const once = () => {
    stopping ??= stop();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void once().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)));
  }
  return once;
}

function wholeNumber(option: string, text: string, least: number): number {
  const n = Number(text);
  if (Number.isInteger(n) && n >= least && n <= 100_000) return n;
  throw new UsageError(`${option}: "${text}" is not a whole number from ${least} to 100000`);
}
