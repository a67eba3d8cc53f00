import type { FC } from 'hono/jsx';
import type { PersonView } from '../../../operations/people';
import { Notice } from '../parts/notice';
import { CsrfField, PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { FRAME_WORDS } from '../words';
import { ACCOUNT_WORDS } from './words';

interface AccountProps {
  view: View;
  person: PersonView;
}

/** One's own account. Whoever has no other way in than a link that is used up chooses a password first. */
export const AccountPage: FC<AccountProps> = ({ view, person }) => {
  const words = ACCOUNT_WORDS[view.language];
  const isNew = person.signsInBy === 'link';
  return (
    <>
      {isNew && <Notice kind="warn">{words.firstPasswordText}</Notice>}
      {isNew && <Password view={view} person={person} />}
      <section class="card stack" aria-labelledby="who">
        <h2 id="who">{words.who}</h2>
        <dl class="facts">
          <dt>{words.login}</dt>
          <dd>{person.login}</dd>
          <dt>{words.name}</dt>
          <dd>{person.name}</dd>
          <dt>{words.role}</dt>
          <dd>
            {FRAME_WORDS[view.language].roles[person.role]} <span class="soft">{words.roleHint}</span>
          </dd>
          <dt>{words.lastLogin}</dt>
          <dd>
            <Time at={person.lastLoginAt} view={view} />
          </dd>
        </dl>
      </section>
      <LanguageForm view={view} person={person} />
      {!isNew && <Password view={view} person={person} />}
      <section class="card stack" aria-labelledby="elsewhere">
        <h2 id="elsewhere">{words.elsewhere}</h2>
        <p>{words.elsewhereText}</p>
        <PostButton
          view={view}
          action={`${paths.account}/sign-out-elsewhere`}
          label={words.signOutElsewhere}
        />
      </section>
    </>
  );
};

const LanguageForm: FC<AccountProps> = ({ view, person }) => {
  const words = ACCOUNT_WORDS[view.language];
  return (
    <section class="card stack" aria-labelledby="language">
      <h2 id="language">{words.language}</h2>
      <form class="filters" method="post" action={`${paths.account}/language`}>
        <CsrfField view={view} />
        <label>
          {words.languageOf}
          <select name="language">
            {(['fr', 'en'] as const).map((language) => (
              <option value={language} selected={language === person.language}>
                {words.languages[language]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{words.choose}</button>
      </form>
    </section>
  );
};

const Password: FC<AccountProps> = ({ view, person }) => {
  const words = ACCOUNT_WORDS[view.language];
  const { signsInBy } = person;
  return (
    <section class="card stack" aria-labelledby="password">
      <h2 id="password">{signsInBy === 'link' ? words.firstPassword : words.password}</h2>
      {signsInBy === 'oidc' ? <p>{words.byOrganisation}</p> : <PasswordForm view={view} person={person} />}
    </section>
  );
};

const PasswordForm: FC<AccountProps> = ({ view, person }) => {
  const words = ACCOUNT_WORDS[view.language];
  const hasOne = person.signsInBy === 'password';
  return (
    <form class="stack" method="post" action={`${paths.account}/password`}>
      <CsrfField view={view} />
      {/* tells a password manager whose password this is */}
      <input type="text" name="username" value={person.login} autocomplete="username" readonly hidden />
      {hasOne && (
        <div>
          <label>
            {words.current}
            <input type="password" name="current" autocomplete="current-password" maxlength={1000} required />
          </label>
        </div>
      )}
      <div>
        <label>
          {words.next}
          <input
            type="password"
            name="next"
            autocomplete="new-password"
            minlength={12}
            maxlength={200}
            required
            aria-describedby="password-hint"
          />
        </label>
        <p class="soft small" id="password-hint">
          {words.passwordHint}
        </p>
      </div>
      <div>
        <label>
          {words.again}
          <input type="password" name="again" autocomplete="new-password" maxlength={200} required />
        </label>
      </div>
      <button type="submit" class="primary">
        {hasOne ? words.change : words.firstPassword}
      </button>
      {hasOne && <p class="soft small">{words.changeHint}</p>}
    </form>
  );
};
