import { readFileSync } from 'node:fs';
import { startPivotCirkwiStack } from '../cli/demo/pivot-cirkwi/stack';
import { startServers } from '../cli/demo/servers';
import { runAndWait } from '../operations/start-run';
import type { SyncRunInput } from '../workflows/messages';

/**
 * What a PIVOT -> Cirkwi sync of any size needs: `npm run bench:offers -- 20000`. Three runs without a limit of pace (the
 * first, a quiet one, a full one) and one import by Cirkwi; prints one JSON line each, with the highest memory of the
 * worker and of the service so far, in MiB (Linux only: read from /proc).
 */

/** As the image sets it: what is alive fits, and the rest is collected instead of kept. */
const HEAP = '--max-old-space-size=256';

async function main(offers: number): Promise<void> {
  const servers = await startServers();
  try {
    const stack = await startPivotCirkwiStack({
      offers,
      seed: 1,
      requestsPerSecond: 'none',
      databaseUrl: servers.databaseUrl,
      temporal: servers.temporal,
    });
    try {
      const worker = await stack.startWorker({ NODE_OPTIONS: HEAP });
      const service = await stack.startService({ NODE_OPTIONS: HEAP });
      const memory = () => ({ workerMiB: peakMiB(worker.pid), serviceMiB: peakMiB(service.pid) });
      const run = async (name: string, input: Partial<SyncRunInput>) => {
        const startedAt = Date.now();
        const phases: Record<string, number> = {};
        const end = await runAndWait(
          stack.client,
          'pivot-cirkwi',
          { sync: stack.sync, mode: 'run', trigger: 'bench', ...input },
          ({ phase }) => {
            phases[phase] ??= (Date.now() - startedAt) / 1_000;
          },
        );
        if (end.kind !== 'report') throw new Error(`the run ended as ${JSON.stringify(end)}`);
        const { historyLength, historySize } = await stack.client.workflow
          .getHandle(`run/${stack.sync}`)
          .describe();
        print({
          name,
          seconds: (Date.now() - startedAt) / 1_000,
          phases,
          counts: end.report.counts,
          writes: end.report.writes,
          historyEvents: historyLength,
          historyBytes: historySize,
          ...memory(),
        });
      };
      await run('first', {});
      await run('quiet', {});
      const startedAt = Date.now();
      await stack.cirkwi.act('pull');
      print({ name: 'import by Cirkwi', seconds: (Date.now() - startedAt) / 1_000, ...memory() });
      await run('full', { full: true });
    } finally {
      await stack.stop();
    }
  } finally {
    await servers.stop();
  }
}

function peakMiB(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main(Number(process.argv[2] ?? 20_000)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
