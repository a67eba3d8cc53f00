import { z } from 'zod';

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration as people write it (`500ms`, `10s`, `15m`, `1d`), read as milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'expected a duration such as 500ms, 10s, 15m, 1h or 1d')
  .transform((text) => {
    const unit = text.replace(/^\d+/, '') as keyof typeof UNITS_MS; // the regex above admits these units only
    return Number.parseInt(text, 10) * UNITS_MS[unit];
  });
