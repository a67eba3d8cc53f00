import type { FC } from 'hono/jsx';
import type { Overview } from '../../../db/lists/overview';
import { Time } from '../parts/time';
import type { View } from '../view';
import { OVERVIEW_WORDS } from './words';

interface HealthProps {
  view: View;
  accounts: Overview['accounts'];
}

/** Which platforms asked us to wait, and which no longer let us in. */
export const Health: FC<HealthProps> = ({ view, accounts }) => {
  const words = OVERVIEW_WORDS[view.language];
  const inTrouble = accounts.filter(
    ({ pausedUntil, accessLostAt }) => pausedUntil !== null || accessLostAt !== null,
  );
  if (inTrouble.length === 0) return <p class="soft">{words.healthGood}</p>;
  return (
    <ul class="stack">
      {inTrouble.map(({ account, pausedUntil, accessLostAt }) => (
        <li>
          <b>{account}</b>{' '}
          {accessLostAt !== null && (
            <>
              <span class="badge bad">
                {words.lostSince} <Time at={accessLostAt} view={view} />
              </span>{' '}
              {words.lostWhat}
            </>
          )}
          {pausedUntil !== null && (
            <>
              <span class="badge warn">
                {words.pausedUntil} <Time at={pausedUntil} view={view} />
              </span>{' '}
              {words.pausedWhy}
            </>
          )}
        </li>
      ))}
    </ul>
  );
};
