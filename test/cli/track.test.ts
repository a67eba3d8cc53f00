import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { stringify } from 'yaml';
import { startCirkwiSimulator } from '../../simulators/cirkwi';
import { ROOT } from '../setup/run-script';
import { freshDatabase, type TestDatabase } from '../setup/test-database';
import { type CommandStack, commandLine } from './command-stack';

const point = (lat: number, lon: number, ele?: number) =>
  `<trkpt lat="${lat}" lon="${lon}">${ele === undefined ? '' : `<ele>${ele}</ele>`}</trkpt>`;
const segment = (...points: string[]) => `<trkseg>${points.join('')}</trkseg>`;
const gpx = (...segments: string[]) =>
  `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk>${segments.join('')}</trk></gpx>`;

/** 0.01 degrees of latitude are 1,112 m, twice; the gap between the segments is not walked. */
const GOOD = gpx(
  segment(point(50, 4, 100), point(50.01, 4, 160)),
  segment(point(50.1, 4, 160), point(50.11, 4, 120)),
);

let folder: string;
let database: TestDatabase;
let cirkwi: Awaited<ReturnType<typeof startCirkwiSimulator>>;
let run: CommandStack['run'];

beforeAll(async () => {
  const account = { user: 'ot-demo', code: 'k1', widgetId: '77', username: 'reader', password: 'secret' };
  [folder, database, cirkwi] = await Promise.all([
    mkdtemp(join(tmpdir(), 'passerelle-track-')),
    freshDatabase(),
    startCirkwiSimulator({
      account,
      limits: 'none',
      initial: {
        circuits: [
          { id: '100', title: 'Boucle du moulin', track: GOOD },
          { id: '101', title: 'Sans trace' },
        ],
      },
    }),
  ]);
  const configuration = join(folder, 'passerelle.yaml');
  await writeFile(configuration, configurationOf(['itineraires']));
  run = commandLine({
    DATABASE_URL: database.url,
    PASSERELLE_CONFIG: configuration,
    TEST_PIVOT_KEY: 'key',
    TEST_CIRKWI_PASSWORD: account.password,
    TEST_FEED_SECRET: 'a-secret-of-many-letters',
  });
});
afterAll(async () => {
  await cirkwi.close();
  await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
});

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: the configuration's own form of naming a variable */
function configurationOf(syncs: string[], language = 'en'): string {
  return stringify({
    platforms: {
      pivot: { platform: 'pivot', baseUrl: 'http://127.0.0.1:9/', wsKey: '${TEST_PIVOT_KEY}' },
      cirkwi: {
        platform: 'cirkwi',
        baseUrl: cirkwi.url,
        siteUrl: cirkwi.url,
        user: 'ot-demo',
        code: 'k1',
        widgetId: '77',
        username: 'reader',
        password: '${TEST_CIRKWI_PASSWORD}',
        requestsPerSecond: 'none',
      },
    },
    syncs: Object.fromEntries(
      syncs.map((slug) => [
        slug,
        {
          pair: 'pivot-cirkwi',
          source: 'pivot',
          target: 'cirkwi',
          query: `OTH-ZZ-${slug}`,
          language,
          feed: { publicUrl: 'https://passerelle.example', secret: '${TEST_FEED_SECRET}' },
        },
      ]),
    ),
  });
}
/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: only above */

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The real command, without any variable and far from any configuration. */
function alone(args: string[], input: Iterable<string>): Promise<{ code: number | null; stdout: string }> {
  const bin = join(ROOT, 'bin', 'passerelle.mjs');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {}); // it may stop reading before we stop writing
  Readable.from(input).pipe(child.stdin);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout }));
  });
}

