import type { Fields, FieldValue } from '../../mappings/fields';
import { foldKey } from '../../mappings/weavy-webmecanik/match-key';
import type { CallContext } from '../budget';
import type { CallName } from '../classify';
import type { MauticAccount } from './account';
import type { Sent } from './batch-judge';
import type { BatchResult, MauticObject } from './client';
import { BLANK, BLANK_FLAG, PLURAL } from './contract';
import { findBy, getMany } from './lists';
import { mauticRules } from './rules';
import { completed, inBatches, send } from './send-write';

/**
 * Creates records that were looked up before; one result each, in order. Without the blank flag, which would make a
 * record that Mautic finds by itself lose every field that is not sent. What the reply does not show is looked up by
 * e-mail or name, and is `UnknownOutcome` for that record when it cannot be found.
 */
export function createMany(
  account: MauticAccount,
  object: MauticObject,
  records: readonly Fields[],
  call?: CallContext,
): Promise<BatchResult[]> {
  const list = PLURAL[object];
  const nameOf = (path: string): CallName => ({
    platform: 'mautic',
    operation: `POST /${list}/${path}`,
    repeatable: 'create',
  });
  return inBatches(account, nameOf('batch/new'), records, async (batch) => {
    const path = batch.length === 1 ? ['new'] : ['batch', 'new'];
    const name = nameOf(path.join('/'));
    const identities = batch.map((fields) => identityIn(object, fields));
    const bodies = batch.map(withoutBlanks);
    const results = await send(
      account,
      {
        method: 'POST',
        path: [list, ...path],
        sent: createdAs(name, object, identities),
        body: batch.length === 1 ? bodies[0] : bodies,
      },
      call,
    );
    return completed(name, results, (places) => created(account, object, identities, places, call));
  });
}

function createdAs(name: CallName, object: MauticObject, identities: ReadonlyArray<string | null>): Sent {
  const known = new Set(identities.filter((identity) => identity !== null));
  return {
    name,
    object,
    count: identities.length,
    isOwn: (at, record) => {
      const identity = identityIn(object, record.fields);
      return identity !== null && identity === identities[at];
    },
    isOthers: (at, record) => {
      const identity = identityIn(object, record.fields);
      return identity !== null && identity !== identities[at] && known.has(identity);
    },
  };
}

/** The one record by which each of these is known; several would be a guess. */
async function created(
  account: MauticAccount,
  object: MauticObject,
  identities: ReadonlyArray<string | null>,
  places: readonly number[],
  call?: CallContext,
): Promise<(place: number) => BatchResult | null> {
  const asked = places.flatMap((at) => identities[at] ?? []);
  const found = await findBy(account, object, mauticRules.identityField[object], asked, call);
  return (place) => {
    const [record, ...others] = found.filter(
      (each) => identities[place] !== null && identityIn(object, each.fields) === identities[place],
    );
    return record !== undefined && others.length === 0 ? { kind: 'stored', record } : null;
  };
}

function identityIn(object: MauticObject, fields: Fields): string | null {
  const folded = foldKey(String(fields[mauticRules.identityField[object]] ?? ''));
  return folded === '' ? null : folded;
}

interface Update {
  id: string;
  fields: Fields;
}

/**
 * PATCH of the given fields; one result each, in order. The record answered may have another number than the one that
 * was asked for: versions 3 and 4 merge contacts that come to share an e-mail (documented). It is passed on as it is.
 */
export function updateMany(
  account: MauticAccount,
  object: MauticObject,
  records: readonly Update[],
  call?: CallContext,
): Promise<BatchResult[]> {
  const list = PLURAL[object];
  const nameOf = (route: string): CallName => ({
    platform: 'mautic',
    operation: `PATCH /${list}/${route}`,
    repeatable: 'safe',
  });
  return inBatches(account, nameOf('batch/edit'), records, async (batch) => {
    const [only] = batch;
    const isSingle = only !== undefined && batch.length === 1;
    const name = nameOf(isSingle ? '{id}/edit' : 'batch/edit');
    const results = await send(
      account,
      {
        method: 'PATCH',
        path: [list, ...(isSingle ? [only.id, 'edit'] : ['batch', 'edit'])],
        sent: updatedAs(name, object, batch),
        body: isSingle
          ? changesOf(only.fields)
          : batch.map(({ id, fields }) => ({ id: Number(id), ...changesOf(fields) })),
      },
      call,
    );
    return completed(name, results, (places) => updated(account, object, batch, places, call));
  });
}

function updatedAs(name: CallName, object: MauticObject, batch: readonly Update[]): Sent {
  const asked = new Set(batch.map(({ id }) => id));
  return {
    name,
    object,
    count: batch.length,
    isOwn: (at, record) => record.id === batch[at]?.id,
    isOthers: (at, record) => record.id !== batch[at]?.id && asked.has(record.id),
  };
}

async function updated(
  account: MauticAccount,
  object: MauticObject,
  batch: readonly Update[],
  places: readonly number[],
  call?: CallContext,
): Promise<(place: number) => BatchResult | null> {
  const ids = places.flatMap((at) => batch[at]?.id ?? []);
  const found = await getMany(account, object, ids, call);
  return (place) => {
    const record = found.find(({ id }) => id === batch[place]?.id);
    return record === undefined ? null : { kind: 'stored', record };
  };
}

function isBlank(value: FieldValue): boolean {
  return value === null || value === '';
}

function withoutBlanks(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isBlank(value)));
}

/** The changed fields; with the flag exactly when one of them is cleared. */
function changesOf(fields: Fields): Fields {
  const values = Object.entries(fields).map(
    ([name, value]) => [name, isBlank(value) ? BLANK : value] as const,
  );
  const clears = values.some(([, value]) => value === BLANK);
  return { ...Object.fromEntries(values), ...(clears ? { [BLANK_FLAG]: true } : {}) };
}
