import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { drawTracks, type TrackPair } from '../../../mappings/gpx/draw-tracks';
import type { Language } from '../../../mappings/reason-types';
import { RECORD_WORDS } from './words';

/** Pixels; the page makes it smaller where there is less room. */
const SIZE = { width: 640, height: 400 };

/** Both lines one over the other. Styles inside are not allowed here, and the attributes alone make a good drawing. */
export const TrackDrawing: FC<{ pair: TrackPair; language: Language }> = ({ pair, language }) => {
  const svg = drawTracks(pair, { ...SIZE, words: RECORD_WORDS[language].drawing });
  return <figure>{raw(svg.replace(/<style>[^<]*<\/style>\n?/, ''))}</figure>;
};
