import { type MauticClock, mauticClock } from './clock';
import { defaultFields, fieldSchema, type MauticField, type MauticObject } from './field-definition';
import { type HourlyLimit, hourlyLimit } from './hourly-limit';
import { type MauticSettings, type MauticSimulatorOptions, type MauticVersion, settingsOf } from './options';
import { type RecordTable, recordTable } from './record-table';
import { type CompanyRow, type ContactRow, companyOfState, contactOfState, KEY_OF } from './records';
import { type SignInDesk, signInDesk } from './sign-in';
import { type MauticState, mauticStateSchema } from './state';
import { type WebhookDesk, webhookDesk } from './webhooks';

export type Permission = 'view' | 'create' | 'edit';
export type Permissions = Record<MauticObject, Record<Permission, boolean>>;

/** Everything one simulated instance holds. */
export interface MauticWorld {
  version: MauticVersion;
  settings: MauticSettings;
  clock: MauticClock;
  contact: RecordTable<ContactRow>;
  company: RecordTable<CompanyRow>;
  fields: MauticField[];
  permissions: Permissions;
  signIn: SignInDesk;
  hourly: HourlyLimit;
  webhooks: WebhookDesk;
  /** `total` of a list of contacts, by filter, while it is kept. */
  totals: Map<string, { total: number; until: number }>;
  /** Numbers of segments and tags, by alias or name. */
  numbers: Map<string, number>;
  /** The next batch dies after so many records; null = it does not. */
  batchDiesAfter: number | null;
  lastFieldId: number;
}

export function mauticWorld(options: MauticSimulatorOptions): MauticWorld {
  const clock = mauticClock(options.clockSkewMs ?? 0);
  const world: MauticWorld = {
    version: options.version ?? 4,
    settings: settingsOf(options),
    clock,
    contact: recordTable<ContactRow>(KEY_OF.contact),
    company: recordTable<CompanyRow>(KEY_OF.company),
    fields: [],
    permissions: everythingAllowed(),
    signIn: signInDesk(options),
    hourly: hourlyLimit(clock, () => world.settings),
    webhooks: webhookDesk(
      () => world.version,
      () => clock.now(),
    ),
    totals: new Map(),
    numbers: new Map(),
    batchDiesAfter: null,
    lastFieldId: 0,
  };
  return world;
}

/** Puts a world back to its start, with these records. */
export function loadMauticState(
  world: MauticWorld,
  options: MauticSimulatorOptions,
  state: MauticState,
): void {
  const { company, contact } = mauticStateSchema.parse(state);
  const now = world.clock.now();
  world.company.replaceAll(company.map((row) => companyOfState(row, now)));
  world.contact.replaceAll(contact.map((row) => contactOfState(row, now)));
  world.version = options.version ?? 4;
  world.settings = settingsOf(options);
  world.clock.skewMs = options.clockSkewMs ?? 0;
  world.lastFieldId = 0;
  world.fields = [...defaultFields(), ...(options.fields ?? [])].map((field) => numberedField(world, field));
  world.permissions = everythingAllowed();
  world.hourly.clear();
  world.webhooks.clear();
  world.totals.clear();
  world.numbers.clear();
  world.batchDiesAfter = null;
}

export function numberedField(world: MauticWorld, field: unknown): MauticField {
  world.lastFieldId += 1;
  return { ...fieldSchema.parse(field), id: world.lastFieldId };
}

/** The fields that forms and replies know. */
export function fieldsOf(world: MauticWorld, object: MauticObject): MauticField[] {
  return world.fields.filter((field) => field.object === object && field.isPublished);
}

export function tableOf(
  world: MauticWorld,
  object: MauticObject,
): Pick<RecordTable<CompanyRow>, 'all' | 'get' | 'holding'> {
  return object === 'contact' ? world.contact : world.company;
}

/** The same number for the same name, as long as the world lasts. */
export function numberOf(world: MauticWorld, name: string): number {
  const known = world.numbers.get(name);
  if (known !== undefined) return known;
  world.numbers.set(name, world.numbers.size + 1);
  return world.numbers.size;
}

function everythingAllowed(): Permissions {
  return {
    contact: { view: true, create: true, edit: true },
    company: { view: true, create: true, edit: true },
  };
}
