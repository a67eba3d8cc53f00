import type { FC } from 'hono/jsx';
import type { TrackEditView } from '../../../operations/pivot-cirkwi/track-edit-view';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { TrackDrawing } from '../record/track-drawing';
import { numberText, type View } from '../view';
import { EditDecisions } from './edit-decisions';
import { distanceText, heightText, signed } from './measure-text';
import { StateBadge } from './state-badge';
import { TRACK_WORDS } from './words';

export interface EditPageProps {
  view: View;
  sync: string;
  shown: TrackEditView;
}

/** One edited track: where it stands, both lines, their measures, what PIVOT holds, what can be decided. */
export const EditPage: FC<EditPageProps> = (props) => {
  const { view, sync, shown } = props;
  const words = TRACK_WORDS[view.language];
  const { edit } = shown;
  return (
    <>
      <p class="row">
        <StateBadge state={edit.state} view={view} /> <span class="mono soft">{edit.recordId}</span>
        <a href={paths.record(sync, edit.recordId)}>{words.record}</a>
      </p>
      <div class="columns">
        <Drawing {...props} />
        <div>
          <EditDecisions {...props} />
          <Measures {...props} />
          <InPivot {...props} />
        </div>
      </div>
    </>
  );
};

const Drawing: FC<EditPageProps> = ({ view, sync, shown }) => {
  const words = TRACK_WORDS[view.language];
  const { edit, pair } = shown;
  const path = `${paths.tracks(sync)}/${edit.id}`;
  return (
    <section class="card stack">
      <h2>{words.drawing}</h2>
      <TrackDrawing pair={pair} language={view.language} />
      <p class="soft small">{words.drawingHint}</p>
      <h3>{words.downloads}</h3>
      <ul>
        {edit.baseHash !== null && (
          <li>
            <a href={`${path}/before.gpx`} download>
              {words.downloadBefore}
            </a>
          </li>
        )}
        <li>
          <a href={`${path}/after.gpx`} download>
            {words.downloadAfter}
          </a>
        </li>
        {shown.pivot?.hash != null && (
          <li>
            <a href={`${path}/pivot.gpx`} download>
              {words.downloadPivot}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
};

const Measures: FC<EditPageProps> = ({ view, shown: { facts, largestDistanceM } }) => {
  const words = TRACK_WORDS[view.language];
  const { before, after } = facts;
  const length = (metres: number) => distanceText(metres, view);
  const height = (metres: number) => heightText(metres, view);
  const count = (number: number) => numberText(number, view);
  const lines = [
    { label: words.length, from: before?.lengthM, to: after?.lengthM, text: length },
    { label: words.climb, from: before?.climbM, to: after?.climbM, text: height },
    { label: words.descent, from: before?.descentM, to: after?.descentM, text: height },
    { label: words.points, from: before?.points, to: after?.points, text: count },
    { label: words.segments, from: before?.segments, to: after?.segments, text: count },
  ];
  return (
    <section class="card">
      <h2>{words.measures}</h2>
      <div class="scroll">
        <table>
          <caption class="visually-hidden">{words.measuresCaption}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
              <th scope="col">{words.change}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ label, from = null, to = null, text }) => (
              <tr>
                <th scope="row">{label}</th>
                <td class="number before">{from === null ? '–' : text(from)}</td>
                <td class="number after">{to === null ? '–' : text(to)}</td>
                <td class="number">{signed(from === null || to === null ? null : to - from, text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {words.distance} <b>{distanceText(largestDistanceM, view)}</b>
      </p>
    </section>
  );
};

const InPivot: FC<EditPageProps> = ({ view, shown: { edit, pivot, pivotHolds } }) => {
  const words = TRACK_WORDS[view.language];
  return (
    <section class="card">
      <h2>{words.pivot}</h2>
      <p>{words.pivotHolds[pivotHolds]}</p>
      {pivot?.problem != null && (
        <p class="notice warn">
          {pivot.problem.what} {pivot.problem.detail}
        </p>
      )}
      <dl class="facts">
        {pivot !== null && (
          <>
            <dt>{words.media}</dt>
            <dd class="mono">{pivot.media}</dd>
            <dt>{words.fetched}</dt>
            <dd>{distanceText(pivot.facts?.lengthM, view)}</dd>
          </>
        )}
        {edit.mediaCode !== null && (
          <>
            <dt>{words.newMedia}</dt>
            <dd class="mono">{edit.mediaCode}</dd>
          </>
        )}
        <dt>{words.found}</dt>
        <dd>
          <Time at={edit.foundAt} view={view} />
        </dd>
        {edit.endedAt !== null && (
          <>
            <dt>{words.ended}</dt>
            <dd>
              <Time at={edit.endedAt} view={view} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};
