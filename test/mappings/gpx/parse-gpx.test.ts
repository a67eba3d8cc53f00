import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GPX_REFUSALS } from '../../../mappings/gpx/gpx-refusal';
import { parseGpx } from '../../../mappings/gpx/parse-gpx';

const examples = join(__dirname, 'examples');
const mill = [
  [
    { lat: 50.31, lon: 4.94, ele: 101.5 },
    { lat: 50.32, lon: 4.95, ele: 120 },
  ],
];
const flat = (...at: number[]) => at.map((degrees) => ({ lat: degrees, lon: degrees, ele: null }));

describe('parseGpx accepts', () => {
  const track = { format: 'gpx-1.1', source: 'track' };
  const accepted = {
    'gpx-1.1': { ...track, segments: mill },
    'gpx-1.0': { ...track, format: 'gpx-1.0', segments: mill },
    'no-namespace': { ...track, format: 'gpx-1.0', segments: mill },
    'odd-namespace': { ...track, segments: mill },
    prefixed: { ...track, segments: mill },
    'vendor-extensions': { ...track, segments: mill },
    'comments-and-cdata': { ...track, segments: mill },
    'several-segments': { ...track, segments: [flat(1, 2), flat(3), flat(4, 5)] },
    route: {
      format: 'gpx-1.1',
      source: 'route',
      segments: [[{ lat: 1, lon: 1, ele: 5 }, ...flat(2)], flat(3, 4)],
    },
    'route-and-track': { ...track, segments: [flat(1, 2)] },
    'route-and-empty-track': { format: 'gpx-1.1', source: 'route', segments: [flat(1, 2)] },
    'elevation-that-makes-no-sense': { ...track, segments: [flat(1, 2, 3, 4, 5, 6)] },
    'numbers-as-written': {
      ...track,
      segments: [
        [
          { lat: 1.5, lon: -2, ele: null },
          { lat: -0.5, lon: 15, ele: null },
          { lat: 0, lon: 0, ele: 0 },
          { lat: 90, lon: -180, ele: null },
        ],
      ],
    },
  };

  it.each(Object.entries(accepted))('the example %s', (name, { segments, ...expected }) => {
    const parsed = parseGpx(readFileSync(join(examples, 'accepted', `${name}.gpx`)));

    expect(parsed).toEqual({ ok: true, ...expected, track: { segments } });
  });

  it('has an expectation for each example', () => {
    const files = readdirSync(join(examples, 'accepted')).map((file) => file.replace('.gpx', ''));

    expect(files.sort()).toEqual(Object.keys(accepted).sort());
  });

  const plain = readFileSync(join(examples, 'accepted', 'gpx-1.1.gpx'), 'utf8').replace(
    'Exemple',
    'Exemple Été 🥾',
  );
  const latin = plain.replace('UTF-8', 'ISO-8859-1').replace('🥾', '');
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${plain}`)],
    ['Windows line ends', Buffer.from(plain.replaceAll('\n', '\r\n'))],
    ['old Macintosh line ends', Buffer.from(plain.replaceAll('\n', '\r'))],
    ['UTF-16 little end first', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
    ['UTF-16 big end first', Buffer.from(`\uFEFF${plain}`, 'utf16le').swap16()],
    ['UTF-8 that calls itself UTF-16', Buffer.from(plain.replace('UTF-8', 'utf-16'))],
    ['ISO-8859-1 as declared', Buffer.from(latin, 'latin1')],
    ['Windows-1252 as declared', Buffer.from(latin.replace('ISO-8859-1', 'windows-1252'), 'latin1')],
  ])('%s', (_form, bytes) => {
    expect(parseGpx(bytes)).toEqual({
      ok: true,
      format: 'gpx-1.1',
      source: 'track',
      track: { segments: mill },
    });
  });
});

describe('parseGpx refuses', () => {
  const files = readdirSync(join(examples, 'refused'));

  it.each(files)('the example %s, for the reason it is named after', (file) => {
    const parsed = parseGpx(readFileSync(join(examples, 'refused', file)));

    expect(parsed).toEqual({
      ok: false,
      reason: file.split('--')[0],
      detail: expect.stringMatching(/^[ -~]+$/),
    });
  });

  it('with an example for each reason that a small file can have', () => {
    const shown = new Set(files.map((file) => file.split('--')[0]));

    expect(GPX_REFUSALS.filter((reason) => !shown.has(reason))).toEqual(['too-large', 'too-many-points']);
  });

  it('a wrong coordinate with its line, column and element', () => {
    const text = '<gpx>\n <trk><trkseg>\n  <trkpt lat="1" lon="secret"/>\n</trkseg></trk></gpx>';

    expect(parseGpx(Buffer.from(text))).toMatchObject({
      detail: 'line 3, column 32, trkpt: lon is missing or not from -180 to 180',
    });
  });

  it.each([
    ['malformed XML', '<gpx><name secret="a" secret="b"/></gpx>'],
    ['an undeclared entity', '<gpx>&secret;</gpx>'],
    ['a namespace that may not be', '<gpx xmlns:secret=""/>'],
    ['a document type', '<!DOCTYPE secret><gpx/>'],
    ['a wrong number', '<gpx><trk><trkseg><trkpt lat="secret" lon="1"/></trkseg></trk></gpx>'],
    ['an encoding', '<?xml version="1.0" encoding="secret"?><gpx/>'],
  ])('%s without repeating what the file says', (_case, text) => {
    const parsed = parseGpx(Buffer.from(text));

    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  it('a root with an endless or unprintable name in few plain characters', () => {
    const parsed = parseGpx(Buffer.from(`<é\u200d${'x'.repeat(100_000)}/>`));

    expect(parsed).toMatchObject({ reason: 'not-gpx', detail: expect.stringMatching(/^[ -~]{1,120}$/) });
  });
});
