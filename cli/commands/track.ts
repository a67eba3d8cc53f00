import { createReadStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { GPX_LIMITS } from '../../mappings/gpx/parse-gpx';
import type { Language } from '../../mappings/reason-types';
import { syncOf } from '../../operations/syncs';
import { type CheckedTrack, checkTrack, pullTrack, trackView } from '../../operations/tracks';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { CommandFailed, type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { factsText, goodTrackText, refusalText, reminderText } from '../track-text';

/** `passerelle track`: GPX files, before they go into PIVOT and out of Cirkwi. */
export function trackCommand(program: Command): void {
  const track = program
    .command('track')
    .description('GPX tracks: check a file, take the track of a circuit out of Cirkwi')
    .addHelpText('after', '\nExample:\n  passerelle track check boucle.gpx');
  checkCommand(track);
  pullCommand(track);
}

interface CheckOptions extends CommonOptions {
  language: Language;
}

function checkCommand(track: Command): void {
  const command = track
    .command('check')
    .argument('<file>', 'GPX file; - reads the standard input')
    .description(
      'say whether a GPX file can be used and what is in it; needs no configuration and no database',
    )
    .addOption(
      new Option('--language <language>', 'language of the answer').choices(['fr', 'en']).default('en'),
    );
  withCommonOptions(command, 'track check boucle.gpx', 'track check - --json').action(
    async (file: string, options: CheckOptions) => {
      const checked = checkTrack(await contentOf(file));
      answer(options, trackView(checked), () => textOf(checked, options.language));
      if (!checked.ok) process.exitCode = ExitCode.failed;
    },
  );
}

function textOf(checked: CheckedTrack, language: Language): string {
  if (!checked.ok) return refusalText(checked.reason, checked.detail, language);
  return goodTrackText(checked.format, checked.facts, language);
}

/** The bytes of a file or of the standard input; null as soon as there are more than a track may have. */
async function contentOf(file: string): Promise<Uint8Array | null> {
  const source = file === '-' ? process.stdin : createReadStream(file);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk);
      size += bytes.byteLength;
      // leaving the loop closes the source: the rest of a file of 200 MB is never read
      if (size > GPX_LIMITS.maxBytes) return null;
      chunks.push(bytes);
    }
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return Buffer.concat(chunks);
}

interface PullOptions extends CommonOptions {
  sync?: string;
}

function pullCommand(track: Command): void {
  const command = track
    .command('pull')
    .argument('<circuit>', 'address of the circuit on the Cirkwi site, or its number')
    .description(
      'write the track of a circuit drawn in Cirkwi to the standard output, as GPX; its facts go to the standard error',
    )
    .option(
      '--sync <sync>',
      'whose Cirkwi account and language; needed when there are several syncs with Cirkwi',
    );
  withCommonOptions(
    command,
    'track pull https://www.cirkwi.com/fr/circuit/10925-boucle-du-moulin > boucle.gpx',
    'track pull 10925 --sync itineraires > boucle.gpx',
  ).action((circuit: string, options: PullOptions) =>
    withContext(options, async (context) => {
      const pulled = await pullTrack(context, circuit, options.sync);
      const { language } = syncOf(context.configuration, pulled.sync);
      const { checked, gpx } = pulled;
      if (!checked.ok) throw new CommandFailed(textOf(checked, language));

      if (options.json) {
        const { track: _line, ok: _ok, facts, ...known } = checked;
        const told = { circuit: pulled.circuit, ...known, ...facts, gpxBase64: gpx.toString('base64') };
        answer(options, told, () => '');
      } else process.stdout.write(gpx);
      process.stderr.write(`${factsText(checked.facts, language)}\n${reminderText(language)}\n`);
    }),
  );
}
