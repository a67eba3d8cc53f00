import type { Child, FC } from 'hono/jsx';
import type { Language } from '../../mappings/reason-types';
import { Document } from '../console/layout';
import { Notice } from '../console/parts/notice';
import { ACCESS_WORDS } from './words';

/** A page for people who are not signed in yet. */
const Door: FC<{ title: string; language: Language; children: Child }> = ({ title, language, children }) => (
  <Document title={title} language={language}>
    <body>
      <main id="content" class="narrow">
        <p class="brand">Passerelle</p>
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </Document>
);

export interface LoginPageProps {
  language: Language;
  /** Where to go afterwards; `/` for the first page. */
  to: string;
  /** What stands on the button of the OpenID provider; null without one. */
  provider: string | null;
  /** What went wrong with the attempt before. */
  fault: string | null;
  /** What was typed; never a password. */
  login: string;
}

export const LoginPage: FC<LoginPageProps> = ({ language, to, provider, fault, login }) => {
  const words = ACCESS_WORDS[language];
  const other: Language = language === 'fr' ? 'en' : 'fr';
  return (
    <Door title={words.signIn} language={language}>
      {fault !== null && <Notice kind="bad">{fault}</Notice>}
      <form method="post" action={withQuery('/login', { lang: language })} class="card stack">
        <input type="hidden" name="to" value={to} />
        <div>
          <label for="login">{words.login}</label>
          <input
            id="login"
            name="login"
            value={login}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxlength={200}
            required
          />
        </div>
        <div>
          <label for="password">{words.password}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            maxlength={1000}
            required
          />
        </div>
        <button type="submit" class="primary">
          {words.signIn}
        </button>
      </form>
      {provider !== null && (
        <p>
          <a class="button" href={withQuery('/login/oidc', { to, lang: language })}>
            {words.with(provider)}
          </a>
        </p>
      )}
      <p class="small">
        <a href={withQuery('/login', { to, lang: other })} lang={other} hreflang={other}>
          {words.otherLanguage}
        </a>
      </p>
    </Door>
  );
};

/** A link that signs in once: opening it does nothing yet, because mail programs open links too. */
export const OncePage: FC<{ language: Language; path: string }> = ({ language, path }) => {
  const words = ACCESS_WORDS[language];
  return (
    <Door title={words.onceTitle} language={language}>
      <p>{words.onceText}</p>
      <form method="post" action={withQuery(path, { lang: language })}>
        <button type="submit" class="primary">
          {words.signIn}
        </button>
      </form>
    </Door>
  );
};

/** Signing in came to nothing, and why. */
export const NoEntryPage: FC<{ language: Language; title: string; text: string }> = ({
  language,
  title,
  text,
}) => (
  <Door title={title} language={language}>
    <Notice kind="bad">
      <p>{text}</p>
    </Notice>
    <p>
      <a href={withQuery('/login', { lang: language })}>{ACCESS_WORDS[language].back}</a>
    </p>
  </Door>
);

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([name, value]) => !(name === 'to' && value === '/'));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
