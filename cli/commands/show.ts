import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { drawTracks } from '../../mappings/gpx/draw-tracks';
import type { Language } from '../../mappings/reason-types';
import { needsPerson } from '../../operations/attention';
import { findRecord } from '../../operations/find-record';
import type { OfferParts } from '../../operations/pivot-cirkwi/offer-view';
import { recordParts } from '../../operations/record-view';
import { syncOf } from '../../operations/syncs';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { drawingWords, sketchText } from '../pivot-cirkwi/offer-text';
import { recordText } from '../record-text';

interface ShowOptions extends CommonOptions {
  history: string;
  svg?: string;
  gpx?: string;
}

/** Pixels of a drawing of two tracks. */
const DRAWING = { width: 900, height: 600 };

/** `passerelle show SYNC RECORD`: one record's state, links, open items and history. */
export function showCommand(program: Command): void {
  const command = program
    .command('show')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<record>', 'private or public id of the record, its code, or kind and id such as contact/81')
    .option('--history <number>', 'how many lines of its history', '30')
    .option('--svg <file>', 'draw a track edited in Cirkwi over the published one, into this file')
    .option('--gpx <file>', 'write the track edited in Cirkwi, as it was kept, into this file')
    .description('show one record: where it stands and why, what it is linked to, what was written');
  withCommonOptions(
    command,
    'show salon-2027 4711',
    'show salon-2027 EXPO-0042 --json',
    'show itineraires ITB-0A-0012-3F1C --svg both-tracks.svg',
    'show crm-acme contact/81',
  ).action((slug: string, id: string, options: ShowOptions) =>
    withContext(options, async (context) => {
      const { language, pair } = syncOf(context.configuration, slug);
      const lines = Math.min(1_000, Math.max(1, Number.parseInt(options.history, 10) || 30));
      const record = await findRecord(context.pool, slug, id);
      const { view, drawn } = await recordParts(context, slug, record, { lines });
      await writeTracks(drawn, options, language);
      const sketch = drawn !== null && drawn.edit.endedAt === null ? sketchText(drawn.pair, language) : null;
      answer(options, view, () => recordText(view, pair, sketch, language));
      if (view.attention.some(needsPerson)) process.exitCode = ExitCode.attention;
    }),
  );
}

async function writeTracks(
  drawn: OfferParts['drawn'],
  { svg, gpx }: ShowOptions,
  language: Language,
): Promise<void> {
  if (svg === undefined && gpx === undefined) return;
  if (drawn === null)
    throw new UsageError(
      'nobody edited a track of this record in Cirkwi: there is nothing to draw or to write',
    );
  const { pair, gpx: bytes } = drawn;
  if (svg !== undefined)
    await writeFile(svg, drawTracks(pair, { ...DRAWING, words: drawingWords(language) }));
  if (gpx !== undefined) await writeFile(gpx, bytes);
}
