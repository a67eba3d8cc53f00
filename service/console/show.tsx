import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { ServiceEnv } from '../parts';
import { type Crumb, Page } from './layout';
import { viewOf } from './view';

const NOTICE = 'passerelle_notice';
const noticeSchema = z.object({
  kind: z.enum(['calm', 'good', 'warn', 'bad']),
  text: z.string().max(2_000),
});
type KeptNotice = z.infer<typeof noticeSchema>;

/** Answers with a page, and with what the request before it left to be said. */
export function show(
  c: Context<ServiceEnv>,
  page: { title: string; crumbs?: readonly Crumb[]; status?: ContentfulStatusCode },
  content: Child,
): Response | Promise<Response> {
  const { title, crumbs = [], status = 200 } = page;
  c.header('cache-control', 'no-store');
  return c.html(
    <Page view={viewOf(c)} title={title} crumbs={crumbs} notice={takeNotice(c)}>
      {content}
    </Page>,
    status,
  );
}

/** After a change: the page to look at next (a path of ours), with a sentence that says what was done. */
export function goTo(c: Context<ServiceEnv>, path: string, notice?: KeptNotice): Response {
  if (notice !== undefined)
    setCookie(c, NOTICE, Buffer.from(JSON.stringify(notice)).toString('base64url'), {
      httpOnly: true,
      sameSite: 'Lax',
      // as the session's cookie, whose name tells whether people come over TLS
      secure: getCookie(c, '__Host-passerelle_session') !== undefined,
      path: '/',
      maxAge: 60,
    });
  return c.redirect(path, 303);
}

function takeNotice(c: Context<ServiceEnv>): KeptNotice | null {
  const kept = getCookie(c, NOTICE);
  if (kept === undefined) return null;
  deleteCookie(c, NOTICE, { path: '/' });
  try {
    return noticeSchema.parse(JSON.parse(Buffer.from(kept, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}
