import { signalTrack } from '../../../activities/signals';
import { decideItem } from '../../../db/attention';
import { editsOfRecord, type TrackEdit } from '../../../db/track-edits';
import { trackBody } from '../../../db/tracks';
import type { PivotNotes } from '../../../simulators/sample-data/pivot';
import { type SamplePivot, samplePivot } from '../../../simulators/sample-data/pivot';
import { MAIN_QUEUE, trackWorkflowId, watchWorkflowId } from '../../../workflows/names';
import type { trackReturn } from '../../../workflows/track-return';
import type { trackWatch } from '../../../workflows/track-watch';
import { until } from '../../harness/until';
import type { Beginning, Scene } from './scene';

export const ROOT = '/PivotWeb-3.1';
const METRES_PER_DEGREE = 111_195;
const GPX_LINK = 'urn:lnk:media:autre';

/** What reads both platforms and the store, with or without a worker in this process. */
type OnStack = Pick<Scene, 'stack'>;

export type Point = [number, number, number?];

/** A sample with room for everything that the notes name about tracks, and only these offers of it. */
export function sampleOf(choose: (notes: PivotNotes) => Array<string | undefined>): {
  sample: SamplePivot;
  codes: string[];
} {
  const whole = samplePivot({ offers: 160, seed: 1 });
  const codes = choose(whole.notes).map((code) => {
    if (code === undefined) throw new Error('the sample has no such offer');
    return code;
  });
  const offers = whole.offers.filter(
    ({ codeCgt, typeOffre }) => typeOffre.idTypeOffre === 268 || codes.includes(codeCgt),
  );
  return { sample: { ...whole, offers }, codes };
}

/** So many ordinary itineraries, each with one sound track of its own. */
export function itineraries(count: number): { sample: SamplePivot; codes: string[] } {
  return sampleOf((notes) => Array.from({ length: count }, (_, at) => notes.edit[at]));
}

/** Published, imported by Cirkwi, and seen there as published. */
export async function shownInCirkwi(
  scene: Scene,
  { sample, codes }: { sample: SamplePivot; codes: string[] },
  policies: NonNullable<Beginning['policies']> = {},
): Promise<string[]> {
  await scene.begin({ offers: sample, policies });
  await scene.run();
  const { failed, partial, rejected } = await scene.pull();
  const wrong = [...failed, ...partial, ...rejected];
  if (wrong.length > 0) throw new Error(`the first import went wrong: ${JSON.stringify(wrong)}`);
  await scene.run();
  return codes;
}

/** The line as Cirkwi holds it. */
export async function lineInCirkwi({ stack }: OnStack, code: string): Promise<Point[]> {
  const [circuit] = await stack.cirkwi.records('circuits', code);
  if (!Array.isArray(circuit?.track)) throw new Error(`Cirkwi shows no track of ${code}`);
  return circuit.track as Point[]; // the simulator's own form: latitude, longitude, elevation
}

export function movedNorth(line: readonly Point[], metres: number): Point[] {
  return line.map(([lat, lon, ele]) => {
    const north = lat + metres / METRES_PER_DEGREE;
    return ele === undefined ? [north, lon] : [north, lon, ele];
  });
}

/** A person moves the whole line in Cirkwi's editor. Answers the file that Cirkwi then exports. */
export async function drawInCirkwi(scene: Scene, code: string, metres: number): Promise<Buffer> {
  await scene.editInCirkwi(code, { track: movedNorth(await lineInCirkwi(scene, code), metres) });
  return exported(scene, code);
}

/** What "Télécharger le GPX" gives. */
export async function exported({ stack }: OnStack, code: string): Promise<Buffer> {
  const [circuit] = await stack.cirkwi.records('circuits', code);
  const reply = await fetch(`${stack.urls.cirkwi}/fr/exporter-gpx/${circuit?.id}_0`);
  if (!reply.ok) throw new Error(`Cirkwi answered ${reply.status}`);
  return Buffer.from(await reply.arrayBuffer());
}

export interface TrackInPivot {
  code: string;
  name: string;
  bytes: Buffer;
}

/** The tracks that an offer refers to in PIVOT. */
export async function tracksInPivot({ stack }: OnStack, offer: string): Promise<TrackInPivot[]> {
  const [record] = await stack.pivot.records('offers', offer);
  const links = (record?.relOffre ?? []) as Array<{ urn: string; offre: { codeCgt: string } }>; // the simulator's own form
  const found: TrackInPivot[] = [];
  for (const { urn, offre } of links) {
    const [media] = await stack.pivot.records('media', offre.codeCgt);
    if (urn !== GPX_LINK || !JSON.stringify(media?.spec).includes('urn:val:typmed:gpx')) continue;
    const reply = await fetch(`${stack.urls.pivot}${ROOT}/media/${offre.codeCgt}`);
    const bytes = Buffer.from(await reply.arrayBuffer());
    found.push({ code: offre.codeCgt, name: String(media?.nom), bytes });
  }
  return found;
}

/** Media in PIVOT whose name begins so, linked or not. */
export async function mediaNamed({ stack }: OnStack, beginning: string): Promise<string[]> {
  const all = await stack.pivot.records('media');
  return all.flatMap(({ nom, codeCgt }) => (String(nom).startsWith(beginning) ? [String(codeCgt)] : []));
}

