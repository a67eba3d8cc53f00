import type { RetrySettings } from '../messages';
import { politely } from '../politely';
import { sideActivities } from './activities';

/** Kinds of records, as their ids begin. Kept here: what a workflow imports goes into its bundle. */
const KIND = /^((weavy)\/(customer|customercontact|marketinginbound)|(mautic)\/(company|contact))\/(.+)$/s;

/** Reads one record, and then its counterpart on the other side. Answers how many were found. */
export async function readOne(sync: string, recordId: string, retry: RetrySettings): Promise<number> {
  const [, kind, weavy, , , , id] = KIND.exec(recordId) ?? [];
  if (kind === undefined || id === undefined) return 0;
  const side = weavy === undefined ? 'mautic' : 'weavy';
  const other = side === 'weavy' ? 'mautic' : 'weavy';
  const read = await politely(() =>
    sideActivities(side, retry).readRecord.executeWithOptions({ summary: `read ${recordId}` }, [
      // the expression has let nothing else through
      { sync, kind: kind as Parameters<ReturnType<typeof sideActivities>['readRecord']>[0]['kind'], id },
    ]),
  );
  const counterpart = await politely(() =>
    sideActivities(other, retry).readCounterpart.executeWithOptions({ summary: 'read its counterpart' }, [
      { sync, recordId },
    ]),
  );
  return (read.found ? 1 : 0) + counterpart.found;
}
