import * as fc from 'fast-check';
import { sketchTracks } from '../../../mappings/gpx/sketch-tracks';
import { holds } from '../holds';
import { anyTrack, walk } from './any-track';

describe('sketchTracks', () => {
  const straight = walk([
    [0, 400],
    [400, 0],
  ]);
  const corner = walk([
    [400, 0],
    [0, 400],
  ]);

  it('draws the line after in dots and shades where only the line before ran', () => {
    expect(sketchTracks({ before: straight, after: corner }, { columns: 8, rows: 4 }).split('\n')).toEqual([
      '░░░░░░░⢸',
      '░      ⢸',
      '░      ⢸',
      '⣀⣀⣀⣀⣀⣀⣀⣸',
      '⣿ after   ░ before',
    ]);
  });

  it('shades nothing where the line stayed', () => {
    const sketch = sketchTracks({ before: corner, after: corner }, { columns: 20, rows: 8 });

    expect(sketch.split('\n').slice(0, -1).join('')).not.toContain('░');
  });

  it.each([
    ['drawn for the first time', { before: null, after: corner }],
    ['taken away', { before: corner, after: null }],
  ])('draws a track %s in dots, without a key', (_what, pair) => {
    const sketch = sketchTracks(pair, { columns: 8, rows: 4 });

    expect(sketch).toMatch(/^[ \n\u2801-\u28FF]+$/);
    expect(sketch.split('\n')).toHaveLength(4);
  });

  it('keeps to its size and to characters a terminal takes, whatever the tracks', () => {
    holds(
      fc.property(anyTrack, anyTrack, (before, after) => {
        const sketch = sketchTracks({ before, after }, { columns: 30, rows: 10 }).split('\n').slice(0, -1);

        expect(sketch).toHaveLength(10);
        expect(sketch.join('')).toMatch(/[\u2801-\u28FF]/);
        for (const line of sketch) expect(line).toMatch(/^[ ░\u2801-\u28FF]{0,30}$/);
      }),
    );
  });

  it('names the lines in the words it is given', () => {
    const words = { before: 'avant', after: 'après' };

    expect(sketchTracks({ before: straight, after: corner }, { columns: 8, rows: 4, words })).toMatch(
      /⣿ après {3}░ avant$/,
    );
  });
});
