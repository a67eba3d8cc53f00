import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { CsrfField } from '../parts/post-form';
import { paths } from '../paths';
import type { View } from '../view';
import { type CameFrom, CameFromFields } from './came-from';
import type { ItemView, OfferView } from './item-view';
import { ATTENTION_WORDS } from './words';

/** A form for each decision on offer, with what it will do. Who may only read sees what could be decided. */
export const DecisionForms: FC<{ view: View; item: ItemView; from: CameFrom }> = ({ view, item, from }) => {
  if (item.offers.length === 0) return null;
  const isAllowed = mayDo(view.signedIn.principal, 'operate');
  return (
    <ul class="stack decisions">
      {item.offers.map((offer) => (
        <li>
          {isAllowed ? (
            <DecisionForm view={view} item={item} offer={offer} from={from} />
          ) : (
            <>
              <strong>{offer.label}</strong> <span class="soft">{offer.effect}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};

const DecisionForm: FC<{ view: View; item: ItemView; offer: OfferView; from: CameFrom }> = ({
  view,
  item,
  offer,
  from,
}) => {
  const words = ATTENTION_WORDS[view.language];
  const effect = `effect-${item.id}-${offer.code}`;
  return (
    <form class="row" method="post" action={`${paths.attention}/${item.id}/decide`}>
      <CsrfField view={view} />
      <CameFromFields from={from} />
      <input type="hidden" name="decision" value={offer.code} />
      {offer.argument !== null && (
        <label>
          {words.argument[offer.argument] ?? words.anyArgument}
          <input name="argument" required maxlength={200} autocomplete="off" />
        </label>
      )}
      <button type="submit" aria-describedby={effect}>
        {offer.label}
      </button>
      <span class="soft" id={effect}>
        {offer.effect}
      </span>
    </form>
  );
};
