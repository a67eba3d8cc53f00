import { z } from 'zod';
import { settingsSchema, VERSIONS } from './options';
import type { MauticWorld } from './world';

const turnableSchema = settingsSchema
  .extend({ version: z.literal(VERSIONS), clockSkewMs: z.number().int() })
  .partial()
  .strict();

/** Everything that can be turned while the simulator runs: the control kind `setting`, a single record. */
export function turnedSettings(world: MauticWorld): Record<string, unknown> {
  return {
    id: 'setting',
    version: world.version,
    clockSkewMs: world.clock.skewMs,
    ...world.settings,
  };
}

/** Only what is given changes. Throws a `ZodError`. */
export function turnSettings(world: MauticWorld, changes: unknown): Record<string, unknown> {
  const { version, clockSkewMs, ...others } = turnableSchema.parse(changes ?? {});
  world.version = version ?? world.version;
  world.clock.skewMs = clockSkewMs ?? world.clock.skewMs;
  world.settings = settingsSchema.parse({ ...world.settings, ...others });
  return turnedSettings(world);
}
