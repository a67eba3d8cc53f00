import { z } from 'zod';
import type { PivotCirkwiStack } from './stack';

/** A circuit as Cirkwi's simulator shows it. */
const circuitSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  trackHash: z.string().nullable(),
  /** Latitude, longitude and, where known, elevation of each point. */
  track: z.array(z.array(z.number())).nullable().optional(),
});
export type CirkwiCircuit = z.infer<typeof circuitSchema>;

/** The circuit with this id of Cirkwi or of PIVOT; null when there is none. */
export async function findCircuit({ cirkwi }: PivotCirkwiStack, id: string): Promise<CirkwiCircuit | null> {
  const [found] = await cirkwi.records('circuits', id);
  return found === undefined ? null : circuitSchema.parse(found);
}

/** Somebody draws a detour of a few hundred metres into the middle of a circuit. Answers the circuit with it. */
export async function drawDetour(stack: PivotCirkwiStack, code: string): Promise<CirkwiCircuit> {
  const before = await findCircuit(stack, code);
  if (before?.track == null) throw new Error(`circuit ${code} has no track in Cirkwi to draw in`);
  const track = before.track.map((point, at, { length }) => bulged(point, at / length));
  await stack.cirkwi.put('circuits', { action: 'patch', id: code, value: { track } });
  return (await findCircuit(stack, code)) ?? before;
}

const DETOUR_DEGREES = 0.003;

/** The second third of the way is moved to the north, most in its middle. */
function bulged([lat = 0, lon = 0, ...elevation]: number[], share: number): number[] {
  const within = Math.min(1, Math.max(0, (share - 1 / 3) * 3));
  const moved = lat + DETOUR_DEGREES * Math.sin(Math.PI * within);
  return [Number(moved.toFixed(6)), lon, ...elevation];
}
