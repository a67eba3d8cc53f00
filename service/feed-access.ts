import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PivotCirkwiSync } from '../config/pivot-cirkwi';

/** A sync whose feed is served. */
export interface FeedSync {
  slug: string;
  sync: PivotCirkwiSync;
}

export interface Visitor {
  slug: string;
  secret: string;
  authorization: string | undefined;
}

export type Access = { kind: 'granted' | 'unauthorised'; feed: FeedSync } | { kind: 'unknown' };

/**
 * Who may read which feed. A wrong secret and a sync that does not exist are the same `unknown`, found out in the same
 * time; a user name and a password are asked for only of those who know the secret.
 */
export function createFeedAccess(feeds: readonly FeedSync[]): (visitor: Visitor) => Access {
  const bySlug = new Map(feeds.map((feed) => [feed.slug, feed]));
  const nobodysSecret = randomBytes(32).toString('hex');

  return ({ slug, secret, authorization }) => {
    const feed = bySlug.get(slug);
    const knowsSecret = sameText(secret, feed?.sync.feed.secret ?? nobodysSecret);
    if (feed === undefined || !knowsSecret) return { kind: 'unknown' };
    const { basicAuth } = feed.sync.feed;
    if (basicAuth === undefined) return { kind: 'granted', feed };
    const expected = `${basicAuth.username}:${basicAuth.password}`;
    const fits = sameText(credentialsOf(authorization), expected);
    return { kind: fits ? 'granted' : 'unauthorised', feed };
  };
}

/** `user:password` of a Basic header; '' when it is none, which is nobody's. */
function credentialsOf(authorization: string | undefined): string {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '')?.[1];
  return encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
}

/** Compared as digests: the time it takes tells neither how much of a guess was right, nor its length. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
