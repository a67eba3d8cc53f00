import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { CsrfField } from '../parts/post-form';
import { paths } from '../paths';
import { numberText, type View } from '../view';
import type { Inbox } from './attention-page';
import { type CameFrom, CameFromFields } from './came-from';
import { ATTENTION_WORDS } from './words';

/** Id of the form that the ticks of the items belong to. */
export const DECIDE_MANY = 'decide-many';

/** One answer for the ticked items of a reason, or for all of them. */
export const ManyForm: FC<{ view: View; inbox: Inbox; from: CameFrom }> = ({ view, inbox, from }) => {
  const words = ATTENTION_WORDS[view.language];
  if (!mayDo(view.signedIn.principal, 'operate')) return null;
  const { asked, openOfReason } = inbox;
  const offers = inbox.offers.filter(({ argument }) => argument === null);
  return (
    <form class="card stack" id={DECIDE_MANY} method="post" action={`${paths.attention}/decide`}>
      <h2>{words.many}</h2>
      <CsrfField view={view} />
      <CameFromFields from={from} />
      {asked.sync !== undefined && <input type="hidden" name="sync" value={asked.sync} />}
      <input type="hidden" name="reason" value={asked.reason ?? ''} />
      {openOfReason !== null && <input type="hidden" name="newest" value={String(openOfReason.newest)} />}
      <p class="soft">{words.manyHint}</p>
      <fieldset>
        <legend>{words.decided}</legend>
        {offers.map(({ code, label, effect }, index) => (
          <p>
            <label class="check">
              <input
                type="radio"
                name="decision"
                value={code}
                required
                checked={index === 0 && offers.length === 1}
              />
              <span>
                <strong>{label}</strong> <span class="soft">{effect}</span>
              </span>
            </label>
          </p>
        ))}
        {offers.length < inbox.offers.length && <p class="soft small">{words.needsArgument}</p>}
      </fieldset>
      {offers.length > 0 && (
        <div class="row">
          <label class="check">
            <input type="checkbox" data-all="item" />
            {words.everyOne}
          </label>
          <button type="submit" name="which" value="ticked" class="primary">
            {words.ticked}
          </button>
          {openOfReason !== null && openOfReason.items > 0 && (
            <button type="submit" name="which" value="all" data-confirm={words.everyConfirm}>
              {words.everyOf} ({numberText(openOfReason.items, view)})
            </button>
          )}
        </div>
      )}
    </form>
  );
};
