import { randomUUID } from 'node:crypto';
import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { GPX_LIMITS } from '../mappings/gpx/parse-gpx';
import { failureOf } from './failure-of';
import type { ServiceEnv, ServiceParts } from './parts';
import { problem, problemOf } from './problem';
import { routeOf } from './route-of';

/** Bodies of the API; a workbook may be larger (settled question 11), and hooks have a limit of their own. */
const BODY_LIMIT = 1024 * 1024;
const UPLOAD_LIMIT = 6 * 1024 * 1024;
/** A GPX file may be as large as one that a platform hands us. */
const TRACK = '/api/v1/tracks/check';
/** Of those that nobody signed in sends, and of the console's forms: reading a form of many small fields takes its time. */
const DOOR_LIMIT = 8 * 1024;
const FORM_LIMIT = 256 * 1024;
const DOOR = /^\/(login|logout)(\/|$)/;
const HOOK = /^\/hooks\/[^/]+$/;
const UPLOAD = /^(\/api\/v1)?\/syncs\/[^/]+\/masks?(\/|$)/;

/**
 * Gives everything that is mounted after this what every answer of the service has: an id, a line in the log, the headers
 * that keep browsers from doing what nobody asked for, a limit for bodies, and errors that say what to do.
 */
export function furnish(app: Hono<ServiceEnv>, parts: ServiceParts): void {
  app.use(identify(parts), headers(parts), refuseNul(), limitBodies());
  app.onError((error, c) => {
    const response = problemOf(c, error);
    if (response.status >= 500)
      parts.logger?.error({ requestId: c.get('requestId'), ...failureOf(error) }, 'request failed');
    return response;
  });
  app.notFound((c) => problem(c, 404, 'There is nothing at this address.'));
}

/** Names the request and writes one line about it. The route, never the address: addresses hold ids and secrets. */
function identify({ logger }: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('x-request-id', requestId);
    logger?.info(
      {
        requestId,
        method: c.req.method,
        route: routeOf(c),
        status: c.res.status,
        ms: Math.round(performance.now() - startedAt),
      },
      'answered',
    );
  };
}

/** Nothing from elsewhere, nothing inline, nobody's frame. */
function headers({ isSecure }: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isSecure ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });
}

function limitBodies(): MiddlewareHandler<ServiceEnv> {
  const refuse = (bytes: number) =>
    bodyLimit({
      maxSize: bytes,
      onError: (c) => problem(c, 413, `The body is larger than ${bytes / 1024} KiB.`),
    });
  const limits = {
    door: refuse(DOOR_LIMIT),
    form: refuse(FORM_LIMIT),
    api: refuse(BODY_LIMIT),
    upload: refuse(UPLOAD_LIMIT),
    track: refuse(GPX_LIMITS.maxBytes),
  };
  return (c, next) => {
    const { path, method } = c.req;
    if (method === 'POST' && HOOK.test(path)) return next();
    if (path === TRACK) return limits.track(c, next);
    if (UPLOAD.test(path)) return limits.upload(c, next);
    if (DOOR.test(path)) return limits.door(c, next);
    return (path.startsWith('/api/') ? limits.api : limits.form)(c, next);
  };
}

/** PostgreSQL holds no NUL, and no address of ours needs one. */
function refuseNul(): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    if (/%00/.test(c.req.url)) return problem(c, 400, 'The address holds a character that no text may hold.');
    return next();
  };
}
