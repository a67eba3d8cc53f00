export type Encoding = 'identity' | 'gzip';

/** The request's headers that say which form of a document is wanted, and which is there already. */
export interface Conditions {
  acceptEncoding: string | undefined;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

/** The form to answer with. `etag` is as it goes into the header; `unchanged` means 304. */
export interface Selected {
  encoding: Encoding;
  etag: string;
  unchanged: boolean;
}

/**
 * Chooses the form of a document and judges the request's conditions (RFC 9110, sections 8.8.3, 12.5.3 and 13.1). Each
 * form has a tag of its own, as the bytes differ; whoever holds an acceptable form that is still current gets no other.
 */
export function selectForm(
  document: { etag: string; modifiedAt: Date | null },
  conditions: Conditions,
): Selected {
  const forms = acceptableForms(conditions.acceptEncoding);
  const tagged = forms.map((encoding) => ({ encoding, etag: tagOf(document.etag, encoding) }));
  // never empty; an uncompressed document is what a client without wishes gets
  const first = tagged[0] ?? { encoding: 'identity', etag: tagOf(document.etag, 'identity') };

  if (conditions.ifNoneMatch !== undefined) {
    const known = knownTags(conditions.ifNoneMatch);
    const held = known === 'any' ? first : tagged.find(({ etag }) => known.has(etag));
    return held === undefined ? { ...first, unchanged: false } : { ...held, unchanged: true };
  }
  const since = Date.parse(conditions.ifModifiedSince ?? '');
  const unchanged =
    document.modifiedAt !== null && inSeconds(document.modifiedAt.getTime()) <= inSeconds(since);
  return { ...first, unchanged };
}

function tagOf(etag: string, encoding: Encoding): string {
  return encoding === 'gzip' ? `"${etag}-gzip"` : `"${etag}"`;
}

/** HTTP dates have no fractions. NaN stays NaN, and compares as "not before". */
function inSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** The tags of If-None-Match, compared weakly: `W/` does not count. */
function knownTags(header: string): 'any' | ReadonlySet<string> {
  if (header.trim() === '*') return 'any';
  return new Set([...header.matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag]) => tag ?? ''));
}

/** Best first. A client that refuses everything still gets the document as it is, rather than nothing. */
function acceptableForms(header: string | undefined): Encoding[] {
  if (header === undefined) return ['identity'];
  const weights = new Map(header.split(',').map(weightOf));
  const others = weights.get('*');
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? others ?? 0;
  const identity = weights.get('identity') ?? (others === 0 ? 0 : undefined);
  if (gzip <= 0) return ['identity'];
  if (identity === 0) return ['gzip'];
  return gzip >= (identity ?? 0) ? ['gzip', 'identity'] : ['identity', 'gzip'];
}

function weightOf(part: string): [string, number] {
  const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const value = weight === undefined ? 1 : Number(weight.slice(2));
  return [coding, Number.isNaN(value) ? 0 : value];
}
