import * as fc from 'fast-check';
import { GPX_REFUSALS } from '../../../mappings/gpx/gpx-refusal';
import { GPX_LIMITS, parseGpx } from '../../../mappings/gpx/parse-gpx';
import { renderGpx } from '../../../mappings/gpx/render-gpx';
import { anyText } from '../any-text';
import { holds } from '../holds';
import { anyTrack } from './any-track';

const POINT = '<trkpt lat="1" lon="1"/>';
const gpx = (points: string) => Buffer.from(`<gpx><trk><trkseg>${points}</trkseg></trk></gpx>`);

describe('parseGpx and hostile files', () => {
  it('refuses 200 MB by their size, without looking at one of them', () => {
    const untouchable = new Proxy(new Uint8Array(0), {
      get: (_target, property) => {
        if (property === 'byteLength') return 200 * 1024 * 1024;
        throw new Error(`looked at ${String(property)}`);
      },
    });

    expect(parseGpx(untouchable)).toEqual({
      ok: false,
      reason: 'too-large',
      detail: '209715200 bytes, and at most 20971520 are read',
    });
  });

  it('reads a file of exactly the size it may have, and none of one byte more', () => {
    const bytes = gpx(POINT + POINT);

    expect(parseGpx(bytes, { maxBytes: bytes.length }).ok).toBe(true);
    expect(parseGpx(bytes, { maxBytes: bytes.length - 1 })).toMatchObject({ reason: 'too-large' });
  });

  it('reads as many points as it may, and stops at the next', () => {
    expect(parseGpx(gpx(POINT.repeat(3)), { maxPoints: 3 }).ok).toBe(true);
    // What follows the fourth point is broken: the reader has not gone there.
    expect(parseGpx(gpx(`${POINT.repeat(4)}${' '.repeat(10_000)}<&`), { maxPoints: 3 })).toMatchObject({
      reason: 'too-many-points',
      detail: 'line 1, column 115, trkpt: more than 3 points',
    });
  });

  it('counts the points of routes and of tracks together', () => {
    const both = `<gpx><rte>${'<rtept lat="1" lon="1"/>'.repeat(2)}</rte><trk><trkseg>${POINT}${POINT}</trkseg></trk></gpx>`;

    expect(parseGpx(Buffer.from(both), { maxPoints: 3 })).toMatchObject({ reason: 'too-many-points' });
  });

  it('refuses millions of nested elements at the hundredth', () => {
    const nested = Buffer.from('<gpx>'.repeat(GPX_LIMITS.maxBytes / 5));

    expect(parseGpx(nested)).toMatchObject({
      reason: 'too-deep',
      detail: expect.stringContaining('column 506'),
    });
  });

  it.each([
    ['attributes', Buffer.from(`<gpx ${Array.from({ length: 200_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)],
    [
      'namespaces',
      Buffer.from(`<gpx ${Array.from({ length: 50_000 }, (_, n) => `xmlns:a${n}="u"`).join(' ')}/>`),
    ],
    ['comments', Buffer.from(`${'<!---->'.repeat(500_000)}<gpx/>`)],
    ['instructions', Buffer.from(`${'<?a?>'.repeat(500_000)}<gpx/>`)],
    ['blanks', Buffer.from(`${' '.repeat(10_000_000)}<gpx/>`)],
    ['empty segments', Buffer.from(`<gpx><trk>${'<trkseg/>'.repeat(500_000)}</trk></gpx>`)],
  ])('gets to the end of endless %s', (_what, bytes) => {
    expect(parseGpx(bytes)).toMatchObject({ ok: false, reason: 'no-points' });
  });

  it('keeps nothing of an endless elevation or an endless name', () => {
    const endless = '9'.repeat(5_000_000);
    const bytes = gpx(`<trkpt lat="1" lon="1"><ele>${endless}</ele><name>${endless}</name></trkpt>${POINT}`);

    expect(parseGpx(bytes)).toMatchObject({
      ok: true,
      track: { segments: [[{ ele: null }, { ele: null }]] },
    });
  });

  it('takes names that objects are made of for names like any other', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const inside = names.map((name) => `<${name} ${name}="1" xmlns:${name}="u"><${name}:${name}/></${name}>`);
    const bytes = gpx(
      `${inside.join('')}<trkpt __proto__="9" lat="1" lon="1">${inside.join('')}</trkpt>${POINT}`,
    );

    const parsed = parseGpx(bytes);

    expect(parsed).toMatchObject({
      ok: true,
      track: {
        segments: [
          [
            { lat: 1, lon: 1 },
            { lat: 1, lon: 1 },
          ],
        ],
      },
    });
    expect({}).toEqual(Object.create(null));
    expect(({} as { lat?: unknown }).lat).toBeUndefined(); // the cast asks a plain object for what it must not have
  });

  it.each([
    [
      'a byte no UTF-8 has',
      Buffer.concat([Buffer.from('<gpx><name>'), Buffer.of(0xff), Buffer.from('</name></gpx>')]),
    ],
    ['an overlong form', Buffer.concat([Buffer.from('<gpx>'), Buffer.of(0xc0, 0xaf), Buffer.from('</gpx>')])],
    [
      'half a pair in UTF-8',
      Buffer.concat([Buffer.from('<gpx>'), Buffer.of(0xed, 0xa0, 0x80), Buffer.from('</gpx>')]),
    ],
    ['half a pair in UTF-16', Buffer.from('\uFEFF<gpx>\uD83E</gpx>', 'utf16le')],
    ['Latin letters nobody declared', Buffer.from('<gpx><name>Été</name></gpx>', 'latin1')],
  ])('refuses %s instead of replacing it', (_case, bytes) => {
    expect(parseGpx(bytes)).toMatchObject({ reason: 'not-utf8' });
  });

  it('calls a file cut inside a letter truncated', () => {
    const whole = Buffer.from('<gpx><name>Été');

    expect(parseGpx(whole.subarray(0, whole.length - 1))).toMatchObject({ reason: 'truncated' });
  });

  it.each([
    ['half a pair by number', '&#xD83E;'],
    ['a character beyond Unicode', '&#x110000;'],
    ['a number without end', `&#${'9'.repeat(400)};`],
  ])('refuses %s', (_case, reference) => {
    expect(parseGpx(Buffer.from(`<gpx>${reference}</gpx>`))).toMatchObject({ reason: 'not-xml' });
  });

  const anyPieces = fc
    .array(
      fc.oneof(
        anyText,
        fc.constantFrom(
          ...[
            '<gpx',
            '<gpx>',
            '<trk>',
            '<trkseg>',
            '<trkpt ',
            'lat="',
            '50.1',
            'lon=',
            '"',
            "'",
            '/>',
            '>',
            '</',
            '<',
          ],
          ...[
            '<ele>',
            '</ele>',
            '<!--',
            '-->',
            '<![CDATA[',
            ']]>',
            '<?xml ',
            '?>',
            'version="1.',
            'encoding="utf-16"',
          ],
          ...[
            '<!DOCTYPE ',
            '&amp;',
            '&#',
            'xmlns="',
            'xmlns:a=""',
            'a:b',
            '__proto__',
            ':',
            '\uFEFF',
            '</gpx>',
          ],
        ),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => Buffer.from(pieces.join('')));

  it.each([
    ['bytes', fc.uint8Array({ maxLength: 400 })],
    ['pieces of GPX', anyPieces],
    [
      'bytes that call themselves UTF-16',
      fc.uint8Array().map((bytes) => Buffer.concat([Buffer.of(0xff, 0xfe), bytes])),
    ],
  ])('never throws on any %s, and always gives a reason of the list', (_what, any) => {
    holds(
      fc.property(any, (bytes) => {
        const parsed = parseGpx(bytes);
        if (!parsed.ok) expect(GPX_REFUSALS).toContain(parsed.reason);
      }),
    );
  });

  it('never throws on a file somebody damaged, and never answers coordinates out of range', () => {
    const anyDamage = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat(255)), { minLength: 1, maxLength: 6 });
    holds(
      fc.property(anyTrack, anyDamage, (track, damage) => {
        const bytes = [...Buffer.from(renderGpx(track, { name: 'Été' }))];
        for (const [where, removed, byte] of damage) bytes.splice(where % bytes.length, removed, byte);

        const parsed = parseGpx(Uint8Array.from(bytes));

        const points = parsed.ok ? parsed.track.segments.flat() : [];
        expect(points.filter(({ lat, lon }) => !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180))).toEqual([]);
      }),
    );
  });

  it('reads no beginning of a file as if it were the whole', () => {
    holds(
      fc.property(anyTrack, fc.double({ min: 0, max: 0.999, noNaN: true }), (track, share) => {
        const whole = Buffer.from(renderGpx(track, { name: 'Été' }).trimEnd());

        const parsed = parseGpx(whole.subarray(0, Math.floor(whole.length * share)));

        expect(parsed.ok).toBe(false);
      }),
    );
  });
});
