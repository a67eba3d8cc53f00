import type { FC } from 'hono/jsx';
import type { ItemCount, OpenReason } from '../../../db/lists/attention';
import { Pager } from '../parts/pager';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { numberText, type View } from '../view';
import { type Asked, STATES } from './asked';
import type { CameFrom } from './came-from';
import { DECIDE_MANY, ManyForm } from './decide-many-form';
import { ItemCard } from './item-card';
import type { ItemView, OfferView } from './item-view';
import { ATTENTION_WORDS } from './words';

export interface Inbox {
  asked: Asked;
  syncs: readonly string[];
  counts: readonly ItemCount[];
  reasons: ReadonlyArray<OpenReason & { what: string }>;
  action: readonly ItemView[];
  info: readonly ItemView[];
  next: string | null;
  /** What can be answered to many at once; none unless one reason is asked for. */
  offers: readonly OfferView[];
  /** How many open items of the reason and sync that are asked for, and which came last; null when either is not. */
  openOfReason: { items: number; newest: number } | null;
}

export const AttentionPage: FC<{ view: View; inbox: Inbox }> = ({ view, inbox }) => {
  const words = ATTENTION_WORDS[view.language];
  const { asked, action, info, next, offers } = inbox;
  const { after, ...query } = asked;
  const from: CameFrom = { at: 'inbox', sync: asked.sync, reason: asked.reason, state: asked.state };
  const tickedFor = offers.length > 0 ? DECIDE_MANY : undefined;
  return (
    <>
      <p class="lead">{words.lead}</p>
      <Figures view={view} inbox={inbox} />
      <Filters view={view} inbox={inbox} />
      {asked.state !== 'decided' && asked.state !== 'resolved' && <Reasons view={view} inbox={inbox} />}
      {offers.length > 0 && <ManyForm view={view} inbox={inbox} from={from} />}
      {action.length + info.length === 0 && <p class="empty">{words.nothing}</p>}
      {action.length > 0 && (
        <section aria-labelledby="actions">
          <h2 id="actions">{words.actions}</h2>
          {action.map((item) => (
            <ItemCard view={view} item={item} from={from} tickedFor={tickedFor} />
          ))}
        </section>
      )}
      {info.length > 0 && (
        <section aria-labelledby="infos">
          <h2 id="infos">{words.infos}</h2>
          {info.map((item) => (
            <ItemCard view={view} item={item} from={from} tickedFor={tickedFor} />
          ))}
        </section>
      )}
      <Pager view={view} query={query} after={after} next={next} />
    </>
  );
};

const Figures: FC<{ view: View; inbox: Inbox }> = ({ view, inbox }) => {
  const words = ATTENTION_WORDS[view.language];
  const { asked } = inbox;
  const counts = inbox.counts.filter(({ sync }) => asked.sync === undefined || sync === asked.sync);
  const sum = (fits: (count: ItemCount) => boolean) =>
    numberText(
      counts.filter(fits).reduce((total, { items }) => total + items, 0),
      view,
    );
  return (
    <ul class="figures">
      <li>
        <b>{sum(({ severity, state }) => severity === 'action' && state === 'open')}</b>
        <span>{words.counts.action}</span>
      </li>
      <li>
        <b>{sum(({ severity, state }) => severity === 'info' && state === 'open')}</b>
        <span>{words.counts.info}</span>
      </li>
      <li>
        <b>{sum(({ state }) => state === 'decided')}</b>
        <span>{words.counts.decided}</span>
      </li>
    </ul>
  );
};

const Filters: FC<{ view: View; inbox: Inbox }> = ({ view, inbox }) => {
  const words = ATTENTION_WORDS[view.language];
  const { asked, syncs } = inbox;
  return (
    <form class="filters" method="get" action={paths.attention} aria-label={words.filters}>
      {asked.reason !== undefined && <input type="hidden" name="reason" value={asked.reason} />}
      <label>
        {words.sync}
        <select name="sync">
          <option value="">{words.all}</option>
          {syncs.map((sync) => (
            <option value={sync} selected={sync === asked.sync}>
              {sync}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.state}
        <select name="state">
          <option value="">{words.states.standing}</option>
          {STATES.map((state) => (
            <option value={state} selected={state === asked.state}>
              {words.states[state]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.severity}
        <select name="severity">
          <option value="">{words.severities.all}</option>
          {(['action', 'info'] as const).map((severity) => (
            <option value={severity} selected={severity === asked.severity}>
              {words.severities[severity]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{words.filter}</button>
    </form>
  );
};

const Reasons: FC<{ view: View; inbox: Inbox }> = ({ view, inbox }) => {
  const words = ATTENTION_WORDS[view.language];
  const { asked, reasons } = inbox;
  if (reasons.length === 0) return null;
  return (
    <div class="scroll card">
      <table>
        <caption>{words.byReason}</caption>
        <thead>
          <tr>
            <th scope="col">{words.reason}</th>
            <th scope="col">{words.sync}</th>
            <th scope="col" class="number">
              {words.number}
            </th>
            <th scope="col">{words.oldest}</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ sync, reason, what, severity, items, oldestAt }) => (
            <tr>
              <th scope="row">
                <a
                  href={withQuery(paths.attention, { sync, reason, state: asked.state })}
                  {...(asked.sync === sync && asked.reason === reason ? { 'aria-current': 'true' } : {})}
                >
                  {what}
                </a>{' '}
                {severity === 'info' && <span class="badge">{words.severities.info}</span>}
              </th>
              <td>{sync}</td>
              <td class="number">{numberText(items, view)}</td>
              <td>
                <Time at={oldestAt} view={view} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
