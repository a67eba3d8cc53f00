import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { CsrfField } from '../parts/post-form';
import { Time } from '../parts/time';
import { Value } from '../parts/value';
import { paths } from '../paths';
import type { View } from '../view';
import { type CameFrom, CameFromFields } from './came-from';
import { DecisionForms } from './decision-forms';
import type { ItemView } from './item-view';
import { ATTENTION_WORDS, detailLabel } from './words';

interface ItemCardProps {
  view: View;
  item: ItemView;
  from: CameFrom;
  /** The form that its tick belongs to; none where items are decided one by one only. */
  tickedFor?: string | undefined;
}

/** One attention item: what happened, why it matters, what each decision will do. */
export const ItemCard: FC<ItemCardProps> = ({ view, item, from, tickedFor }) => {
  const words = ATTENTION_WORDS[view.language];
  const head = `item-${item.id}`;
  return (
    <article class="card stack" id={`point-${item.id}`} aria-labelledby={head}>
      <div class="row between">
        <h3 id={head}>{item.what}</h3>
        <span class={`badge ${item.severity === 'action' ? 'warn' : ''}`}>
          {item.severity === 'action' ? words.severities.action : words.severities.info}
        </span>
      </div>
      <Where view={view} item={item} tickedFor={tickedFor} />
      {item.why !== '' && <p>{item.why}</p>}
      {item.next !== '' && <p>{item.next}</p>}
      <Details view={view} item={item} />
      {item.state === 'open' ? (
        <DecisionForms view={view} item={item} from={from} />
      ) : (
        <Answered view={view} item={item} from={from} />
      )}
    </article>
  );
};

const Where: FC<{ view: View; item: ItemView; tickedFor: string | undefined }> = ({
  view,
  item,
  tickedFor,
}) => {
  const words = ATTENTION_WORDS[view.language];
  return (
    <p class="row small">
      {tickedFor !== undefined && item.state === 'open' && (
        <label class="check">
          <input type="checkbox" name="item" value={String(item.id)} form={tickedFor} />
          {words.tick} {item.id}
        </label>
      )}
      {tickedFor === undefined && (
        <span class="soft">
          {words.item} {item.id}
        </span>
      )}
      <a href={paths.sync(item.sync)}>{item.sync}</a>
      <RecordLink view={view} item={item} />
      {item.place !== '' && (
        <span>
          <span class="soft">{words.part}</span> <span class="mono">{item.place}</span>
        </span>
      )}
      <span class="soft">
        {words.opened} <Time at={item.openedAt} view={view} />
        {item.seenAt > item.openedAt && (
          <>
            , {words.seen} <Time at={item.seenAt} view={view} />
          </>
        )}
      </span>
    </p>
  );
};

const RecordLink: FC<{ view: View; item: ItemView }> = ({ view, item }) => {
  if (item.recordId === null) return <span class="soft">{ATTENTION_WORDS[view.language].wholeSync}</span>;
  return (
    <a href={paths.record(item.sync, item.recordId)}>
      {item.name ?? item.publicId ?? item.recordId}
      {item.name !== null && <span class="mono"> {item.publicId ?? item.recordId}</span>}
    </a>
  );
};

const Details: FC<{ view: View; item: ItemView }> = ({ view, item }) => {
  const entries = Object.entries(item.detail).filter(([, value]) => value !== null && value !== '');
  if (entries.length === 0) return null;
  return (
    <dl class="facts small">
      {entries.map(([name, value]) => (
        <>
          <dt>{detailLabel(name, view.language)}</dt>
          <dd>
            <Value value={plain(value)} language={view.language} />
          </dd>
        </>
      ))}
    </dl>
  );
};

/** Lists as people write them; thousandths are enough. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return String(Math.round(value * 1_000) / 1_000);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join('; ') : value;
}

const Answered: FC<{ view: View; item: ItemView; from: CameFrom }> = ({ view, item, from }) => {
  const words = ATTENTION_WORDS[view.language];
  if (item.decidedLabel === null) return <p class="soft">{words.closed}</p>;
  const mayUndo = item.state === 'decided' && mayDo(view.signedIn.principal, 'operate');
  return (
    <div class="row">
      <span>
        {words.decided} <strong>{item.decidedLabel}</strong>
        {item.argument !== null && <span class="mono"> {item.argument}</span>}{' '}
        {item.decidedBy !== null && `${words.by} ${item.decidedBy}`}{' '}
        {item.decidedAt !== null && <Time at={item.decidedAt} view={view} />}
      </span>
      {item.state === 'resolved' && <span class="badge">{words.closed}</span>}
      {mayUndo && (
        <form class="inline" method="post" action={`${paths.attention}/${item.id}/undo`}>
          <CsrfField view={view} />
          <CameFromFields from={from} />
          <button type="submit" class="plain">
            {words.undo}
          </button>{' '}
          <span class="soft small">{words.undoHint}</span>
        </form>
      )}
    </div>
  );
};
