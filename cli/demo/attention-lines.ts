import { listOpenItems } from '../../db/attention';
import { reasonsOf } from '../../mappings/reasons';
import type { StackBase } from './stack-base';

/** The open items that need a person, the newest first: what each is about, in plain words. `record` is what one is called. */
export async function attentionLines(
  { pool, sync }: StackBase,
  { pair, record, limit }: { pair: string; record: string; limit: number },
): Promise<string[]> {
  const open = await listOpenItems(pool, sync, 1_000);
  const items = open.filter((item) => item.severity === 'action' && item.state === 'open').reverse();
  const lines = items.slice(0, limit).map((item) => {
    const about = item.record_id === null ? item.place : `${record} ${item.record_id}`;
    const { what } = reasonsOf(pair).text(item.reason, 'en');
    return `- item ${item.id}, ${about}: ${item.reason}. ${what}`;
  });
  return items.length > limit
    ? [...lines, `- and ${items.length - limit} more, from the sample's own dirt`]
    : lines;
}
