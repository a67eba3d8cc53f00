import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal } from '../../operations/refusal';
import { csrf } from '../access/csrf';
import { requireSignedIn } from '../access/require-signed-in';
import { visitorLanguage } from '../access/visitor-language';
import { awayOf } from '../away';
import { failureOf } from '../failure-of';
import type { ServiceEnv, ServiceParts } from '../parts';
import { statusOf } from '../problem';
import { mountAccount } from './account/mount-account';
import { mountAssets } from './assets';
import { mountAttention } from './attention/mount-attention';
import { mountAudit } from './audit/mount-audit';
import { Document } from './layout';
import { mountMapping } from './mapping/mount-mapping';
import { mountMask } from './mask/mount-mask';
import { mountOverview } from './overview/mount-overview';
import { Notice } from './parts/notice';
import { paths } from './paths';
import { mountPeople } from './people/mount-people';
import { mountPlan } from './plan/mount-plan';
import { mountRecord } from './record/mount-record';
import { mountRecords } from './records/mount-records';
import { mountRun } from './run/mount-run';
import { show } from './show';
import { mountSync } from './sync/mount-sync';
import { mountTracks } from './tracks/mount-tracks';
import { FRAME_WORDS } from './words';

/**
 * The operators' console: pages for signed-in people, made on the server. Forms carry the session's token; what cannot be
 * done is a page that says why. Mount it last: it answers every address that nothing else has.
 */
export function mountConsole(app: Hono<ServiceEnv>, parts: ServiceParts): void {
  mountAssets(app);
  const pages = new Hono<ServiceEnv>();
  pages.use(requireSignedIn(parts), csrf(parts));
  mountOverview(pages, parts);
  mountSync(pages, parts);
  mountRecords(pages, parts);
  mountRun(pages, parts);
  mountPlan(pages, parts);
  mountRecord(pages, parts);
  mountAttention(pages, parts);
  mountMask(pages, parts);
  mountMapping(pages, parts);
  mountTracks(pages, parts);
  mountAudit(pages, parts);
  mountPeople(pages, parts);
  mountAccount(pages, parts);
  pages.all('*', (c) => {
    const words = FRAME_WORDS[c.get('language')];
    return show(
      c,
      { title: words.notFound, status: 404 },
      <p>
        {words.notFoundText} <a href={paths.overview}>{words.overview}</a>
      </p>,
    );
  });
  pages.onError((error, c) => {
    // before anybody knows who asks there is no page of theirs to show it in
    if (c.get('signedIn') === undefined) return beforeSignIn(c, parts, error);
    const words = FRAME_WORDS[c.get('language')];
    if (error instanceof Refusal || error instanceof HTTPException) {
      // thrown for errors only, which have a body
      const status = error instanceof Refusal ? statusOf(error) : (error.status as ContentfulStatusCode);
      return show(c, { title: words.refused, status }, <Notice kind="bad">{error.message}</Notice>);
    }
    const away = awayOf(error);
    if (away !== null) {
      c.header('retry-after', '30');
      return show(c, { title: words.away, status: 503 }, <Notice kind="bad">{words[away]}</Notice>);
    }
    parts.logger?.error({ requestId: c.get('requestId'), ...failureOf(error) }, 'page failed');
    return show(
      c,
      { title: words.failed, status: 500 },
      <p>
        {words.failedText} <span class="mono">{c.get('requestId')}</span>
      </p>,
    );
  });
  app.route('/', pages);
}

function beforeSignIn(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  error: Error,
): Response | Promise<Response> {
  const language = visitorLanguage(c);
  const words = FRAME_WORDS[language];
  const away = awayOf(error);
  if (away === null)
    parts.logger?.error({ requestId: c.get('requestId'), ...failureOf(error) }, 'page failed');
  else c.header('retry-after', '30');
  return c.html(
    <Document title={away === null ? words.failed : words.away} language={language}>
      <body>
        <main>
          <h1>{away === null ? words.failed : words.away}</h1>
          <Notice kind="bad">
            {away === null ? `${words.failedText} ${c.get('requestId')}` : words[away]}
          </Notice>
        </main>
      </body>
    </Document>,
    away === null ? 500 : 503,
  );
}
