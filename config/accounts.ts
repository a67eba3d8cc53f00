import { z } from 'zod';
import { duration } from './duration';

/** A secret: its value must come from the environment (`${NAME}`), never from the file itself. */
export const secret = z.string().min(1).meta({ secret: true });

/** An address without a slash at its end. */
export const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const pace = z.union([z.number().positive(), z.literal('none')]);

const account = {
  baseUrl: address,
  /** Calls per second over all workers; `none` for no limit (tests, benchmarks). */
  inFlight: z.number().int().min(1).max(200),
  timeout: duration,
};

/** Defaults of the limits: reference sections "Limits" of both platforms, assumed. */
export const planexpoAccountSchema = z.strictObject({
  platform: z.literal('planexpo'),
  ...account,
  apiKey: secret,
  requestsPerSecond: pace.default(2),
  inFlight: account.inFlight.default(2),
  timeout: account.timeout.default(30_000),
  pageSize: z.number().int().min(1).max(200).default(200),
});

export const inwinkAccountSchema = z.strictObject({
  platform: z.literal('inwink'),
  ...account,
  tokenUrl: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: secret,
  scope: z.string().optional(),
  audience: z.string().optional(),
  requestsPerSecond: pace.default(5),
  inFlight: account.inFlight.default(4),
  timeout: account.timeout.default(30_000),
  /** How long a created record may stay invisible to Inwink's search (settled: 10 s). */
  searchLag: duration.default(10_000),
  /** Link to a partner in Inwink's back office; `{id}` and `{eventId}` are replaced. */
  recordUrl: z.string().optional(),
});

/** PIVOT: assumed limits, cautious because its operator disables keys that behave oddly. */
export const pivotAccountSchema = z.strictObject({
  platform: z.literal('pivot'),
  ...account,
  baseUrl: account.baseUrl.default('https://pivotweb.tourismewallonie.be/PivotWeb-3.1'),
  wsKey: secret,
  format: z.enum(['json', 'xml']).default('json'),
  /** How long a created media may stay out of PIVOT's searches (assumed). */
  searchLag: duration.default(10_000),
  requestsPerSecond: pace.default(2),
  inFlight: account.inFlight.default(2),
  timeout: account.timeout.default(60_000),
  /** Offers per page of a full read. */
  pageSize: z.number().int().min(1).max(200).default(100),
});

/** Cirkwi: its outgoing feed and its track export; limits assumed. */
export const cirkwiAccountSchema = z.strictObject({
  platform: z.literal('cirkwi'),
  ...account,
  baseUrl: account.baseUrl.default('https://ws.cirkwi.com'),
  siteUrl: address.default('https://www.cirkwi.com'),
  user: z.string().min(1),
  code: z.string().min(1),
  widgetId: z.string().min(1),
  username: z.string().min(1),
  password: secret,
  requestsPerSecond: pace.default(2),
  inFlight: account.inFlight.default(2),
  timeout: account.timeout.default(60_000),
});

/** weavy: limits assumed (reference, section 9: none is documented, this is the polite default). */
export const weavyAccountSchema = z.strictObject({
  platform: z.literal('weavy'),
  ...account,
  baseUrl: account.baseUrl.default('https://api.weavy.divalto.com'),
  projectCode: z.string().min(1),
  /** Of the data inside the project; the caller's own company when it is left out. */
  companyCode: z.string().min(1).optional(),
  userName: z.string().min(1),
  password: secret,
  /** Zone of weavy's date-times without offset, which filters on change times use too (settled: UTC). */
  timeZone: z.string().default('UTC'),
  requestsPerSecond: pace.default(5),
  inFlight: account.inFlight.default(2),
  timeout: account.timeout.default(30_000),
  pageSize: z.number().int().min(1).max(1_000).default(500),
  /** How long a created record may stay out of searches (assumed). */
  searchLag: duration.default(10_000),
  /** Link to a record for people; `{page}` and `{id}` are replaced. */
  recordUrl: z.string().default('https://weavy.divalto.com/page/{page}/{id}'),
});

/** Mautic, and Webmecanik Automation, which is one: pace assumed, an instance may limit calls per hour. */
export const mauticAccountSchema = z.strictObject({
  platform: z.literal('mautic'),
  ...account,
  /** Address of the instance, without `/api`. */
  baseUrl: address,
  /** A Mautic user (basic), or client credentials (OAuth2). */
  signIn: z.discriminatedUnion('as', [
    z.strictObject({ as: z.literal('basic'), username: z.string().min(1), password: secret }),
    z.strictObject({ as: z.literal('oauth2'), clientId: z.string().min(1), clientSecret: secret }),
  ]),
  requestsPerSecond: pace.default(5),
  inFlight: account.inFlight.default(4),
  timeout: account.timeout.default(30_000),
  pageSize: z.number().int().min(1).max(500).default(200),
  /** Records per writing call: an instance refuses more than 200 (reference, batch). */
  batchSize: z.number().int().min(1).max(200).default(100),
  searchLag: duration.default(10_000),
});
