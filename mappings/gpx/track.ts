/** One point of a track: WGS84 degrees, elevation in metres or unknown. */
export interface TrackPoint {
  lat: number;
  lon: number;
  ele: number | null;
}

/** Ordered segments; the gap between two segments is no part of the line (settled question 28). */
export interface Track {
  segments: TrackPoint[][];
}
