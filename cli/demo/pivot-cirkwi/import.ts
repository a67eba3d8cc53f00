import { z } from 'zod';
import type { PivotCirkwiStack } from './stack';

/** What matters to the story of an import's report. */
const importSchema = z.looseObject({
  created: z.number(),
  updated: z.number(),
  changed: z.number(),
  deleted: z.number(),
  rejected: z.array(z.unknown()),
  partial: z.array(z.unknown()),
  failed: z.array(z.unknown()),
});
export type CirkwiImport = z.infer<typeof importSchema>;

/** Cirkwi's daily import, now. */
export async function importNow({ cirkwi }: PivotCirkwiStack): Promise<CirkwiImport> {
  return importSchema.parse(await cirkwi.act('pull'));
}

/** Both feeds were read to their end, and nothing in them was refused. */
export function isFlawless({ rejected, partial, failed }: CirkwiImport): boolean {
  return rejected.length + partial.length + failed.length === 0;
}

export function tellImport({ created, changed, deleted }: CirkwiImport): string {
  return `Cirkwi imports the feed: ${created} objects new, ${changed} changed, ${deleted} deleted, none refused`;
}
