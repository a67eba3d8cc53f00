import * as fc from 'fast-check';
import { lineHash } from '../../../mappings/gpx/line-hash';
import { parseGpx } from '../../../mappings/gpx/parse-gpx';
import { renderGpx } from '../../../mappings/gpx/render-gpx';
import { anyText } from '../any-text';
import { holds } from '../holds';
import { anyTrack, walk } from './any-track';

describe('renderGpx', () => {
  it('writes GPX 1.1 in the order its schema asks for', () => {
    const track = {
      segments: [
        [
          { lat: 50.31, lon: 4.94, ele: 101.5 },
          { lat: -1e-7, lon: -0, ele: null },
        ],
        [],
        [{ lat: 50.32, lon: 4.95, ele: -0 }],
      ],
    };

    expect(renderGpx(track, { name: 'Moulin & "étang" <1>', creator: 'Essai' })).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="Essai" xmlns="http://www.topografix.com/GPX/1/1">',
        ' <trk>',
        '  <name>Moulin &amp; &quot;étang&quot; &lt;1&gt;</name>',
        '  <trkseg>',
        '   <trkpt lat="50.31" lon="4.94"><ele>101.5</ele></trkpt>',
        '   <trkpt lat="0" lon="0"/>',
        '  </trkseg>',
        '  <trkseg>',
        '   <trkpt lat="50.32" lon="4.95"><ele>0</ele></trkpt>',
        '  </trkseg>',
        ' </trk>',
        '</gpx>',
        '',
      ].join('\n'),
    );
  });

  it('is read back as the same line with the same segments, whatever the track and its name', () => {
    holds(
      fc.property(anyTrack, anyText, anyText, (track, name, creator) => {
        const parsed = parseGpx(Buffer.from(renderGpx(track, { name, creator })));

        if (!parsed.ok) throw new Error(parsed.detail);
        expect(lineHash(parsed.track)).toBe(lineHash(track));
        expect(parsed.track.segments.map(({ length }) => length)).toEqual(
          track.segments.map(({ length }) => length),
        );
      }),
    );
  });

  it('writes the same bytes again after it was read back', () => {
    holds(
      fc.property(anyTrack, (track) => {
        const first = renderGpx(track, { name: 'Boucle' });
        const parsed = parseGpx(Buffer.from(first));

        expect(parsed.ok && renderGpx(parsed.track, { name: 'Boucle' })).toBe(first);
      }),
    );
  });

  it('signs with the name of the project where no other is given', () => {
    expect(renderGpx(walk([[10, 10]]), { name: 'Boucle' })).toContain('creator="Passerelle"');
  });
});
