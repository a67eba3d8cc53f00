import { z } from 'zod';
import type { SimulatorControl } from '../../../simulators/control';

const line = z.object({ kind: z.string(), id: z.string().nullable(), reason: z.string() });

const pullReportSchema = z.object({
  created: z.number(),
  updated: z.number(),
  changed: z.number(),
  deleted: z.number(),
  rejected: z.array(line),
  partial: z.array(line),
  warnings: z.array(line),
  failed: z.array(z.object({ feed: z.string(), reason: z.string() })),
  unchangedFeed: z.boolean(),
  halfFinished: z.boolean(),
});
export type PullReport = z.infer<typeof pullReportSchema>;

/** Cirkwi imports now, and says what came of it. */
export async function pullOf(cirkwi: SimulatorControl, stopAfter?: number): Promise<PullReport> {
  return pullReportSchema.parse(await cirkwi.act('pull', stopAfter === undefined ? {} : { stopAfter }));
}
