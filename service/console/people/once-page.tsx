import type { FC } from 'hono/jsx';
import type { PersonView } from '../../../operations/people';
import type { TokenView } from '../../../operations/tokens';
import { Notice } from '../parts/notice';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { PEOPLE_WORDS } from './words';

/** A link that signs somebody in, on the one page that shows it. */
export const LinkOnce: FC<{ view: View; person: PersonView; link: string; expiresAt: string }> = ({
  view,
  person,
  link,
  expiresAt,
}) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <>
      <p class="lead">{words.linkFor(person.name, person.login)}</p>
      <Notice kind="warn">
        <p>
          {words.linkText} <Time at={expiresAt} view={view} />.
        </p>
      </Notice>
      <Secret label={words.link} value={link} />
      <p>
        <a href={paths.people}>{words.done}</a>
      </p>
    </>
  );
};

/** The same for a token. */
export const TokenOnce: FC<{ view: View; token: TokenView; secret: string }> = ({ view, token, secret }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <>
      <p class="lead">
        {token.name} · {words.scopes[token.scope]}
      </p>
      <Notice kind="warn">
        <p>{words.tokenText}</p>
      </Notice>
      <Secret label={words.token} value={secret} />
      <p class="soft small">
        {words.tokenUse} <code class="mono">{'Authorization: Bearer …'}</code>
      </p>
      <p>
        <a href={paths.people}>{words.done}</a>
      </p>
    </>
  );
};

/** A field, so that it can be selected and copied as a whole without scripts. */
const Secret: FC<{ label: string; value: string }> = ({ label, value }) => (
  <p>
    <label>
      {label}
      <input
        class="mono"
        type="text"
        readonly
        value={value}
        size={90}
        autocomplete="off"
        spellcheck={false}
      />
    </label>
  </p>
);
