import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal } from '../../operations/refusal';
import { csrf } from '../access/csrf';
import { requireSignedIn } from '../access/require-signed-in';
import { awayOf } from '../away';
import type { ServiceEnv, ServiceParts } from '../parts';
import { statusOf } from '../problem';
import { mountAccount } from './account/mount-account';
import { mountAssets } from './assets';
import { mountAttention } from './attention/mount-attention';
import { mountAudit } from './audit/mount-audit';
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
    const words = FRAME_WORDS[c.get('language') ?? 'fr'];
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
    parts.logger?.error(
      { requestId: c.get('requestId'), failure: error.name, stack: error.stack },
      'page failed',
    );
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
