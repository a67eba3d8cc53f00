import type { FC } from 'hono/jsx';
import { editStatesText, objectStatesText } from '../../../operations/pivot-cirkwi/offer-words';
import type { OffersStatus } from '../../../operations/pivot-cirkwi/offers-status';
import { Time } from '../parts/time';
import { numberText, type View } from '../view';
import { PAIR_STATUS_WORDS } from './pair-status-words';

/** What a sync from PIVOT to Cirkwi has beside others: its feed, its visitors, its tracks. */
export const OffersSection: FC<{ view: View; offers: OffersStatus }> = ({ view, offers }) => {
  const { language } = view;
  const words = PAIR_STATUS_WORDS[language];
  const { objects, feeds, lastVisit, openEdits, lastLookAt } = offers;
  return (
    <section class="card" aria-labelledby="feed">
      <h2 id="feed">{words.feed}</h2>
      <dl class="facts">
        <dt>{words.objects}</dt>
        <dd>{isEmpty(objects) ? words.none : objectStatesText(objects, language)}</dd>
        {feeds.length === 0 && (
          <>
            <dt>{words.document}</dt>
            <dd>{words.noFeed}</dd>
          </>
        )}
        {feeds.map(({ kind, objects: inIt, bytes, publishedAt }) => (
          <>
            <dt>{words.document}</dt>
            <dd>
              <span class="mono">{kind}.xml</span>, {numberText(inIt, view)} {words.inIt},{' '}
              {sizeText(bytes, view)}, {words.published} <Time at={publishedAt} view={view} />
            </dd>
          </>
        ))}
        <dt>{words.visit}</dt>
        <dd>
          {lastVisit === null ? (
            words.never
          ) : (
            <>
              <Time at={lastVisit.at} view={view} />, {words.answered} {lastVisit.status}
              {lastVisit.transfer === 'broken' && `, ${words.broken}`}
            </>
          )}
        </dd>
        <dt>{words.edits}</dt>
        <dd>{isEmpty(openEdits) ? words.none : editStatesText(openEdits, language)}</dd>
        <dt>{words.look}</dt>
        <dd>{lastLookAt === null ? words.never : <Time at={lastLookAt} view={view} />}</dd>
      </dl>
    </section>
  );
};

function isEmpty(counts: Readonly<Record<string, number>>): boolean {
  return Object.keys(counts).length === 0;
}

function sizeText(bytes: number, view: View): string {
  const byte = view.language === 'fr' ? 'o' : 'B';
  if (bytes < 1_000_000) return `${numberText(Math.ceil(bytes / 1_000), view)} k${byte}`;
  return `${numberText(bytes / 1_000_000, view)} M${byte}`;
}
