import type { FC } from 'hono/jsx';
import { reasonsOf } from '../../../mappings/reasons';
import type { AttentionView } from '../../../operations/attention';
import { mayDo } from '../../access/principal';
import { CsrfField, PostButton } from '../parts/post-form';
import { paths } from '../paths';
import type { View } from '../view';
import type { EditPageProps } from './edit-page';
import { TRACK_WORDS } from './words';

/** What is asked about an edited track, each answer with its effect; what was answered and not done yet. */
export const EditDecisions: FC<EditPageProps> = ({ view, sync, shown: { edit, items } }) => {
  const words = TRACK_WORDS[view.language];
  const path = `${paths.tracks(sync)}/${edit.id}`;
  return (
    <section class="card">
      <h2>{words.decision}</h2>
      {items.length === 0 && <p class="soft">{words.nothingAsked}</p>}
      {items.map((item) => (
        <div class="stack">
          <p>
            <strong>{item.what}</strong> {item.why}
          </p>
          <p>{item.next}</p>
          {item.state === 'open' ? (
            <Offers view={view} path={path} item={item} />
          ) : (
            <Taken view={view} path={path} item={item} />
          )}
        </div>
      ))}
    </section>
  );
};

interface ItemProps {
  view: View;
  /** Of the edit's page. */
  path: string;
  item: AttentionView;
}

const Offers: FC<ItemProps> = ({ view, path, item }) => {
  const isAllowed = mayDo(view.signedIn.principal, 'operate');
  return (
    <ul class="stack decisions">
      {item.decisions.map(({ code, label, effect }) => {
        const told = `effect-${item.id}-${code}`;
        return (
          <li>
            {isAllowed ? (
              <form class="row" method="post" action={`${path}/decide`}>
                <CsrfField view={view} />
                <input type="hidden" name="item" value={String(item.id)} />
                <input type="hidden" name="decision" value={code} />
                <button type="submit" aria-describedby={told}>
                  {label}
                </button>
                <span class="soft" id={told}>
                  {effect}
                </span>
              </form>
            ) : (
              <>
                <strong>{label}</strong> <span class="soft">{effect}</span>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const Taken: FC<ItemProps> = ({ view, path, item }) => {
  const words = TRACK_WORDS[view.language];
  const offer = reasonsOf('pivot-cirkwi')
    .decisions(item.reason)
    .find(({ code }) => code === item.decision);
  return (
    <div class="row">
      <p>{words.taken(offer?.label[view.language] ?? item.decision ?? '', item.decidedBy ?? '')}</p>
      {mayDo(view.signedIn.principal, 'operate') && (
        <PostButton view={view} action={`${path}/undo`} fields={{ item: item.id }} label={words.undo} />
      )}
    </div>
  );
};
