import type { FC } from 'hono/jsx';
import type { Page } from '../../../db/lists/page';
import type { TrackListRow } from '../../../db/lists/tracks';
import type { TrackEditState } from '../../../db/track-edits';
import { Pager } from '../parts/pager';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { distanceText, numberOf } from './measure-text';
import { StateBadge } from './state-badge';
import { TRACK_WORDS } from './words';

/** What a list can be narrowed to: what is not over, all, or one state. */
export const SHOWN_STATES = [
  'open',
  'all',
  'kept',
  'offered',
  'returning',
  'returned',
  'held',
  'declined',
  'superseded',
] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

interface TracksPageProps {
  view: View;
  sync: string;
  state: ShownState;
  after: number | undefined;
  page: Page<TrackListRow>;
}

/** Edited tracks of a sync. */
export const TracksPage: FC<TracksPageProps> = (props) => {
  const { view, state, after, page } = props;
  const words = TRACK_WORDS[view.language];
  return (
    <>
      <p class="lead">{words.lead}</p>
      <Filter {...props} />
      {page.rows.length === 0 ? <p class="empty">{words.none}</p> : <TrackTable {...props} />}
      <Pager view={view} query={{ state }} after={after} next={page.next} />
    </>
  );
};

const Filter: FC<TracksPageProps> = ({ view, sync, state }) => {
  const words = TRACK_WORDS[view.language];
  return (
    <form class="filters" method="get" action={paths.tracks(sync)}>
      <label>
        {words.filter}
        <select name="state">
          {SHOWN_STATES.map((each) => (
            <option value={each} selected={each === state}>
              {each === 'open'
                ? words.filterOpen
                : each === 'all'
                  ? words.filterAll
                  : words.states[each satisfies TrackEditState]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{words.apply}</button>
    </form>
  );
};

const TrackTable: FC<TracksPageProps> = ({ view, sync, page }) => {
  const words = TRACK_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.offer}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.lengthBefore}</th>
            <th scope="col">{words.lengthAfter}</th>
            <th scope="col">{words.distance}</th>
            <th scope="col">{words.found}</th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map(({ id, recordId, name, state, comparison, foundAt }) => (
            <tr>
              <th scope="row">
                <a href={`${paths.tracks(sync)}/${id}`}>{name ?? recordId}</a>{' '}
                {name !== null && <span class="mono soft">{recordId}</span>}
              </th>
              <td>
                <StateBadge state={state} view={view} />
              </td>
              <td class="number">{distanceText(numberOf(comparison.lengthBeforeM), view)}</td>
              <td class="number">{distanceText(numberOf(comparison.lengthAfterM), view)}</td>
              <td class="number">{distanceText(numberOf(comparison.largestDistanceM), view)}</td>
              <td>
                <Time at={foundAt} view={view} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
