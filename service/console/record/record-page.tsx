import type { FC } from 'hono/jsx';
import type { Pair } from '../../../config/schema';
import type { HistoryRow } from '../../../db/lists/history';
import type { Page } from '../../../db/lists/page';
import type { TrackPair } from '../../../mappings/gpx/draw-tracks';
import type { OfferFields } from '../../../operations/pivot-cirkwi/offer-fields';
import { offerStatusText } from '../../../operations/pivot-cirkwi/offer-words';
import type { DossierView } from '../../../operations/planexpo-inwink/dossier-view';
import type { RecordView } from '../../../operations/record-view';
import { stateText } from '../../../operations/weavy-webmecanik/crm-words';
import { mayDo } from '../../access/principal';
import { ItemCard } from '../attention/item-card';
import type { ItemView } from '../attention/item-view';
import { OutcomeBadge } from '../parts/badge';
import { Notice } from '../parts/notice';
import { PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { CoupleSides } from './couple-sides';
import { DossierSides } from './dossier-sides';
import { History } from './history';
import { OfferSides } from './offer-sides';
import { Links } from './record-links';
import { RECORD_WORDS } from './words';

export interface RecordPageParts {
  pair: Pair;
  record: RecordView;
  dossier: DossierView | null;
  offerFields: OfferFields | null;
  drawn: TrackPair | null;
  items: readonly ItemView[];
  history: Page<HistoryRow>;
  before: number | undefined;
}

/** One record with everything known about it. */
export const RecordPage: FC<{ view: View; page: RecordPageParts }> = ({ view, page }) => {
  const words = RECORD_WORDS[view.language];
  const { record, dossier, items } = page;
  const { sync } = record;
  return (
    <>
      {record.unreadable.length > 0 && (
        <Notice kind="bad">
          {words.unreadable} <span class="mono">{record.unreadable.join('; ')}</span>
        </Notice>
      )}
      <div class="columns">
        <Head view={view} page={page} />
        <Links view={view} record={record} />
      </div>
      {items.length > 0 && (
        <section aria-labelledby="items">
          <h2 id="items">{words.attention}</h2>
          {items.map((item) => (
            <ItemCard view={view} item={item} from={{ at: 'record', sync, record: record.record }} />
          ))}
        </section>
      )}
      {record.couple !== undefined && <CoupleSides view={view} sync={sync} couple={record.couple} />}
      {dossier !== null && <DossierSides view={view} sync={sync} dossier={dossier} />}
      {record.offer !== undefined && (
        <OfferSides
          view={view}
          sync={sync}
          offer={record.offer}
          fields={page.offerFields}
          drawn={page.drawn}
        />
      )}
      <History view={view} history={page.history} before={page.before} />
    </>
  );
};

const Head: FC<{ view: View; page: RecordPageParts }> = ({ view, page: { record, pair } }) => {
  const words = RECORD_WORDS[view.language];
  const source = sourceOf(pair, record.record);
  const { reason, parent } = record;
  return (
    <section class="card" aria-labelledby="standing">
      <h2 id="standing">{words.standing}</h2>
      <p class="row">
        <OutcomeBadge outcome={record.outcome} language={view.language} />
        {record.due && <span class="soft">{words.due}</span>}
      </p>
      {reason !== null && (
        <p>
          {reason.what} {reason.next}
        </p>
      )}
      <dl class="facts">
        <dt>{words.ids}</dt>
        <dd>
          <span class="mono">{record.record}</span>
          {record.publicId !== null && (
            <span>
              {' '}
              ({words.publicId} <span class="mono">{record.publicId}</span>)
            </span>
          )}
        </dd>
        <dt>{words.status(source)}</dt>
        <dd>
          {statusText(record, view)}
          {record.deletedAt !== null && (
            <>
              , {words.deleted} <Time at={record.deletedAt} view={view} />
            </>
          )}
        </dd>
        {parent !== null && record.couple === undefined && (
          <>
            <dt>{words.parent}</dt>
            <dd>
              <a href={paths.record(record.sync, parent)}>{parent}</a>
            </dd>
          </>
        )}
        <dt>{words.changed(source)}</dt>
        <dd>
          <Time at={record.changedAt} view={view} />
        </dd>
        <dt>{words.settled}</dt>
        <dd>
          <Time at={record.settledAt} view={view} />
        </dd>
      </dl>
      {mayDo(view.signedIn.principal, 'operate') && (
        <p>
          <PostButton
            view={view}
            action={`${paths.record(record.sync, record.record)}/retry`}
            label={words.retry}
          />{' '}
          <span class="soft small">{words.retryHint}</span>
        </p>
      )}
    </section>
  );
};

function statusText({ couple, offer, status }: RecordView, { language }: View): string {
  if (couple !== undefined) return stateText(status, language);
  if (offer !== undefined) return offerStatusText(status, language);
  return RECORD_WORDS[language].statuses[status] ?? status;
}

/** Where the record comes from. */
function sourceOf(pair: Pair, record: string): string {
  if (pair === 'planexpo-inwink') return 'Planexpo';
  if (pair === 'pivot-cirkwi') return 'PIVOT';
  return record.startsWith('weavy/') ? 'weavy' : 'Webmecanik';
}
