import type { Client } from '@temporalio/client';
import { outcomeAttribute, pairAttribute, recordAttribute, syncAttribute } from '../workflows/names';

const NEEDED = [syncAttribute, pairAttribute, recordAttribute, outcomeAttribute].map(
  (attribute) => attribute.name,
);

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API. */
const KEYWORD = 2;

/** Registers the search attributes that are missing from the client's namespace. Answers those it added. */
export async function ensureSearchAttributes(client: Client): Promise<string[]> {
  const { operatorService } = client.connection;
  const namespace = client.options.namespace;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = NEEDED.filter((name) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return [];
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
  return missing;
}
