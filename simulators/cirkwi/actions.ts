import { z } from 'zod';
import { Refusal } from '../core/http-message';
import type { Platform } from '../core/platform';
import { feedsSchema, importRulesSchema } from './options';
import { pull } from './pull';
import type { CirkwiWorld } from './world';

const accountSchema = z.strictObject({
  /** null unlinks the account from its provider. */
  feeds: feedsSchema.nullable().optional(),
  /** Only the rules that change. */
  imports: z.record(z.string(), z.unknown()).optional(),
  /** A new password for the outgoing feed. */
  password: z.string().optional(),
});

const pullSchema = z
  .strictObject({
    /** The pull ends after so many objects, as if it had been killed. */
    stopAfter: z.number().int().min(0).optional(),
  })
  .default({});

const clockSchema = z.strictObject({ advanceSeconds: z.number().int().min(0) });

/** `POST /_sim/account`, `/_sim/pull` and `/_sim/clock`. */
export function cirkwiActions(world: CirkwiWorld): NonNullable<Platform['actions']> {
  let lastPull: Promise<unknown> = Promise.resolve();
  return {
    async account(body) {
      const { feeds, imports, password } = accountSchema.parse(body);
      if (imports !== undefined) world.imports = importRulesSchema.parse({ ...world.imports, ...imports });
      if (feeds !== undefined) world.feeds = feeds;
      if (password !== undefined) world.account = { ...world.account, password };
      return { feeds: world.feeds, imports: world.imports };
    },
    pull(body) {
      const { stopAfter } = pullSchema.parse(body);
      // One after the other: an account is imported once at a time.
      const next = lastPull.then(() => pulled(world, stopAfter ?? Number.POSITIVE_INFINITY));
      lastPull = next.catch(() => undefined); // whoever asked for it is told; the next one starts all the same
      return next;
    },
    async clock(body) {
      world.clockAheadS += clockSchema.parse(body).advanceSeconds;
      return { now: world.now() };
    },
  };
}

async function pulled(world: CirkwiWorld, stopAfter: number): Promise<unknown> {
  if (world.feeds) return pull(world, world.feeds, stopAfter);
  throw new Refusal({ status: 409, code: 'NotLinked', message: 'The account has no feeds to import yet.' });
}
