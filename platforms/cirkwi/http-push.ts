import { z } from 'zod';
import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { createHttpWithRemovals, type HttpWithRemovals } from '../http';
import { basicAuthorization, type CirkwiAccountOptions } from './account';
import type { CirkwiPush } from './client';
import { type CirkwiKind, feeds, paths, pushedSchema, readPushed, readPushProblem } from './contract';
import { cirkwiRules } from './rules';

/**
 * One document per object over HTTP: assumed throughout, for tests of writes one by one; Cirkwi itself imports what we
 * publish. Both calls name the object by our own id, so repeating one changes nothing. Throws `PlatformFailure`
 * (`RefusedRecord` for a document that is refused), or an `AbortError` when the caller's signal ends the call.
 */
export function createCirkwiPush(options: CirkwiAccountOptions): CirkwiPush {
  const authorization = basicAuthorization(options);
  const http = createHttpWithRemovals({
    platform: 'cirkwi',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? cirkwiRules.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => authorization },
    readProblem: readPushProblem,
    random: options.random,
  });
  const at = ({ kind, id }: { kind: CirkwiKind; id: string }) => ({
    path: paths.feed(options.user, options.code, kind),
    route: `/flux/{user}/{code}/${feeds[kind].file}`,
    query: { id },
    repeatable: 'safe' as const,
  });

  return {
    put: (object, call) =>
      http.request({
        ...at(object),
        method: 'PUT',
        body: { raw: object.document, type: 'application/xml; charset=utf-8' },
        reply: { as: 'text', accept: 'application/xml', read: readPushed },
        schema: pushedSchema,
        ...call,
      }),
    remove: (object, call) => remove(http, at(object), call),
  };
}

type Removed = Pick<Parameters<HttpWithRemovals['request']>[0], 'path' | 'route' | 'repeatable'> & {
  query: { id: string };
};

async function remove(http: HttpWithRemovals, object: Removed, call?: CallContext): Promise<void> {
  try {
    await http.request({
      ...object,
      method: 'DELETE',
      // 204: there is nothing to read
      reply: { as: 'text', accept: 'application/xml', read: () => null },
      schema: z.null(),
      ...call,
    });
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return;
    throw error;
  }
}
