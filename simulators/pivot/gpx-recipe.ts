import { z } from 'zod';
import { seededRandom } from '../core/seeded-random';
import { type GpxPoint, gpxTracksText } from './gpx-text';

/** How to make a track: a few numbers in place of a file, so that a world of 20,000 offers stays small. */
export const gpxRecipeSchema = z.object({
  points: z.number().int().min(2),
  seed: z.number().int(),
  /** Where it begins and ends. */
  lat: z.number(),
  lon: z.number(),
  name: z.string().optional(),
  segments: z.number().int().min(1).optional(),
  tracks: z.number().int().min(1).optional(),
  version: z.enum(['1.0', '1.1']).optional(),
  shape: z.enum(['track', 'route']).optional(),
  elevation: z.enum(['with', 'without']).optional(),
  bom: z.boolean().optional(),
  /** What is wrong with the file. */
  flaw: z.enum(['cut-off', 'not-a-number', 'out-of-range', 'entity', 'web-page', 'no-points']).optional(),
});
export type GpxRecipe = z.infer<typeof gpxRecipeSchema>;

/** Metres between two points, roughly. */
export const RECIPE_STEP_M = 12;
const METRES_PER_DEGREE = 111_320;

/** The file that a recipe describes: the same one for the same recipe. */
export function gpxFromRecipe(recipe: GpxRecipe): string {
  const { segments = 1, tracks = 1, version, shape, name, bom, flaw } = recipe;
  if (flaw === 'web-page')
    return '<!doctype html><html><body><h1>Session expirée</h1><p>Veuillez vous reconnecter.</body></html>';
  const points = flaw === 'no-points' ? [] : loop(recipe);
  const parts = split(points, segments * tracks);
  const grouped = Array.from({ length: tracks }, (_, track) =>
    parts.slice(track * segments, (track + 1) * segments),
  );
  return flawed(gpxTracksText(grouped, { version, shape, name, bom }), flaw);
}

/** A closed line around a centre, never twice the same for two seeds. */
export function loop({ points, seed, lat, lon, elevation = 'with' }: GpxRecipe): GpxPoint[] {
  const random = seededRandom(seed);
  const waves = [2, 3, 5].map((turns) => ({
    turns,
    size: 0.18 * random.next(),
    phase: random.next() * Math.PI * 2,
  }));
  const base = 90 + random.below(350);
  const radius = (points * RECIPE_STEP_M) / (2 * Math.PI);
  const at = (position: number): GpxPoint => {
    const angle = (position / (points - 1)) * Math.PI * 2;
    const wave = waves.reduce(
      (sum, { turns, size, phase }) => sum + size * Math.cos(turns * angle + phase),
      1,
    );
    const point = {
      lat: lat + (radius * wave * Math.sin(angle)) / METRES_PER_DEGREE,
      lon: lon + (radius * wave * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
    };
    return elevation === 'without' ? point : { ...point, ele: base + 40 * wave * Math.sin(2 * angle) };
  };
  return Array.from({ length: points }, (_, position) => at(position));
}

function split(points: readonly GpxPoint[], parts: number): GpxPoint[][] {
  const size = Math.ceil(points.length / parts);
  return Array.from({ length: parts }, (_, part) => points.slice(part * size, (part + 1) * size));
}

function flawed(text: string, flaw: GpxRecipe['flaw']): string {
  switch (flaw) {
    case 'cut-off':
      return text.slice(0, Math.floor(text.length * 0.7));
    case 'not-a-number':
      return text.replace(/lat="[^"]*"/, 'lat="NaN"');
    case 'out-of-range':
      return text.replace(/lon="[^"]*"/, 'lon="451.2"');
    case 'entity':
      return text.replace(/\?>\n/, '?>\n<!DOCTYPE gpx [<!ENTITY lieu SYSTEM "file:///etc/hostname">]>\n');
    default:
      return text;
  }
}
