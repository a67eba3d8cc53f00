import { type OfferCandidate, offersByCode } from '../../db/offers';
import { type FoundMarks, findMarks, type Marks } from '../../mappings/pivot-cirkwi/find-marks';
import { ITINERARY_TYPE, type Offer } from '../../mappings/pivot-cirkwi/offer';
import { tracksOf } from '../../mappings/pivot-cirkwi/offer-media';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { OfferPage, ReadOffer } from '../../platforms/pivot/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { PivotCirkwiContext } from './context';
import { publicationOf } from './marks';
import { fetchTrackOf } from './tracks';

/** How often the pages are begun anew when PIVOT forgets them under a slow reading. */
const ATTEMPTS = 3;

/** Nothing can be said about any offer; the message tells why, and what to do. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
}

/** The filter and the tags as the thesaurus names them now, not as a run noted them. */
export async function readMarks({
  source,
  configuration,
  policies,
  slug,
}: PivotCirkwiContext): Promise<Marks> {
  const fields: Parameters<typeof findMarks>[0][number][] = [];
  for (const type of configuration.offerTypes)
    fields.push(...(await source.booleanFields(type, callContext())));
  const found: FoundMarks = findMarks(fields, policies);
  if (found.missing.length === 0 && found.ambiguous.length === 0) return found.marks;
  throw new NotComparable(
    `the filter and the tags are not all known, so that nobody can say what is to be published: see "passerelle check ${slug}"`,
  );
}

/**
 * Every offer of the stored query, page by page, by a posted query that leaves the change list alone. After PIVOT forgot
 * its pages an offer may come again. Rejects rather than end early: half a reading is never compared.
 */
export async function* everyOffer(context: PivotCirkwiContext): AsyncGenerator<ReadOffer[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      yield* pagesOf(context);
      return;
    } catch (error) {
      const forgotten = error instanceof PlatformFailure && error.detail.code === 'CCM006';
      if (!forgotten || attempt === ATTEMPTS) throw error;
    }
  }
}

async function* pagesOf({
  source,
  configuration,
  readPageSize,
}: PivotCirkwiContext): AsyncGenerator<ReadOffer[]> {
  const query = { queryId: configuration.query, content: 3 as const, perPage: readPageSize };
  let page: OfferPage = await source.firstPage(query, callContext());
  if (page.total === 0)
    throw new NotComparable(`PIVOT's query ${configuration.query} answers no offer: nothing is compared`);
  let read = 0;
  for (;;) {
    read += page.offers.length;
    yield page.offers;
    if (page.page >= page.pages) break;
    page = await source.page({ token: page.token, page: page.page + 1, content: 3 }, callContext());
  }
  if (read >= page.total) return;
  throw new PlatformFailure(
    FailureKind.transient,
    `PIVOT's pages held ${read} of ${page.total} offers: half a reading is not compared`,
    { platform: 'pivot', operation: 'POST /query/paginated' },
  );
}

/** What a read brought about one offer; null when PIVOT has no such offer. */
export interface FreshOffer {
  code: string;
  read: ReadOffer | null;
  standing: 'in-query' | 'left-query';
}

/** The form that drafts are made from, filled with what PIVOT says now in place of what was staged. */
export async function candidatesOf(
  context: PivotCirkwiContext,
  marks: Marks,
  fresh: readonly FreshOffer[],
  tracks: 'fetch' | 'as-stored',
): Promise<OfferCandidate[]> {
  const codes = fresh.map(({ code }) => code);
  const stored = new Map(
    (await offersByCode(context.pool, context.slug, codes)).map((candidate) => [candidate.code, candidate]),
  );
  const candidates: OfferCandidate[] = [];
  await inFlight(context.sourceInFlight, [...fresh], async ({ code, read, standing }) => {
    const before = stored.get(code);
    const offer = read?.kind === 'offer' ? read.offer : null;
    candidates.push({
      code,
      offer,
      unreadable: read?.kind === 'unreadable' ? read.problems : null,
      gone: read === null ? 'deleted' : standing === 'left-query' ? 'left-query' : null,
      dueMark: 0,
      outcome: null,
      track: offer === null ? null : await trackOf(context, marks, offer, before?.track ?? null, tracks),
      published: before?.published ?? null,
      isInLine: false,
    });
  });
  return candidates;
}

/** A file that is known needs no call, unless all of them are to be compared: one may be replaced without a word. */
async function trackOf(
  context: PivotCirkwiContext,
  marks: Marks,
  offer: Offer,
  stored: OfferCandidate['track'],
  tracks: 'fetch' | 'as-stored',
): Promise<OfferCandidate['track']> {
  const [media] = tracksOf(offer);
  if (media === undefined) return null;
  if (offer.type !== ITINERARY_TYPE || !publicationOf(context, marks, offer).publish) return stored;
  const isKnown = stored?.mediaCode === media.code && stored.mediaModifiedAt === media.modifiedAt;
  if (isKnown && tracks === 'as-stored') return stored;
  const found = await fetchTrackOf(context, media);
  return {
    // as a run does: the last usable file stays where the new one is of no use
    hash: found.ok ? found.body.hash : (stored?.hash ?? null),
    mediaCode: media.code,
    mediaModifiedAt: media.modifiedAt,
    problem: found.ok ? null : found.problem,
  };
}
