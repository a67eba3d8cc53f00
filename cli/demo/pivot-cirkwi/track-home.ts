import { z } from 'zod';
import { listOpenItems } from '../../../db/attention';
import { openEdit } from '../../../db/track-edits';
import { compareTracks } from '../../../mappings/gpx/compare-tracks';
import { parseGpx } from '../../../mappings/gpx/parse-gpx';
import { OfferReason } from '../../../mappings/pivot-cirkwi/reasons';
import { recordWorkflowId, trackWorkflowId } from '../../../workflows/names';
import { runPasserelle } from '../passerelle-process';
import type { CirkwiCircuit } from './cirkwi-circuit';
import type { PivotCirkwiStack } from './stack';

/** The edited track as it was kept for a person, once its workflow is done with it; null when it was not. */
export async function keptTrack(
  stack: PivotCirkwiStack,
  code: string,
): Promise<{ itemId: number; hash: string } | null> {
  if (!(await endedWell(stack, trackWorkflowId(stack.sync, code)))) return null;
  const edit = await openEdit(stack.pool, stack.sync, code);
  const items = await listOpenItems(stack.pool, stack.sync, 1_000);
  const item = items.find((each) => each.record_id === code && each.reason === OfferReason.trackEdited);
  return edit?.state === 'offered' && item !== undefined ? { itemId: item.id, hash: edit.editedHash } : null;
}

/** A person says yes on the command line. Answers whether the track went home, and the next publication with it. */
export async function sayYes(stack: PivotCirkwiStack, code: string, itemId: number): Promise<boolean> {
  const { code: exit } = await runPasserelle(
    ['decide', String(itemId), 'return-track', '--json'],
    stack.variables,
  );
  if (exit !== 0) return false;
  return (
    (await endedWell(stack, trackWorkflowId(stack.sync, code))) &&
    (await endedWell(stack, recordWorkflowId(stack.sync, 'offer', code)))
  );
}

async function endedWell({ client }: PivotCirkwiStack, workflowId: string): Promise<boolean> {
  return client.workflow
    .getHandle(workflowId)
    .result()
    .then(
      () => true,
      () => false, // what it needs is an attention item, and told with the others at the end
    );
}

const offerSchema = z.looseObject({
  relOffre: z.array(z.looseObject({ offre: z.looseObject({ codeCgt: z.string() }) })),
});

/** PIVOT holds this drawing as the only track of the offer. */
export async function isHome(
  { pivot }: PivotCirkwiStack,
  code: string,
  drawing: CirkwiCircuit,
): Promise<boolean> {
  const [offer] = await pivot.records('offers', code);
  const tracks: string[] = [];
  for (const { offre } of offerSchema.parse(offer).relOffre) {
    const [media] = await pivot.records('media', offre.codeCgt);
    const { file } = z.looseObject({ file: z.string().optional() }).parse(media ?? {});
    if (file !== undefined) tracks.push(file);
  }
  const [only, second] = tracks;
  if (only === undefined || second !== undefined) return false;
  const parsed = parseGpx(Buffer.from(only));
  const drawn = (drawing.track ?? []).map(([lat = 0, lon = 0, ele]) => ({ lat, lon, ele: ele ?? null }));
  return parsed.ok && compareTracks({ segments: [drawn] }, parsed.track).verdict !== 'different';
}
