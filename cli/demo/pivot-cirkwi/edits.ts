import { z } from 'zod';
import { CIRKWI } from '../../../simulators/pivot/urns';
import { trackMediaOf } from '../../../simulators/sample-data/pivot';
import { type CirkwiCircuit, drawDetour, findCircuit } from './cirkwi-circuit';
import type { PivotCirkwiStack } from './stack';

/** What people did between two runs, on both sides. Codes are those of PIVOT. */
export interface Edits {
  unticked: string[];
  halfTicked: string;
  renamed: { code: string; name: string };
  /** The GPX of this one is another, and no date says so. */
  replaced: { code: string; trackHashBefore: string | null };
  retitled: { code: string; titleBefore: string };
  /** Drawn by hand in Cirkwi. */
  drawn: CirkwiCircuit;
  /** Its track was edited in Cirkwi. */
  edited: { code: string; drawing: CirkwiCircuit };
  /** The same may happen to this one, minutes before an import. */
  editedLate: string;
  lines: string[];
}

const HAND_MADE_ID = '900001';
const ALL_OFF = { [CIRKWI.filter]: 'false', [CIRKWI.tag]: 'false', [CIRKWI.network]: 'false' };

export async function editBothSides(stack: PivotCirkwiStack): Promise<Edits> {
  const { pivot, cirkwi, sample } = stack;
  const [edited, editedLate, retitled, untickedOne, untickedTwo, halfTicked, renamed] = sample.notes.edit;
  const [replaced] = sample.notes.silentReplace;
  if (
    !edited ||
    !editedLate ||
    !retitled ||
    !untickedOne ||
    !untickedTwo ||
    !halfTicked ||
    !renamed ||
    !replaced
  )
    throw new Error('the sample is too small for the edits: use --records 120 or more');

  const unticked = [untickedOne, untickedTwo];
  for (const id of unticked) await pivot.put('offers', { action: 'patch', id, value: { setSpec: ALL_OFF } });
  const tagsOff = { [CIRKWI.tag]: 'false', [CIRKWI.network]: 'false' };
  await pivot.put('offers', { action: 'patch', id: halfTicked, value: { setSpec: tagsOff } });
  const name = 'Boucle rebaptisée dans PIVOT';
  await pivot.put('offers', { action: 'patch', id: renamed, value: { nom: name } });
  const trackHashBefore = (await findCircuit(stack, replaced))?.trackHash ?? null;
  const media = await replaceFile(stack, replaced);

  const titleBefore = (await findCircuit(stack, retitled))?.title ?? '';
  await cirkwi.put('circuits', {
    action: 'patch',
    id: retitled,
    value: { title: 'Titre changé dans Cirkwi' },
  });
  const drawn = await drawByHand(stack);
  const drawing = await drawDetour(stack, edited);
  return {
    unticked,
    halfTicked,
    renamed: { code: renamed, name },
    replaced: { code: replaced, trackHashBefore },
    retitled: { code: retitled, titleBefore },
    drawn,
    edited: { code: edited, drawing },
    editedLate,
    lines: [
      `PIVOT:  ${unticked.join(' and ')} were unticked (filter and tags)`,
      `PIVOT:  ${halfTicked} keeps its filter and loses both public tags`,
      `PIVOT:  ${renamed} has another name`,
      `PIVOT:  the GPX of ${replaced} was replaced inside its media ${media}, and no date moved`,
      `Cirkwi: somebody changed the title of ${retitled}`,
      `Cirkwi: somebody drew circuit ${drawn.id} by hand`,
      `Cirkwi: somebody drew a detour into the track of ${edited}`,
    ],
  };
}

/** A new file in the same media: neither its date nor the offer's moves. */
async function replaceFile({ pivot, sample }: PivotCirkwiStack, code: string): Promise<string> {
  const media = trackMediaOf(sample, code)[0];
  if (media === undefined) throw new Error(`offer ${code} has no track in the sample`);
  const [record] = await pivot.records('media', media);
  const { file } = z.looseObject({ file: z.string() }).parse(record);
  const moved = file.replace(/lat="([-\d.]+)"/g, (_all, lat: string) => `lat="${Number(lat) + 0.002}"`);
  await pivot.put('media', { action: 'patch', id: media, value: { file: moved }, keepUpdatedAt: true });
  return media;
}

async function drawByHand(stack: PivotCirkwiStack): Promise<CirkwiCircuit> {
  const track = [
    [50.31, 4.94],
    [50.32, 4.95],
    [50.31, 4.96],
  ];
  const value = { title: 'Dessiné à la main', track };
  await stack.cirkwi.put('circuits', { action: 'upsert', id: HAND_MADE_ID, value });
  const drawn = await findCircuit(stack, HAND_MADE_ID);
  if (drawn === null) throw new Error('the circuit drawn by hand is not in Cirkwi');
  return drawn;
}
