import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { Language } from '../../mappings/reason-types';
import { mayDo } from '../access/principal';
import { Notice, type NoticeKind } from './parts/notice';
import { CsrfField } from './parts/post-form';
import { paths } from './paths';
import type { View } from './view';
import { FRAME_WORDS } from './words';

export interface Crumb {
  label: string;
  href: string;
}

/** The bare document: what pages of signed-in people and those before have in common. */
export const Document: FC<{ title: string; language: Language; children: Child }> = ({
  title,
  language,
  children,
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
        <title>{`${title} · Passerelle`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/console.css" />
        <script src="/assets/htmx.min.js" defer />
        <script src="/assets/hx-sse.min.js" defer />
        <script src="/assets/console.js" defer />
      </head>
      {children}
    </html>
  </>
);

interface PageProps {
  view: View;
  title: string;
  crumbs?: readonly Crumb[];
  /** What the page before has to say, once. */
  notice?: { kind: NoticeKind; text: string } | null;
  children: Child;
}

/** A page for signed-in people: sections, where you are, one `h1`, the content. */
export const Page: FC<PageProps> = ({ view, title, crumbs = [], notice = null, children }) => {
  const words = FRAME_WORDS[view.language];
  return (
    <Document title={title} language={view.language}>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Top view={view} />
        <main id="content" tabindex={-1}>
          {crumbs.length > 0 && (
            <nav class="crumbs" aria-label={words.whereYouAre}>
              <ol>
                {crumbs.map(({ label, href }) => (
                  <li>
                    <a href={href}>{label}</a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1>{title}</h1>
          {notice !== null && <Notice kind={notice.kind}>{notice.text}</Notice>}
          {children}
        </main>
        <footer>
          <span>{words.products}</span>
          <a href="/api/v1">{words.api}</a>
        </footer>
      </body>
    </Document>
  );
};

const Top: FC<{ view: View }> = ({ view }) => {
  const words = FRAME_WORDS[view.language];
  const { signedIn, path } = view;
  const sections: Crumb[] = [
    { label: words.overview, href: paths.overview },
    { label: words.attention, href: paths.attention },
    { label: words.audit, href: paths.audit },
    ...(mayDo(signedIn.principal, 'administer') ? [{ label: words.people, href: paths.people }] : []),
  ];
  return (
    <header class="top">
      <a class="brand" href={paths.overview}>
        Passerelle
      </a>
      <nav aria-label={words.sections}>
        <ul>
          {sections.map(({ label, href }) => (
            <li>
              <a href={href} {...(path === href ? { 'aria-current': 'page' } : {})}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="who">
        <a href={paths.account}>{signedIn.name}</a>
        <span class="badge">{words.roles[signedIn.role]}</span>
        <form class="inline" method="post" action="/logout">
          <CsrfField view={view} />
          <button class="plain" type="submit">
            {words.signOut}
          </button>
        </form>
      </div>
    </header>
  );
};
