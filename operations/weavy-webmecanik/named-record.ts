import { parseRecordId, RECORD_KINDS } from '../../mappings/weavy-webmecanik/crm-record';
import { Refusal } from '../refusal';

/**
 * The whole id of a record that was never read: with its platform, or by its kind (`contact/81`). Anything else is a
 * refusal: it would go into the history of a workflow, and an e-mail has no place there.
 */
export function namedRecord(text: string): string {
  if (parseRecordId(text) !== null) return text;
  const slash = text.indexOf('/');
  const kind = RECORD_KINDS.find((each) => each.split('/')[1] === text.slice(0, Math.max(slash, 0)));
  if (kind !== undefined && slash < text.length - 1) return `${kind}${text.slice(slash)}`;
  const named = RECORD_KINDS.map((each) => `${each}/ID`).join(', ');
  throw new Refusal(
    'invalid',
    `no single record of this sync goes by that name: name it by its kind and id (${named}), never by an e-mail`,
  );
}
