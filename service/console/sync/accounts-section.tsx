import type { FC } from 'hono/jsx';
import type { Overview } from '../../../db/lists/overview';
import { Time } from '../parts/time';
import type { View } from '../view';
import { SYNC_WORDS } from './words';

interface Props {
  view: View;
  /** Both accounts of the sync, the source first. */
  accounts: Overview['accounts'];
}

/** Whether the two platforms of a sync can be called just now. */
export const AccountsSection: FC<Props> = ({ view, accounts }) => {
  const words = SYNC_WORDS[view.language];
  return (
    <section class="card" aria-labelledby="accounts">
      <h2 id="accounts">{words.accounts}</h2>
      <dl class="facts">
        {accounts.map(({ account, pausedUntil, accessLostAt }) => (
          <>
            <dt class="mono">{account}</dt>
            <dd>
              {accessLostAt !== null && (
                <span class="badge bad">
                  {words.lostSince} <Time at={accessLostAt} view={view} />
                </span>
              )}{' '}
              {pausedUntil !== null && (
                <span class="badge warn">
                  {words.pausedUntil} <Time at={pausedUntil} view={view} />
                </span>
              )}
              {accessLostAt === null && pausedUntil === null && (
                <span class="badge good">{words.usable}</span>
              )}
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
};
