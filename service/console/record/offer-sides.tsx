import type { FC } from 'hono/jsx';
import type { TrackPair } from '../../../mappings/gpx/draw-tracks';
import type { OfferFields } from '../../../operations/pivot-cirkwi/offer-fields';
import type { OfferView } from '../../../operations/pivot-cirkwi/offer-view';
import { editStateText, objectStateText } from '../../../operations/pivot-cirkwi/offer-words';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { kindText } from '../plan/kind-words';
import { LongValue } from '../plan/long-value';
import { numberText, type View } from '../view';
import { Notes } from './dossier-sides';
import { TrackDrawing } from './track-drawing';
import { RECORD_WORDS } from './words';

interface OfferSidesProps {
  view: View;
  sync: string;
  offer: OfferView;
  fields: OfferFields | null;
  /** The lines of an edited track; null where nobody edited one. */
  drawn: TrackPair | null;
}

/** What Cirkwi is offered for an offer, its track, and what people drew over it. */
export const OfferSides: FC<OfferSidesProps> = ({ view, sync, offer, fields, drawn }) => (
  <>
    <div class="columns">
      <InFeed view={view} offer={offer} />
      <TrackSection view={view} offer={offer} />
    </div>
    <Edits view={view} sync={sync} offer={offer} drawn={drawn} />
    {fields !== null && <Fields view={view} fields={fields} />}
  </>
);

const InFeed: FC<{ view: View; offer: OfferView }> = ({ view, offer: { object } }) => {
  const words = RECORD_WORDS[view.language];
  return (
    <section class="card" aria-labelledby="feed">
      <h2 id="feed">{words.feed}</h2>
      {object === null ? (
        <p class="soft">{words.nothingOffered}</p>
      ) : (
        <dl class="facts">
          <dt>{kindText(object.kind, view.language)}</dt>
          <dd>{objectStateText(object.state, view.language)}</dd>
          <dt>{words.published}</dt>
          <dd>
            <Time at={object.publishedAt} view={view} />
          </dd>
          <dt>{words.verified}</dt>
          <dd>
            <Time at={object.verifiedAt} view={view} />
          </dd>
          {object.cirkwiId !== null && (
            <>
              <dt>Cirkwi</dt>
              <dd>
                {object.url === null ? (
                  object.cirkwiId
                ) : (
                  <a href={object.url} rel="noreferrer">
                    {words.open} {object.cirkwiId}
                  </a>
                )}
              </dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
};

/** Points of interest have no track, and nothing is missing then. */
const TrackSection: FC<{ view: View; offer: OfferView }> = ({ view, offer: { object, track } }) => {
  const words = RECORD_WORDS[view.language];
  if (track === null && object?.kind !== 'circuit') return null;
  const metres = (value: number | null) =>
    value === null ? '–' : `${numberText(Math.round(value), view)} m`;
  const facts = track?.facts ?? null;
  return (
    <section class="card" aria-labelledby="track">
      <h2 id="track">{words.track}</h2>
      {track === null && <p class="soft">{words.noTrack}</p>}
      <dl class="facts">
        {track !== null && (
          <>
            <dt>{words.media}</dt>
            <dd class="mono">{track.media}</dd>
          </>
        )}
        {facts !== null && (
          <>
            <dt>{words.length}</dt>
            <dd>{numberText(facts.lengthM / 1_000, view)} km</dd>
            <dt>{words.climb}</dt>
            <dd>{metres(facts.climbM)}</dd>
            <dt>{words.descent}</dt>
            <dd>{metres(facts.descentM)}</dd>
            <dt>{words.heights}</dt>
            <dd>
              {metres(facts.minEleM)} – {metres(facts.maxEleM)}
            </dd>
            <dt>{words.points}</dt>
            <dd>{numberText(facts.points, view)}</dd>
          </>
        )}
        {track?.problem != null && (
          <>
            <dt>{words.problem}</dt>
            <dd>
              {track.problem.what} ({track.problem.detail})
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};

const Edits: FC<{ view: View; sync: string; offer: OfferView; drawn: TrackPair | null }> = ({
  view,
  sync,
  offer: { edits },
  drawn,
}) => {
  const words = RECORD_WORDS[view.language];
  if (edits.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="edits">
      <h2 id="edits">{words.edits}</h2>
      <ul>
        {edits.map((edit) => (
          <li>
            {editStateText(edit.state, view.language)}{' '}
            <span class="soft">
              {words.found} <Time at={edit.foundAt} view={view} />
            </span>{' '}
            {edit.media !== null && <span class="mono">{edit.media}</span>}
          </li>
        ))}
      </ul>
      {drawn !== null && <TrackDrawing pair={drawn} language={view.language} />}
      <p>
        <a href={paths.tracks(sync)}>{words.tracks}</a>
      </p>
    </section>
  );
};

const Fields: FC<{ view: View; fields: OfferFields }> = ({ view, fields: { isMapped, fields, notes } }) => {
  const { language } = view;
  const words = RECORD_WORDS[language];
  if (fields.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="sides">
      <h2 id="sides">{words.sides}</h2>
      {!isMapped && <p class="soft">{words.notOffered}</p>}
      <div class="scroll">
        <table>
          <caption>{words.offerFields}</caption>
          <thead>
            <tr>
              <th scope="col">{words.field}</th>
              {isMapped && <th scope="col">{words.offerMapped}</th>}
              <th scope="col">{words.offered}</th>
              <th scope="col">{words.standing}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, mapped, published, standing }) => (
              <tr>
                <th scope="row" class="mono">
                  {field}
                </th>
                {isMapped && (
                  <td>
                    <LongValue value={mapped} field={field} language={language} />
                  </td>
                )}
                <td>
                  <LongValue value={published} field={field} language={language} />
                </td>
                <td>
                  <span class={`badge ${standing === 'same' ? 'good' : 'warn'}`}>
                    {words.standings[standing]}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Notes view={view} notes={notes} />
    </section>
  );
};