/** The file that stands in the feed for an offer. */
export async function trackInFeed(scene: Scene, code: string): Promise<Buffer | null> {
  const element = (await scene.elements()).get(code) ?? '';
  const [, address] = /<fichier_trace url="([^"]+)"/.exec(element) ?? [];
  if (address === undefined) return null;
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`the service answered ${reply.status} for a track of its own feed`);
  return Buffer.from(await reply.arrayBuffer());
}

/** Begins a look as the Schedule of the watch does, and does not wait for it. */
export function startWatch({ stack: { client, sync } }: OnStack) {
  return client.workflow.start<typeof trackWatch>('trackWatch', {
    workflowId: watchWorkflowId(sync),
    taskQueue: MAIN_QUEUE,
    args: [{ sync, trigger: 'schedule' }],
  });
}

/** One look by the watch; the returns that it begins go on by themselves. Answers how many new edits it found. */
export async function watch(scene: OnStack): Promise<number> {
  const handle = await startWatch(scene);
  return (await handle.result()).edits;
}

/** Resolves when the way back of a track is closed, however it ended. Answers its result, or the message it failed with. */
export async function returnEnded({ stack }: OnStack, code: string): Promise<string> {
  const handle = stack.client.workflow.getHandle<typeof trackReturn>(trackWorkflowId(stack.sync, code));
  return handle.result().then(
    ({ outcome }) => outcome,
    (error: unknown) =>
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
  );
}

export function edits({ stack }: OnStack, code: string): Promise<TrackEdit[]> {
  return editsOfRecord(stack.pool, stack.sync, code);
}

/** The only edit of an offer. */
export async function onlyEdit(scene: Scene, code: string): Promise<TrackEdit> {
  const [edit, ...others] = await edits(scene, code);
  if (edit === undefined || others.length > 0) throw new Error(`${code} has ${others.length + 1} edits`);
  return edit;
}

/** The file of an edit as the store has it. */
export async function storedFile({ stack }: OnStack, { editedHash }: TrackEdit): Promise<Buffer> {
  const body = await trackBody(stack.pool, editedHash);
  if (body === null) throw new Error('the file of the edit is not in the store');
  return body.gpx;
}

/** The return is over, and what it brought home is published. */
export async function cameHome(scene: Scene, code: string): Promise<void> {
  await until(
    `the track of ${code} is home`,
    async () => (await edits(scene, code))[0]?.state === 'returned',
  );
  await returnEnded(scene, code);
  await scene.settled(code);
}

/**
 * A person answers the only item of this reason about an edited track, once the way back that a look began has asked for
 * it; resolves when the pass that follows is over.
 */
export async function decideTrack(
  scene: Scene,
  code: string,
  reason: string,
  decision: string,
): Promise<string> {
  const { client, pool, sync } = scene.stack;
  await returnEnded(scene, code);
  const [item, ...others] = (await scene.items(code)).filter((each) => each.reason === reason);
  if (item === undefined || others.length > 0)
    throw new Error(`${code} has ${others.length + (item === undefined ? 0 : 1)} items of ${reason}`);
  await decideItem(pool, item.id, { decision, argument: null, actor: 'test' });
  await signalTrack(client.workflow, { sync, recordId: code }, 'decide', { itemId: item.id });
  return returnEnded(scene, code);
}

/** A circuit that was edited in Cirkwi, found by a look, and whose way back by policy auto has ended. */
export async function editedCircuit(
  scene: Scene,
  world: { sample: SamplePivot; codes: string[] },
  meanwhile: (code: string, media: string) => Promise<void> = async () => undefined,
) {
  const [code = ''] = await shownInCirkwi(scene, world, { trackReturn: 'auto' });
  const drawing = await drawInCirkwi(scene, code, 60);
  const [track] = await tracksInPivot(scene, code);
  await meanwhile(code, track?.code ?? '');
  const before = await tracksInPivot(scene, code);
  await scene.stack.pivot.clearCounters();
  await watch(scene);
  const end = await returnEnded(scene, code);
  return { code, drawing, before, end, writes: await scene.stack.pivot.journal() };
}

/** How often Cirkwi was asked for tracks, by anybody but its own import, since the last look. */
export async function trackExports({ stack }: OnStack): Promise<number> {
  const { requests } = await stack.cirkwi.stats();
  await stack.cirkwi.clearCounters();
  return Object.entries(requests.byRoute).reduce(
    (sum, [route, n]) => (route.includes('exporter-gpx') ? sum + n : sum),
    0,
  );
}

/** Resolves once nothing in Cirkwi was changed so recently that a look has to compare it again. */
export async function atRest(scene: Scene, then?: 'without a look'): Promise<void> {
  await until('Cirkwi is at rest', async () => {
    const circuits = await scene.stack.cirkwi.records('circuits');
    return circuits.every(({ modifiedAt }) => Number(modifiedAt) + 4 < Date.now() / 1_000);
  });
  if (then === undefined) await watch(scene);
  await trackExports(scene);
}
