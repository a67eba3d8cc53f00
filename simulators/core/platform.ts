import type { IncomingHttpHeaders } from 'node:http';
import type { Problem, Route, SimReply } from './http-message';

/** What one platform brings to the shared server. All of it is in memory and synchronous. */
export interface Platform {
  name: string;
  routes: readonly Route[];
  /** Largest request body, in bytes. Default: 1 MiB. */
  maxBodyBytes?: number;
  /** For platforms that put options into the path itself: the path to route, and the options, which join the query. */
  splitPath?(path: string): { path: string; options: ReadonlyArray<readonly [string, string]> };
  /** What tests and demos make the platform do by itself (`POST /_sim/<name>`), such as its daily import. */
  actions?: Readonly<Record<string, (body: unknown) => Promise<unknown>>>;
  /** Who is calling, for limits: the API key or the client behind a token; `anonymous` when unknown. */
  clientOf(headers: IncomingHttpHeaders, query: URLSearchParams): string;
  /** Why the caller may not use routes with access `client`; `null` when it may. */
  refuseAccess(headers: IncomingHttpHeaders, query: URLSearchParams): Problem | null;
  /** A problem in the platform's own error form. */
  problemReply(problem: Problem): SimReply;
  /** Makes credentials or page cursors handed out so far worthless. */
  expire(what: 'tokens' | 'cursors'): void;
  /** The records of one kind as they are now, or the one with this id (none or one); `null` for an unknown kind. */
  records(kind: string, id: string | null): readonly unknown[] | null;
  /** A person's change on that platform. Answers the record afterwards, `null` once deleted. Throws `Refusal`. */
  change(kind: string, change: PersonChange): unknown;
  /** Back to the first state, or to the given one (checked). */
  reset(initial?: unknown): void;
  summary(): PlatformSummary;
  /** The platform's own clock, in ms since 1970, as its `Date` headers show it. Default: the clock of this machine. */
  clock?(): number;
}

export interface PersonChange {
  action: 'upsert' | 'patch' | 'delete';
  /** Missing on an upsert: the platform gives one, or takes it from the value. */
  id?: string | undefined;
  value?: Record<string, unknown> | undefined;
  /** Dotted paths that become absent, which is not the same as `null`. */
  unset?: string[] | undefined;
  /** Leave the version as it is. */
  keepVersion?: boolean | undefined;
  /** Leave the modified time as it is. */
  keepUpdatedAt?: boolean | undefined;
}

export interface PlatformSummary {
  /** How many different references of ours the records carry. */
  externalReferences: number;
  /** Records beyond the first with the same reference, by kind. */
  duplicates: Record<string, number>;
}
