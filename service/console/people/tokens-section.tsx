import type { FC } from 'hono/jsx';
import { SCOPES, type Scope } from '../../../db/api-tokens';
import type { TokenView } from '../../../operations/tokens';
import { CsrfField, PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { PEOPLE_WORDS } from './words';

/** How long a token may be chosen to last, in days. */
export const LIVES = ['30', '90', '365', 'none'] as const;
export type Life = (typeof LIVES)[number];

/** How many of those that are over are listed: the audit of access knows all of them. */
const ENDED_SHOWN = 50;

/** Tokens in use, and those that are over behind a fold. */
export const TokensTable: FC<{ view: View; tokens: readonly TokenView[] }> = ({ view, tokens }) => {
  const words = PEOPLE_WORDS[view.language];
  const active = tokens.filter(({ state }) => state === 'active');
  const ended = tokens.filter(({ state }) => state !== 'active');
  return (
    <>
      {active.length === 0 ? (
        <p class="empty">{words.noToken}</p>
      ) : (
        <Table view={view} caption={words.tokensCaption} tokens={active} />
      )}
      {ended.length > 0 && (
        <details>
          <summary>{words.endedTokens(ended.length)}</summary>
          <Table view={view} caption={words.endedCaption} tokens={ended.slice(0, ENDED_SHOWN)} />
        </details>
      )}
    </>
  );
};

const Table: FC<{ view: View; caption: string; tokens: readonly TokenView[] }> = ({
  view,
  caption,
  tokens,
}) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {[
              words.name,
              words.tokenStart,
              words.scope,
              words.madeBy,
              words.lastUsed,
              words.expires,
              words.state,
              words.actions,
            ].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <Row view={view} token={token} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row: FC<{ view: View; token: TokenView }> = ({ view, token }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <tr>
      <th scope="row">{token.name}</th>
      <td class="mono">{token.prefix}…</td>
      <td>{words.scopes[token.scope]}</td>
      <td>
        {token.createdBy}, <Time at={token.createdAt} view={view} />
      </td>
      <td>
        {token.lastUsedAt === null ? (
          <span class="soft">{words.never}</span>
        ) : (
          <Time at={token.lastUsedAt} view={view} />
        )}
      </td>
      <td>
        {token.expiresAt === null ? (
          <span class="soft">{words.noExpiry}</span>
        ) : (
          <Time at={token.expiresAt} view={view} />
        )}
      </td>
      <td>
        <span class={token.state === 'active' ? 'badge good' : 'badge'}>{words.states[token.state]}</span>{' '}
        {token.revokedAt !== null && (
          <>
            {token.revokedBy}, <Time at={token.revokedAt} view={view} />
          </>
        )}
      </td>
      <td>
        {token.state === 'revoked' ? (
          <span class="soft">–</span>
        ) : (
          <PostButton
            view={view}
            action={`${paths.people}/tokens/${token.id}/revoke`}
            label={
              <>
                {words.revoke} <span class="visually-hidden">{token.name}</span>
              </>
            }
            look="plain"
            confirm={words.revokeConfirm}
          />
        )}
      </td>
    </tr>
  );
};

/** What was typed for a new token. */
export interface TokenDraft {
  name: string;
  scope: Scope;
  lasts: Life;
}

export const AddToken: FC<{ view: View; draft: TokenDraft; seen: number }> = ({ view, draft, seen }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <form class="filters" method="post" action={`${paths.people}/tokens`} aria-labelledby="add-token">
      <CsrfField view={view} />
      <input type="hidden" name="seen" value={String(seen)} />
      <label>
        {words.name}
        <input
          name="name"
          value={draft.name}
          required
          maxlength={63}
          autocomplete="off"
          aria-describedby="token-hint"
        />
      </label>
      <label>
        {words.scope}
        <select name="scope">
          {SCOPES.map((scope) => (
            <option value={scope} selected={scope === draft.scope}>
              {words.scopes[scope]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.lasts}
        <select name="lasts">
          {LIVES.map((life) => (
            <option value={life} selected={life === draft.lasts}>
              {words.lives[life]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{words.create}</button>
      <span class="soft small" id="token-hint">
        {words.tokenNameHint}
      </span>
    </form>
  );
};
