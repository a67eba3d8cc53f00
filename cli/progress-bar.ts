import { Presets, SingleBar } from 'cli-progress';
import { environment } from '../config/environment';
import type { RunProgress } from '../workflows/messages';

export interface ProgressBar {
  update(progress: RunProgress): void;
  stop(): void;
}

/** A bar on a terminal; nothing elsewhere, so that logs and pipes stay readable. Writes to stderr. */
export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY || environment.CI !== undefined) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format: '  {phase} [{bar}] {value}/{total}  {pace}  {outcomes}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { phase: 'opening', pace: '', outcomes: '' });
  return {
    update(progress) {
      const applying = progress.phase === 'apply' || progress.phase === 'report';
      bar.setTotal(Math.max(1, applying ? progress.toApply : progress.read));
      const outcomes = Object.entries(progress.outcomes).map(([name, n]) => `${name} ${n}`);
      bar.update(applying ? progress.applied : progress.planned, {
        phase: progress.phase.padEnd(9),
        pace: progress.appliedPerMinute === null ? '' : `${progress.appliedPerMinute}/min`,
        outcomes: outcomes.join(', '),
      });
    },
    stop: () => bar.stop(),
  };
}
