import { z } from 'zod';
import { getCursor } from '../../db/staging';
import type { DiscoveredSchemas } from '../../mappings/weavy-webmecanik/field-mapping';
import type { WeavyWebmecanikContext } from './context';
import { deniedKinds } from './denied';

const clockSchema = z.object({ skewMs: z.number().nullable() }).nullable();
const pausedSchema = z
  .object({ companies: z.array(z.string()), contacts: z.array(z.string()), inbounds: z.array(z.string()) })
  .nullable();

/** What the last preflight found out about both platforms. */
export interface Knowledge {
  schemas: DiscoveredSchemas;
  /** How far each clock is ahead of ours, ms. */
  skewMs: Record<'weavy' | 'mautic', number>;
  /** weavy's names of mapped fields that one side no longer has. */
  gone: { companies: string[]; contacts: string[]; inbounds: string[] };
  /** Kinds of records that we are not let to read. */
  denied: string[];
}

export async function loadKnowledge(context: WeavyWebmecanikContext): Promise<Knowledge> {
  const { pool, slug } = context;
  const [schemas, weavy, mautic, gone, denied] = await Promise.all([
    getCursor(pool, slug, 'schemas'),
    getCursor(pool, slug, 'clock/weavy'),
    getCursor(pool, slug, 'clock/mautic'),
    getCursor(pool, slug, 'gone-fields'),
    deniedKinds(pool, slug),
  ]);
  return {
    // stored by preflight only, from the checked type; before the first one nothing is known of limits
    schemas: (schemas as DiscoveredSchemas | null) ?? { weavy: {}, mautic: {} },
    skewMs: {
      weavy: clockSchema.parse(weavy)?.skewMs ?? 0,
      mautic: clockSchema.parse(mautic)?.skewMs ?? 0,
    },
    gone: pausedSchema.parse(gone) ?? { companies: [], contacts: [], inbounds: [] },
    denied,
  };
}
