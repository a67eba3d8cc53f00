import type { StoredChange } from '../../db/change-answers';
import { knownOffers } from '../../db/offers';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import type { PivotCirkwiContext } from './context';

const PER_PAGE = 500;

/**
 * The change list where PIVOT's own is not to be used: every code with its date, compared with what is staged. Codes
 * and dates only, so that all of them fit in memory at any size that a key can see.
 */
export async function compareAllCodes(context: PivotCirkwiContext): Promise<StoredChange[]> {
  const listed = new Map<string, string | null>();
  const query = { queryId: context.configuration.query, content: 0 as const, perPage: PER_PAGE };
  let page = await context.source.firstPage(query, callContext());
  for (;;) {
    for (const read of page.offers) {
      if (read.kind === 'offer') listed.set(read.offer.code, read.offer.modifiedAt);
      else if (read.code !== null) listed.set(read.code, null);
    }
    if (page.page >= page.pages) break;
    page = await context.source.page({ token: page.token, page: page.page + 1, content: 0 }, callContext());
  }
  if (listed.size < page.total)
    throw new PlatformFailure(
      FailureKind.transient,
      `PIVOT listed ${listed.size} of ${page.total} codes: the list is taken for partial`,
      { platform: 'pivot', operation: 'POST /query/paginated' },
    );
  const known = await knownOffers(context.pool, context.slug);
  const entered = [...listed].map(([code, modifiedAt]) => ({
    code,
    operation: known.has(code) ? ('changed' as const) : ('entered' as const),
    modifiedAt,
  }));
  const left = [...known]
    .filter((code) => !listed.has(code))
    .map((code) => ({ code, operation: 'left' as const, modifiedAt: null }));
  return [...entered, ...left];
}
