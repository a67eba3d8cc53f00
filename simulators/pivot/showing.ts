import type { SimRequest } from '../core/http-message';
import { keyIdOf, type PivotKey } from './keys';
import type { OfferView } from './offer-book';
import type { Content, Showing } from './offer-form';
import { option } from './path-options';
import { refusal } from './refusals';
import { ROOT } from './root';
import type { PivotWorld } from './world';

/** How this request wants offers shown. Throws a refusal (400) for a content level that does not exist. */
export function showingOf(world: PivotWorld, request: SimRequest, view: OfferView): Showing {
  return {
    content: contentOf(option(request, 'content') ?? String(world.options.defaultContent)),
    view,
    key: knownKey(world, request),
    base: baseOf(request),
    texts: option(request, 'nofmt') === 'true' ? 'plain' : 'as-stored',
  };
}

/** The address of these services as the caller reached them. */
export function baseOf(request: SimRequest): string {
  return `http://${request.headers.host ?? '127.0.0.1'}${ROOT}`;
}

function knownKey(world: PivotWorld, request: SimRequest): PivotKey | null {
  return world.keys.get(keyIdOf(request.headers, request.query) ?? '') ?? null;
}

function contentOf(text: string): Content {
  const levels: readonly Content[] = [0, 1, 2, 3, 4];
  const content = levels.find((level) => String(level) === text);
  if (content !== undefined) return content;
  throw refusal('bad-request', `content is 0 to 4, not "${text}"`);
}
