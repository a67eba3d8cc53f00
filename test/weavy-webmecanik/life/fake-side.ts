import type { FieldValue } from '../../../mappings/fields';
import type { SimRecord, SimulatorControl } from '../../../simulators/control';
import type { PersonChange } from '../../../simulators/core/platform';

interface FakeRecord {
  id: string;
  fields: Record<string, FieldValue>;
  ms: number;
  doNotContact: Array<{ reason: number }>;
  isLive: boolean;
}

/** One side in memory: the control routes that a life uses, and the same records for a sync in a test. */
export interface FakeSide extends SimulatorControl {
  table(kind: string): Map<string, FakeRecord>;
  /** A change of the sync. */
  write(kind: string, id: string, fields: Record<string, FieldValue>): void;
}

/** `clock` gives ms; every call may give a later moment. */
export function fakeSide(side: 'weavy' | 'mautic', clock: () => number): FakeSide {
  const tables = new Map<string, Map<string, FakeRecord>>();
  const table = (kind: string): Map<string, FakeRecord> => {
    const known = tables.get(kind) ?? new Map();
    tables.set(kind, known);
    return known;
  };
  const shown = ({ id, fields, ms, doNotContact, isLive }: FakeRecord): SimRecord => {
    const text = new Date(ms).toISOString().slice(0, 19);
    return side === 'weavy'
      ? { id, fields, srvDateUTC: text, srvAttrib: isLive ? 0 : 1 }
      : {
          id: Number(id),
          fields,
          dateModified: `${text}+00:00`,
          dateIdentified: `${text}+00:00`,
          doNotContact,
        };
  };
  const blank = (id: string): FakeRecord => ({ id, fields: {}, ms: clock(), doNotContact: [], isLive: true });
  const write = (kind: string, id: string, fields: Record<string, FieldValue>): FakeRecord => {
    const before = table(kind).get(id) ?? blank(id);
    const after = { ...before, fields: { ...before.fields, ...fields }, ms: clock() };
    table(kind).set(id, after);
    return after;
  };
  const numbered = (kind: string): string => String(Math.max(0, ...[...table(kind).keys()].map(Number)) + 1);

  const put = (kind: string, { id, value = {} }: PersonChange): SimRecord => {
    const { fields, srvDateUTC, dateModified } = value;
    // The values are those of the life under test.
    const record = write(kind, id ?? numbered(kind), (fields ?? {}) as Record<string, FieldValue>);
    const given = srvDateUTC === undefined ? dateModified : `${String(srvDateUTC)}Z`;
    if (given !== undefined) record.ms = Date.parse(String(given));
    return shown(record);
  };
  const act = (name: string, body: unknown): unknown => {
    const { id, reason, inboundId, contactId } = body as Record<string, string | number>;
    if (name === 'convert') {
      const inbound = table('marketinginbound').get(String(inboundId));
      if (inbound === undefined) throw new Error(`no inbound ${inboundId}`);
      inbound.isLive = false;
      return shown(write('customercontact', String(contactId), inbound.fields));
    }
    const record = write('contact', String(id), {});
    if (name === 'bounce') record.doNotContact = [{ reason: Number(reason) }];
    return shown(record);
  };

  return {
    table,
    write: (kind, id, fields) => void write(kind, id, fields),
    put: async (kind, change) => put(kind, change),
    records: async (kind, id) =>
      [...table(kind).values()].filter((record) => id === undefined || record.id === id).map(shown),
    act: async (name, body) => act(name, body),
    stats: unused,
    journal: unused,
    faults: unused,
    faultUses: unused,
    clearFaults: unused,
    reset: unused,
    clearCounters: unused,
  };
}

async function unused(): Promise<never> {
  throw new Error('A life has no use for this control route.');
}
