import * as fc from 'fast-check';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { drawTracks } from '../../../mappings/gpx/draw-tracks';
import type { Track } from '../../../mappings/gpx/track';
import { anyText } from '../any-text';
import { holds } from '../holds';
import { anyTrack, turnedRound, walk } from './any-track';

const size = { width: 640, height: 420 };
const before = walk([
  [400, 0],
  [0, 400],
]);
const after = walk([
  [400, 0],
  [0, 200],
  [100, 0],
  [-100, 200],
]);

describe('drawTracks', () => {
  it('draws both lines at one scale, told apart by their width', () => {
    const [old, current] = lines(drawTracks({ before, after }, size));

    expect(Number(old?.width)).toBeGreaterThan(2 * Number(current?.width));
    expect(old?.places[0]).toEqual(current?.places[0]);
    expect(old?.places).toHaveLength(3);
    expect(current?.places).toHaveLength(5);
  });

  it('puts north up and east to the right, in true proportion', () => {
    const [, line] = lines(drawTracks({ before: null, after: before }, size));
    const [start, corner, end] = line?.places ?? [];

    expect(corner?.y).toBeCloseTo(start?.y ?? NaN, 0);
    expect(end?.x).toBeCloseTo(corner?.x ?? NaN, 0);
    expect(end?.y).toBeLessThan(corner?.y ?? NaN);
    expect((corner?.x ?? 0) - (start?.x ?? 0)).toBeCloseTo((corner?.y ?? 0) - (end?.y ?? 0), -1);
  });

  it('tells a screen reader what is drawn and how long it is', () => {
    const drawing = drawTracks({ before, after }, size);
    const [title = '', desc = ''] = (/aria-labelledby="([^"]*)"/.exec(drawing)?.[1] ?? '').split(' ');

    expect(drawing).toContain('role="img"');
    expect(drawing).toContain(`<title id="${title}">Track before and after</title>`);
    expect(drawing).toContain(`<desc id="${desc}">Before: 0.8 km. After: 0.9 km.</desc>`);
  });

  it('says in its words that there was no track before', () => {
    const words = { title: 'Tracé', before: 'Avant', after: 'Après', none: 'aucun' };

    expect(drawTracks({ before: null, after }, { ...size, words })).toContain('Avant: aucun. Après: 0.9 km.');
  });

  it('takes the colour of the text around it, unless the page gives the lines colours', () => {
    const drawing = drawTracks({ before, after }, size);

    expect(drawing).not.toMatch(/#[0-9a-f]{3}|rgb|black|white/i);
    expect(drawing).toContain('stroke="currentColor"');
    expect(drawing).toContain('var(--track-before,currentColor)');
    expect(drawing).toContain('var(--track-after,currentColor)');
  });

  it('gives each pair of tracks ids of its own, and the same tracks the same text', () => {
    const drawing = drawTracks({ before, after }, size);

    expect(drawTracks(structuredClone({ before, after }), size)).toBe(drawing);
    expect(ids(drawTracks({ before, after: turnedRound(after) }, size))).not.toEqual(ids(drawing));
  });

  it('stays inside its frame and is well-formed, whatever the tracks and the words', () => {
    holds(
      fc.property(anyTrack, anyTrack, anyText, (one, other, text) => {
        const words = { title: text, before: text, after: text };
        const places = lines(drawTracks({ before: one, after: other }, { ...size, words })).flatMap(
          (line) => line.places,
        );

        expect(places.filter(({ x, y }) => !(x >= 0 && x <= 640 && y >= 0 && y <= 420))).toEqual([]);
      }),
    );
  });

  it('draws a shape of thousands of points with the few that can be seen', () => {
    const circle = shape(20_000, (share) => [
      50.3 + 0.02 * Math.sin(share * 2 * Math.PI),
      4.9 + 0.03 * Math.cos(share * 2 * Math.PI),
    ]);

    const [, line] = lines(drawTracks({ before: null, after: circle }, size));

    expect(line?.places.length).toBeGreaterThan(20);
    expect(line?.places.length).toBeLessThan(200);
  });

  const chaos = (at: number) => ((Math.sin(at * 12.9898) * 43_758.5453) % 1) / 10;
  it.each([
    ['zigzags', shape(40_000, (share, at) => [50.3 + (at % 2) / 10, 4.9 + share])],
    ['scribbles', shape(40_000, (_, at) => [50.3 + chaos(at), 4.9 + chaos(at + 0.5)])],
    ['has thousands of lone points', scattered(20_000, 1, chaos)],
    ['has thousands of segments', scattered(10_000, 2, chaos)],
  ])('stays under 200 kB for a track that %s', (_what, track) => {
    const drawing = drawTracks({ before: track, after: track }, size);

    expect(Buffer.byteLength(drawing)).toBeLessThan(200_000);
    expect(lines(drawing).map(({ places }) => places.length > 0)).toEqual([true, true]);
  });

  it('draws nothing but its key where there is no track', () => {
    expect(lines(drawTracks({ before: null, after: null }, size)).flatMap(({ places }) => places)).toEqual(
      [],
    );
  });
});

function shape(points: number, at: (share: number, at: number) => [lat: number, lon: number]): Track {
  const place = (index: number) => {
    const [lat, lon] = at(index / (points - 1), index);
    return { lat, lon, ele: null };
  };
  return { segments: [Array.from({ length: points }, (_, index) => place(index))] };
}

function scattered(segments: number, points: number, chaos: (at: number) => number): Track {
  return {
    segments: Array.from({ length: segments }, (_, segment) =>
      Array.from({ length: points }, (_point, at) => ({
        lat: 50.3 + chaos(segment * points + at),
        lon: 4.9 + chaos(segment * points + at + 0.5),
        ele: null,
      })),
    ),
  };
}

/** The two lines of a drawing, read strictly: the first path of each class is the line, the second stands in the key. */
function lines(drawing: string): { width: string | undefined; places: { x: number; y: number }[] }[] {
  const found = new Map<string, SaxesTagPlain>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const name = tag.attributes.class ?? '';
    if (tag.name === 'path' && !found.has(name)) found.set(name, tag);
  });
  parser.write(drawing).close();
  return ['track-before', 'track-after'].map((name) => ({
    width: found.get(name)?.attributes['stroke-width'],
    places: (found.get(name)?.attributes.d ?? '')
      .split(/[ML]/)
      .slice(1)
      .map((place) => ({ x: Number(place.split(' ')[0]), y: Number(place.split(' ')[1]) })),
  }));
}

function ids(drawing: string): string[] {
  return [...drawing.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
}
