import { numberText, type View } from '../view';

/** `12.4 km`, `830 m`; a dash where nothing is known. Metres in. */
export function distanceText(metres: number | null | undefined, view: View): string {
  if (metres === null || metres === undefined) return '–';
  if (Math.abs(metres) < 1_000) return `${numberText(Math.round(metres), view)}\u00a0m`;
  return `${numberText(metres / 1_000, view)}\u00a0km`;
}

/** A height in whole metres. */
export function heightText(metres: number | null | undefined, view: View): string {
  return metres === null || metres === undefined ? '–' : `${numberText(Math.round(metres), view)}\u00a0m`;
}

/** The same with its sign. */
export function signed(metres: number | null, text: (metres: number) => string): string {
  if (metres === null) return '–';
  return metres > 0 ? `+${text(metres)}` : text(metres);
}

/** A number out of what is stored for people, whatever else may stand there. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
