import { Refusal, type SimReply } from '../core/http-message';
import { isObject } from '../core/value-path';
import type { MauticObject } from './field-definition';
import { rowJson } from './listing';
import { phpArray } from './php';
import { badRequest, errorEntry, serverError } from './problems';
import { type RecordSaves, type Saved, savesOf } from './record-saves';
import type { MauticWorld } from './world';

const MOST_RECORDS = 200;

type SaveOne = (saves: RecordSaves, record: unknown) => Saved;

/** `POST .../batch/new`. Version 4 and earlier do not match companies here; version 5 refuses their names as taken. */
export function batchNew(world: MauticWorld, object: MauticObject, body: unknown): SimReply {
  return batch(world, object, body, 201, (saves, record) => saves.create(record, 'batch'));
}

/** `PATCH` or `PUT .../batch/edit`; each record names its `id`. */
export function batchEdit(
  world: MauticWorld,
  object: MauticObject,
  method: 'PATCH' | 'PUT',
  body: unknown,
): SimReply {
  return batch(world, object, body, 200, (saves, record) =>
    saves.edit(method, isObject(record) ? String(record.id ?? '') : '', record),
  );
}

/** Each record is saved on its own; the reply is a success even when none was. */
function batch(
  world: MauticWorld,
  object: MauticObject,
  body: unknown,
  status: number,
  saveOne: SaveOne,
): SimReply {
  if (!Array.isArray(body)) throw badRequest('A list of records is expected.');
  if (body.length > MOST_RECORDS) {
    throw serverError(`A max of ${MOST_RECORDS} entities are supported at a time.`);
  }
  const saves = savesOf(world, object);
  const saved: Array<readonly [number, Record<string, unknown>]> = [];
  const errors: Array<readonly [number, unknown]> = [];
  const statusCodes: number[] = [];
  const taken = { created: 0, updated: 0 };
  for (const [index, record] of body.entries()) {
    if (diesHere(world, index)) return { ...died(), ...effectOf(taken) };
    const outcome = attempt(saves, record, saveOne);
    statusCodes.push(outcome.status);
    if ('error' in outcome) errors.push([index, outcome.error]);
    else {
      saved.push([index, rowJson(world, object, outcome.saved.row)]);
      taken[outcome.saved.effect] += 1;
    }
  }
  const key = object === 'contact' ? 'contacts' : 'companies';
  const failed = errors.length === 0 ? {} : { errors: phpArray(errors) };
  return { status, body: { [key]: phpArray(saved), statusCodes, ...failed }, ...effectOf(taken) };
}

type Attempt = { status: number; saved: Saved } | { status: number; error: unknown };

function attempt(saves: RecordSaves, record: unknown, saveOne: SaveOne): Attempt {
  try {
    const saved = saveOne(saves, record);
    return { status: saved.effect === 'created' ? 201 : 200, saved };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.problem.status, error: errorEntry(error.problem) };
  }
}

function diesHere(world: MauticWorld, index: number): boolean {
  if (world.batchDiesAfter !== index) return false;
  world.batchDiesAfter = null;
  return true;
}

/** The server process ends in the middle: what was saved before stays saved. */
function died(): SimReply {
  const { problem } = serverError();
  return { status: problem.status, body: { errors: [errorEntry(problem)] } };
}

function effectOf(took: { created: number; updated: number }): Pick<SimReply, 'effect' | 'took'> {
  if (took.created > 0) return { effect: 'created', took };
  return took.updated > 0 ? { effect: 'updated', took } : {};
}
