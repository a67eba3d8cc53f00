import type { FieldValue } from '../../../mappings/fields';
import { type RecordKind, recordIdOf, type Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { SimulatorControl } from '../../../simulators/control';
import { seededRandom } from '../../../simulators/core/seeded-random';
import { type Couple, type CoupleForm, KINDS } from './couple';
import { type FieldTrack, otherSide } from './field-track';
import { freshValues } from './fresh-values';
import { type LifeModel, lifeModel } from './model';
import { type Move, nextMove } from './moves';
import { newFields } from './new-fields';
import {
  controlKind,
  readSides,
  type SideRecord,
  type SidesState,
  sideRecord,
  timeValue,
} from './side-records';

export type { SidesState } from './side-records';

export interface LifeOptions {
  seed: number;
  weavy: SimulatorControl;
  mautic: SimulatorControl;
  /** The mapping in force. */
  fields: FieldMapping;
  /** What multiselects may hold. Default: those of the sample data. */
  choices?: readonly [string, ...string[]];
  /**
   * How much earlier the losing one of two edits of a field is dated, in ms: more than the tolerance of a tie and the
   * error of both clocks, less than the overlap of two readings. Default 10 s.
   */
  contestGapMs?: number;
}

/** What was done, for messages. */
export interface Done {
  what: string;
  /** Record id. */
  record: string;
  field: string | null;
  value: FieldValue;
}

export interface Life {
  /** One random thing that a person does on either side; null when nothing is possible. At any time, also in a cycle. */
  act(): Promise<Done | null>;
  /** Runs one cycle of the sync; `act` may be called meanwhile. What both sides agree on afterwards is settled. */
  cycle<T>(run: () => Promise<T>): Promise<T>;
  /** Every difference between what must be and what both sides hold, in words; reads both when no state is given. */
  check(state?: SidesState): Promise<string[]>;
  readSides(): Promise<SidesState>;
  /** How often each thing was done. */
  readonly counts: Readonly<Record<string, number>>;
}

const CHOICES = ['salons', 'formation', 'nouveautes', 'promotions'] as const;

/**
 * People who work in both CRMs, by a seed, with a model of what must come of it. Begins with what stands on both sides: call
 * it once they are in step. Records whose key is not unique, blank or known to one side alone are left alone.
 */
export async function createLife(options: LifeOptions): Promise<Life> {
  const { seed, fields } = options;
  const controls = { weavy: options.weavy, mautic: options.mautic };
  const random = seededRandom(seed);
  const fresh = freshValues(random, options.choices ?? CHOICES, seed.toString(36));
  const model = lifeModel(await readSides(controls), fields);
  const counts: Record<string, number> = {};
  let running = false;
  let last: Promise<unknown> = Promise.resolve();
  /** Edits and the model's own readings never overlap. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const world: World = {
    controls,
    model,
    fields,
    random,
    fresh,
    contestGapMs: options.contestGapMs ?? 10_000,
    made: 0,
  };
  return {
    counts,
    readSides: () => readSides(controls),
    act: () =>
      inTurn(async () => {
        const move = nextMove({ random, fresh, fields, couples: model.couples, inCycle: running });
        if (move === null) return null;
        const done = await doMove(world, move);
        counts[done.what] = (counts[done.what] ?? 0) + 1;
        return done;
      }),
    async cycle(run) {
      await inTurn(async () => {
        running = true;
        model.beginCycle();
      });
      try {
        return await run();
      } finally {
        await inTurn(async () => {
          model.settle(await readSides(controls));
          running = false;
        });
      }
    },
    check: (state) => inTurn(async () => model.check(state ?? (await readSides(controls)))),
  };
}

interface World extends Pick<LifeOptions, 'fields'> {
  controls: Record<Side, SimulatorControl>;
  model: LifeModel;
  random: ReturnType<typeof seededRandom>;
  fresh: ReturnType<typeof freshValues>;
  contestGapMs: number;
  /** Records that people made so far: their codes in weavy. */
  made: number;
}

async function doMove(world: World, move: Move): Promise<Done> {
  switch (move.kind) {
    case 'edit': {
      const { couple, track, side, value } = move;
      const record = await put(world, couple, side, { fields: { [track.pair[side]]: value } });
      world.model.edit(couple, track, side, { value, at: record.at });
      return { what: move.why, record: recordIdOf(record), field: track.pair[side], value };
    }
    case 'contest':
      return contest(world, move);
    case 'new':
      return makeRecord(world, move.form, move.side);
    case 'bounce':
      await world.controls.mautic.act('bounce', { id: move.couple.ids.mautic, reason: move.reason });
      world.model.bounced(move.couple, move.reason);
      return doneTo(`bounce ${move.reason}`, move.couple);
    case 'points':
      await world.controls.mautic.act('points', { id: move.couple.ids.mautic, points: 5 });
      return doneTo('points', move.couple);
    case 'convert':
      return convert(world, move.couple);
  }
}

/** The loser's edit is dated back, so that nobody has to wait; in a tie both are made in the same moment. */
async function contest(
  world: World,
  { couple, track, loser, isTie }: Extract<Move, { kind: 'contest' }>,
): Promise<Done> {
  const winner = otherSide(loser);
  const first = await contestEdit(world, couple, track, loser);
  if (!isTie && first.at !== null) {
    await put(world, couple, loser, timeValue(loser, first.at - world.contestGapMs));
  }
  const second = await contestEdit(world, couple, track, winner);
  world.model.contest(track, isTie);
  return {
    what: isTie ? 'tie' : 'contest',
    record: second.record,
    field: track.pair[winner],
    value: second.value,
  };
}

async function contestEdit(world: World, couple: Couple, track: FieldTrack, side: Side) {
  const value = world.fresh.value(track.pair.as, side);
  const record = await put(world, couple, side, { fields: { [track.pair[side]]: value } });
  world.model.edit(couple, track, side, { value, at: record.at });
  return { at: record.at, value, record: recordIdOf(record) };
}

async function makeRecord(world: World, form: CoupleForm, side: Side): Promise<Done> {
  const { made, customerId } = { made: world.made + 1, customerId: someTiers(world) };
  world.made = made;
  const kind = KINDS[form][side];
  const value = newFields({ ...world, form, side, customerId });
  const raw = await world.controls[side].put(controlKind(kind), {
    action: 'upsert',
    ...(side === 'weavy' ? { id: `VIE-${kind === 'weavy/customer' ? 'T' : 'C'}${made}` } : {}),
    value,
  });
  const record = answered(kind, raw);
  world.model.made(form, side, record);
  return { what: `new ${form} in ${side}`, record: recordIdOf(record), field: null, value: null };
}

/** The code of a company that weavy knows, for a new contact. */
function someTiers({ model, random }: World): string | null {
  const codes = model.couples.flatMap(({ form, ids }) =>
    form === 'company' && ids.weavy !== null ? [ids.weavy] : [],
  );
  return codes[random.below(codes.length)] ?? null;
}

async function convert(world: World, couple: Couple): Promise<Done> {
  world.made += 1;
  const contactId = `VIE-K${world.made}`;
  const customerId = someTiers(world);
  await world.controls.weavy.act('convert', {
    inboundId: couple.ids.weavy,
    contactId,
    ...(customerId === null ? {} : { customerId }),
  });
  const contact = await readOne(world, 'weavy/customercontact', contactId);
  world.model.converted(couple, contact, await readOne(world, 'mautic/contact', couple.ids.mautic ?? ''));
  return { what: 'convert', record: recordIdOf(contact), field: null, value: null };
}

async function readOne({ controls }: World, kind: RecordKind, id: string): Promise<SideRecord> {
  const control = kind.startsWith('weavy/') ? controls.weavy : controls.mautic;
  const [raw] = await control.records(controlKind(kind), id);
  return answered(kind, raw ?? null);
}

async function put(
  { controls }: World,
  couple: Couple,
  side: Side,
  value: Record<string, unknown>,
): Promise<SideRecord> {
  const kind = KINDS[couple.form][side];
  const id = couple.ids[side] ?? '';
  return answered(kind, await controls[side].put(controlKind(kind), { action: 'patch', id, value }));
}

function answered(kind: RecordKind, raw: Record<string, unknown> | null): SideRecord {
  if (raw === null) throw new Error(`The simulator answered no record of ${kind}.`);
  return sideRecord(kind, raw);
}

function doneTo(what: string, couple: Couple): Done {
  return { what, record: `mautic/contact/${couple.ids.mautic}`, field: null, value: null };
}
