import { z } from 'zod';
import type { PersonChange } from '../core/platform';
import type { ObjectKind } from './feed-reader';
import { edited, handMadeObject } from './hand-made';
import type { CirkwiObject } from './object-table';
import { badRequest, notFound } from './problems';
import { foundBy, KIND_OF_RECORDS, recordOf } from './records';
import { handEditSchema } from './state';
import type { CirkwiWorld } from './world';
import { UnreadableDocument } from './xml-reader';

/**
 * What people do in Cirkwi's own editor. They may edit or delete an imported object like their own: the next import
 * puts it back. `upsert` makes an object by hand where there is none with this id.
 */
export function changeCirkwi(world: CirkwiWorld, records: string, change: PersonChange): unknown {
  if (records === 'profile' || records === 'settings' || records === 'statistics') {
    if (change.action === 'delete') throw badRequest('This belongs to the account and cannot be deleted.');
    world[records] = { ...world[records], ...change.value };
    for (const key of change.unset ?? []) delete world[records][key];
    return { id: records, ...world[records] };
  }
  const kind = KIND_OF_RECORDS[records];
  if (!kind) throw notFound(`kind of record (${records})`);
  return changeObject(world, kind, change);
}

function changeObject(world: CirkwiWorld, kind: ObjectKind, change: PersonChange): unknown {
  const before = change.id === undefined ? undefined : foundBy(world, kind, change.id)[0];
  if (change.action !== 'upsert' && !before) throw notFound(kind);
  if (change.action === 'delete') {
    if (before) world.objects[kind].remove(before.id);
    return null;
  }
  const after = before ? editOf(world, before, change) : madeBy(world, kind, change);
  world.objects[kind].put(after);
  return recordOf(after);
}

function editOf(world: CirkwiWorld, before: CirkwiObject, change: PersonChange): CirkwiObject {
  const edit = handEditSchema.parse(change.value ?? {});
  const after = readable(() => edited(before, edit));
  return change.keepUpdatedAt ? after : { ...after, modifiedAt: world.now() };
}

function madeBy(world: CirkwiWorld, kind: ObjectKind, change: PersonChange): CirkwiObject {
  const id = z.string().regex(/^\d+$/, 'Ids in Cirkwi are numbers.').optional().parse(change.id);
  const edit = handEditSchema.parse(change.value ?? {});
  return readable(() => handMadeObject(world, kind, id ?? world.nextId(), edit));
}

function readable(make: () => CirkwiObject): CirkwiObject {
  try {
    return make();
  } catch (error) {
    throw error instanceof UnreadableDocument
      ? badRequest(`The track is of no use: ${error.message}.`)
      : error;
  }
}