describe('passerelle track check', () => {
  it('says what is in a good file', async () => {
    const { code, json } = await run('track', 'check', await fileOf('good.gpx', GOOD), '--json');

    expect({ code, json }).toEqual({
      code: 0,
      json: { ok: true, format: 'gpx-1.1', segments: 2, points: 4, lengthM: expect.closeTo(2_224, -1) },
    });
  });

  it('says the same to people, in either language', async () => {
    const file = await fileOf('good.gpx', GOOD);

    const english = await run('track', 'check', file);
    const french = await run('track', 'check', file, '--language', 'fr');

    expect(english.stdout).toMatch(
      /can be used \(gpx-1\.1\)\nLength: 2\.22 km\nClimb: 60 m\nDescent: 40 m\n/,
    );
    expect(french.stdout).toMatch(/utilisable \(gpx-1\.1\)\nLongueur : 2,22 km\n/);
  });

  it('reads the standard input, and needs neither configuration nor database', async () => {
    const { code, stdout } = await alone(['track', 'check', '-', '--json'], [GOOD]);

    expect({ code, json: JSON.parse(stdout) }).toMatchObject({ code: 0, json: { ok: true, points: 4 } });
  });

  it.each<[string, string, string]>([
    ['a page', '<!DOCTYPE html><html></html>', 'not-gpx'],
    ['an entity bomb', `<!DOCTYPE gpx [<!ENTITY a "aaaa">]>${GOOD.slice(21)}`, 'doctype'],
    ['a file cut off', GOOD.slice(0, -30), 'truncated'],
    ['a point beyond the pole', gpx(segment(point(50, 4), point(91, 4))), 'bad-coordinate'],
    ['a file without a line', gpx(), 'no-points'],
    ['an empty file', '', 'not-xml'],
  ])('refuses %s with its reason', async (name, content, reason) => {
    const file = await fileOf(`${name}.gpx`, content);

    const { code, json } = await run('track', 'check', file, '--json');
    const { stdout } = await run('track', 'check', file, '--language', 'fr');

    expect({ code, json }).toEqual({
      code: 1,
      json: {
        ok: false,
        reason,
        detail: expect.any(String),
        format: null,
        segments: null,
        points: null,
        lengthM: null,
      },
    });
    expect(stdout).toMatch(/^Trace refusée : .+\)\n$/);
  });

  it('refuses a file of 200 MB', async () => {
    const file = await fileOf('huge.gpx', GOOD);
    await truncate(file, 200_000_000);
    const { code, json } = await run('track', 'check', file, '--json');

    expect({ code, reason: json.reason }).toEqual({ code: 1, reason: 'too-large' });
  });

  it('refuses an input without an end, of which it cannot have read everything', async () => {
    function* endless() {
      for (;;) yield ' '.repeat(64 * 1024);
    }

    const { code, stdout } = await alone(['track', 'check', '-', '--json'], endless());

    expect({ code, json: JSON.parse(stdout) }).toMatchObject({ code: 1, json: { reason: 'too-large' } });
  });

  it('says that a file cannot be read', async () => {
    await mkdir(join(folder, 'a-folder'), { recursive: true });

    const missing = await run('track', 'check', join(folder, 'none.gpx'));
    const aFolder = await run('track', 'check', join(folder, 'a-folder'));

    expect([missing.code, aFolder.code]).toEqual([2, 2]);
    expect(missing.stderr).toContain('none.gpx cannot be read');
  });
});

describe('passerelle track pull', () => {
  it.each([
    ['its number', () => '100'],
    ['its page', () => `${cirkwi.url}/fr/circuit/100-boucle-du-moulin?utm=1`],
    ['its export', () => `${cirkwi.url}/fr/exporter-gpx/100_0`],
  ])('writes the track of a circuit by %s, and the facts beside it', async (_name, circuit) => {
    const { code, stdout, stderr } = await run('track', 'pull', circuit());

    expect({ code, start: stdout.slice(0, 5) }).toEqual({ code: 0, start: '<?xml' });
    expect(stdout).toMatch(/lat="50\.11"[\s\S]*<\/gpx>\s*$/);
    expect(stderr).toMatch(/^Length: 2\.22 km\n/);
    expect(stderr).toContain('once its PIVOT twin is published, delete the drawing in Cirkwi');
  });

  it('writes a file that the check accepts', async () => {
    const { stdout } = await run('track', 'pull', '100');

    const { json } = await run('track', 'check', await fileOf('pulled.gpx', stdout), '--json');

    expect(json).toMatchObject({ ok: true, points: 4 });
  });

  it('answers one JSON value when asked to', async () => {
    const { json } = await run('track', 'pull', '100', '--json');

    expect(json).toMatchObject({ circuit: '100', format: 'gpx-1.1', points: 4 });
    expect(Buffer.from(json.gpxBase64, 'base64').toString()).toContain('</gpx>');
  });

  it("speaks the sync's language, and asks which sync when there are several", async () => {
    const file = await fileOf('two.yaml', configurationOf(['nord', 'sud'], 'fr'));

    const open = await run('track', 'pull', '100', '--config', file);
    const named = await run('track', 'pull', '100', '--config', file, '--sync', 'sud');

    expect({ code: open.code, stderr: open.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('nord, sud'),
    });
    expect({ code: named.code, stderr: named.stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('supprimez le dessin dans Cirkwi'),
    });
  });

  it.each([
    ['another site', 'https://www.example/fr/circuit/100-boucle'],
    ['the site under another name', () => cirkwi.url.replace('127.0.0.1', 'localhost')],
    ['a page without a number', () => `${cirkwi.url}/fr/profil`],
    ['another direction of the circuit', () => `${cirkwi.url}/fr/exporter-gpx/100_1`],
    ['a file', 'file:///etc/passwd'],
    ['a word', 'boucle-du-moulin'],
    ['another path in disguise', '../100'],
  ])('refuses %s and writes nothing', async (_name, circuit) => {
    const address = typeof circuit === 'string' ? circuit : `${circuit()}/fr/circuit`;

    const { code, stdout, stderr } = await run('track', 'pull', address);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain('    at ');
  });

  it('says that a circuit does not exist or has no track', async () => {
    const unknown = await run('track', 'pull', '999');
    const without = await run('track', 'pull', '101');

    expect([unknown, without].map(({ code, stdout }) => [code, stdout])).toEqual([
      [1, ''],
      [1, ''],
    ]);
    expect(unknown.stderr).toContain('Cirkwi has no circuit 999');
    expect(without.stderr).not.toContain('    at ');
  });
});
