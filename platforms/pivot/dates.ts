import { DateTime } from 'luxon';

/** Where dates without a zone were written (assumed: the operator is Belgian). */
const ZONE = 'Europe/Brussels';
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A date as PIVOT writes it, in either of its forms (documented): `dd-MM-yyyy HH:mm:ss` without a zone in older
 * documents, ISO 8601 in newer ones. Answers ISO 8601 with an offset, or null when it is neither.
 */
export function readPivotDate(text: string | null): string | null {
  const written = text?.trim() ?? '';
  const moment = ISO.test(written)
    ? DateTime.fromISO(written.replace(' ', 'T'), { zone: ZONE, setZone: true })
    : DateTime.fromFormat(written, 'dd-MM-yyyy HH:mm:ss', { zone: ZONE });
  return moment.isValid ? moment.toISO({ suppressMilliseconds: true }) : null;
}
