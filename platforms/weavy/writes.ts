import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { CallContext } from '../budget';
import { abortError } from '../classify';
import { FailureKind, PlatformFailure } from '../failure';
import { UnreadableText } from '../http';
import { askTable, type WeavyAccount } from './account';
import type { WeavyEntity } from './client';
import { paths, recordBody, storedRecord, writeReplySchema } from './contract';
import { readRecord } from './reads';

interface Write {
  entity: WeavyEntity;
  id: string;
  fields: Fields;
}

/** Any 2xx is a success, whatever its body (documented: 200; the others assumed). A page of a proxy is no answer of weavy. */
const anyText = {
  as: 'text' as const,
  accept: 'application/json',
  read(text: string) {
    if (text.trimStart().startsWith('<')) throw new UnreadableText('a page');
    return text;
  },
};

/**
 * Creates under our code. Once weavy accepted it, nothing that goes wrong in reading it may look like a create that did
 * not happen: that is an `UnknownOutcome` too.
 */
export async function createRecord(
  account: WeavyAccount,
  { entity, id, fields }: Write,
  call?: CallContext,
): Promise<CrmRecord> {
  const route = `/Data/{project}/${entity}`;
  const name = { platform: 'weavy', operation: `POST ${route}`, repeatable: 'create' } as const;
  const reply = await askTable(account, entity, 'ADD', {
    method: 'POST',
    path: paths.table(account.project, entity),
    route,
    body: { json: recordBody(entity, id, fields) },
    repeatable: 'create',
    reply: anyText,
    schema: writeReplySchema,
    ...call,
  });
  const stored = storedRecord(entity, id, fields, reply);
  if (stored !== null) return stored;
  try {
    const held = await readRecord(account, entity, id, reading(call));
    if (held !== null) return held;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw abortError(name, 'sent');
    throw unconfirmed(name.operation, error);
  }
  throw unconfirmed(name.operation, undefined);
}

/** Repeating an update leaves the same state. Nothing to change sends nothing. `Missing` when the record is gone. */
export async function updateRecord(
  account: WeavyAccount,
  { entity, id, fields }: Write,
  call?: CallContext,
): Promise<CrmRecord> {
  const route = `/Data/{project}/${entity}/{id}`;
  if (Object.keys(fields).length > 0) {
    const reply = await askTable(account, entity, 'UPDATE', {
      method: 'PUT',
      path: paths.record(account.project, entity, id),
      route,
      body: { json: recordBody(entity, id, fields) },
      repeatable: 'safe',
      reply: anyText,
      schema: writeReplySchema,
      ...call,
    });
    const stored = storedRecord(entity, id, fields, reply);
    if (stored !== null) return stored;
  }
  const held = await readRecord(account, entity, id, reading(call));
  if (held !== null) return held;
  throw new PlatformFailure(
    FailureKind.missing,
    `Weavy no longer holds the record that PUT ${route} names.`,
    { platform: 'weavy', operation: `PUT ${route}` },
  );
}

/** The look after a write is no write: whether a later attempt took over no longer matters to it. */
function reading(call: CallContext | undefined): CallContext {
  return call?.signal === undefined ? {} : { signal: call.signal };
}

function unconfirmed(operation: string, cause: unknown): PlatformFailure {
  const message = `Weavy accepted ${operation}, but the record could not be read afterwards. Look it up before creating again.`;
  return new PlatformFailure(
    FailureKind.unknownOutcome,
    message,
    { platform: 'weavy', operation },
    cause === undefined ? {} : { cause },
  );
}
