import { createReadStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { accountOf } from '../../activities/account-of';
import { createContexts } from '../../activities/contexts';
import type { Configuration } from '../../config/schema';
import { type GpxRefused, refused } from '../../mappings/gpx/gpx-refusal';
import { GPX_LIMITS, type GpxParsed, parseGpx } from '../../mappings/gpx/parse-gpx';
import { type TrackFacts, trackFacts } from '../../mappings/gpx/track-facts';
import type { Language } from '../../mappings/reason-types';
import { syncOfPair } from '../../operations/syncs';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { factsText, goodTrackText, refusalText, reminderText } from '../track-text';

/** What `track check --json` prints (settled form); `reason` and `detail` for a refused file only. */
export interface TrackView {
  ok: boolean;
  reason?: string;
  detail?: string;
  format: string | null;
  segments: number | null;
  points: number | null;
  lengthM: number | null;
}

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
      const parsed = parsedOf(await contentOf(file));
      answer(options, viewOf(parsed), () => textOf(parsed, options.language));
      if (!parsed.ok) process.exitCode = ExitCode.failed;
    },
  );
}

type Parsed = GpxRefused | (GpxParsed & { facts: TrackFacts });

/** Null: more bytes than are ever read. */
function parsedOf(bytes: Uint8Array | null): Parsed {
  if (bytes === null) return refused('too-large', `more than ${GPX_LIMITS.maxBytes} bytes`);
  const parsed = parseGpx(bytes);
  return parsed.ok ? { ...parsed, facts: trackFacts(parsed.track) } : parsed;
}

function viewOf(parsed: Parsed): TrackView {
  if (!parsed.ok) {
    const { reason, detail } = parsed;
    return { ok: false, reason, detail, format: null, segments: null, points: null, lengthM: null };
  }
  const { segments, points, lengthM } = parsed.facts;
  return { ok: true, format: parsed.format, segments, points, lengthM };
}

function textOf(parsed: Parsed, language: Language): string {
  if (!parsed.ok) return refusalText(parsed.reason, parsed.detail, language);
  return goodTrackText(parsed.format, parsed.facts, language);
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
    withContext(options, async ({ configuration, pool }) => {
      const slug = options.sync ?? onlySync(configuration);
      const sync = syncOfPair(configuration, slug, 'pivot-cirkwi');
      const id = circuitId(circuit, accountOf(configuration, sync.target, 'cirkwi').siteUrl);
      const { target } = createContexts(configuration, pool).of('pivot-cirkwi')(slug);
      const bytes = await target.fetchTrack(id, { maxBytes: GPX_LIMITS.maxBytes });
      if (bytes === null) return fail(`Cirkwi has no circuit ${id}, or does not export it.`);
      const parsed = parsedOf(bytes);
      if (!parsed.ok) return fail(textOf(parsed, sync.language));

      const gpx = Buffer.from(bytes);
      if (options.json) {
        const { track: _line, ok: _ok, facts, ...known } = parsed;
        answer(options, { circuit: id, ...known, ...facts, gpxBase64: gpx.toString('base64') }, () => '');
      } else process.stdout.write(gpx);
      process.stderr.write(`${factsText(parsed.facts, sync.language)}\n${reminderText(sync.language)}\n`);
    }),
  );
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = ExitCode.failed;
}

function onlySync(configuration: Configuration): string {
  const slugs = Object.entries(configuration.syncs).flatMap(([slug, { pair }]) =>
    pair === 'pivot-cirkwi' ? [slug] : [],
  );
  const [slug, another] = slugs;
  if (slug === undefined) throw new UsageError('no sync of the pair pivot-cirkwi is configured');
  if (another === undefined) return slug;
  throw new UsageError(`several syncs work with Cirkwi: pass --sync with one of ${slugs.join(', ')}`);
}

/**
 * The number of a circuit out of its address on the configured site, or as it is. Another site is refused: its tracks
 * are not this account's, and following any address would let a pasted link make us call anywhere.
 */
function circuitId(circuit: string, siteUrl: string): string {
  if (/^\d{1,12}$/.test(circuit)) return circuit;
  const url = URL.canParse(circuit) ? new URL(circuit) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${circuit}" is neither the number of a circuit nor its address on ${siteUrl}`);
  }
  if (url.host !== new URL(siteUrl).host) {
    throw new UsageError(`${url.host} is not the configured Cirkwi site (${siteUrl})`);
  }
  // pages are /fr/circuit/<id>-<title>, exports /fr/exporter-gpx/<id>_<direction>; the first direction is `_0` or none
  const id = /\/(?:circuit\/(\d{1,12})(?:[-/]|$)|exporter-gpx\/(\d{1,12})(?:_0)?$)/.exec(url.pathname);
  const found = id?.[1] ?? id?.[2];
  if (found !== undefined) return found;
  throw new UsageError('this address holds no number of a circuit: pass the number itself');
}
