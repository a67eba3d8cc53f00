/**
 * Why a GPX file is refused; a closed list, in the order in which a file is examined. `no-points` also covers a file
 * whose every segment holds a single point: one point is a place, not a line to walk (assumed: nobody publishes one).
 */
export const GPX_REFUSALS = [
  'too-large',
  'not-utf8',
  'doctype',
  'not-xml',
  'truncated',
  'not-gpx',
  'too-deep',
  'bad-coordinate',
  'too-many-points',
  'no-points',
] as const;

export type GpxRefusal = (typeof GPX_REFUSALS)[number];

/** A refusal with the line, column and element it was seen at; never the file's content beyond a tag name. */
export interface GpxRefused {
  ok: false;
  reason: GpxRefusal;
  detail: string;
}

/** A refusal as a value. */
export function refused(reason: GpxRefusal, detail: string): GpxRefused {
  return { ok: false, reason, detail };
}
