import { z } from 'zod';
import type { PersonChange } from '../core/platform';
import { type EntityName, isEntity } from './entities';
import { fieldId, type WeavyField, weavyFieldSchema } from './fields';
import { badRequest, notFound, unknownField } from './problems';
import type { Row, Value } from './row-table';
import { settingsSchema, type WeavySettings } from './settings';
import { ALL_RIGHTS, fieldOf, newRow, type WeavyWorld, wholeSeconds } from './world';

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const recordSchema = z
  .object({
    srvDateUTC: z.string().optional(),
    srvAttrib: z.number().int().optional(),
    fields: z.record(z.string(), valueSchema).default({}),
  })
  .catchall(valueSchema);

/** A record as people see it: the form of the first state. */
type PersonRecord = Pick<Row, 'id' | 'fields' | 'srvDateUTC' | 'srvAttrib'>;

/**
 * What people do in weavy and in its studio. They are not held to the rules of the API: lengths and foreign keys are not
 * checked, and a person can make the second record with an e-mail address.
 */
export function changeWeavy(world: WeavyWorld, kind: string, change: PersonChange): unknown {
  if (isEntity(kind)) return changeRecord(world, kind, change);
  switch (kind) {
    case 'field':
      return changeField(world, change);
    case 'right':
      return changeRight(world, change);
    case 'setting':
      return changeSettings(world, change);
    default:
      throw notFound(`There are no records "${kind}"`);
  }
}

/** Values stand in `fields`, or beside it. A change time that is given counts; else it is now, or stays when asked. */
function changeRecord(world: WeavyWorld, entity: EntityName, change: PersonChange): PersonRecord | null {
  const table = world.tables[entity];
  const before = change.id === undefined ? undefined : table.get(change.id);
  if (!before && change.action !== 'upsert') throw notFound();
  const now = world.clock.stamp();
  const base = before ?? { ...newRow(change.id ?? freeCode(world, entity)), srvDateUTC: now };
  const { fields, srvDateUTC, srvAttrib, ...others } = recordSchema.parse(change.value ?? {});
  const changed = change.keepUpdatedAt ? base.srvDateUTC : now;
  const row: Row = {
    ...base,
    fields: { ...base.fields, ...editedFields(world, entity, { ...others, ...fields }, change.unset) },
    srvDateUTC: srvDateUTC === undefined ? changed : wholeSeconds(srvDateUTC),
    srvAttrib: change.action === 'delete' ? 1 : (srvAttrib ?? base.srvAttrib),
    srvExport: 1,
  };
  table.put(row);
  return change.action === 'delete' ? null : personRecord(row);
}

function editedFields(
  world: WeavyWorld,
  entity: EntityName,
  given: Record<string, Value>,
  unset: readonly string[] = [],
): Record<string, Value> {
  const { id: _id, ...values } = given; // a whole record may come back as it was read
  const edited = { ...values, ...Object.fromEntries(unset.map((name) => [name, null])) };
  const unknown = Object.keys(edited).find((name) => !fieldOf(world, entity, name));
  if (unknown !== undefined) throw unknownField(unknown);
  return edited;
}

const CODE_PREFIX: Record<EntityName, string> = {
  customer: 'T',
  customercontact: 'C',
  marketinginbound: 'E',
};

/** The code that weavy itself gives to what people make. */
function freeCode(world: WeavyWorld, entity: EntityName): string {
  const table = world.tables[entity];
  for (let count = table.all().length + 1; ; count += 1) {
    const code = `${CODE_PREFIX[entity]}-${String(count).padStart(6, '0')}`;
    if (!table.get(code)) return code;
  }
}

/** Changes made in the studio show at once. The id of a field is `customer/siret`. */
function changeField(world: WeavyWorld, change: PersonChange): WeavyField | null {
  const [entity, fieldName] = (change.id ?? '').split('/', 2);
  const before = world.fields.find((field) => fieldId(field) === change.id);
  if (change.action !== 'upsert' && !before) throw notFound('Field not found');
  if (change.action === 'delete') {
    world.fields = world.fields.filter((field) => field !== before);
    return null;
  }
  const field = weavyFieldSchema.parse({ ...before, ...change.value, entity, fieldName });
  world.fields = before
    ? world.fields.map((each) => (each === before ? field : each))
    : [...world.fields, field];
  return field;
}

/** One of the nine boxes in the studio: `customer/READ` with `allowed`; to delete one is to untick it. */
function changeRight(world: WeavyWorld, change: PersonChange): unknown {
  const right = ALL_RIGHTS.find(({ id }) => id === change.id);
  if (!right) throw notFound(`There is no right "${change.id}"`);
  const { allowed } = z.object({ allowed: z.boolean().default(true) }).parse(change.value ?? {});
  const isTicked = change.action !== 'delete' && allowed;
  if (isTicked) world.withheld.delete(right.id);
  else world.withheld.add(right.id);
  return { ...right, allowed: isTicked };
}

/** There is one record of settings; a change keeps those that it does not name. */
function changeSettings(world: WeavyWorld, change: PersonChange): ShownSettings {
  if (change.action === 'delete') throw badRequest('Settings cannot be deleted');
  world.settings = settingsSchema.parse({ ...world.settings, ...change.value });
  return shownSettings(world.settings);
}

type ShownSettings = Omit<WeavySettings, 'password'> & { id: string };

export function shownSettings({ password: _password, ...settings }: WeavySettings): ShownSettings {
  return { id: 'project', ...settings };
}

export function personRecord({ id, fields, srvDateUTC, srvAttrib }: Row): PersonRecord {
  return { id, fields, srvDateUTC, srvAttrib };
}
