import { Context } from '@temporalio/activity';
import { unknownContacts } from '../../db/couple-matching';
import { callContext } from '../call-context';
import { takePages } from '../take-pages';
import type { FindWeavyWebmecanik } from './context';
import { deniedKinds } from './denied';
import { stage } from './stage';

/** E-mails asked for in one call. */
const PAGE = 100;

/** Entrants that are there already for contacts that weavy does not know otherwise: they are adopted, not made again (settled question 34). */
export function createEntrantActivities(find: FindWeavyWebmecanik) {
  return {
    async readEntrants(input: {
      sync: string;
      runId: number;
      after: string;
    }): Promise<{ after: string | null; found: number }> {
      const context = await find(input.sync);
      const create = context.mapping.inbounds?.create ?? 'none';
      const denied = await deniedKinds(context.pool, input.sync);
      if (create === 'none' || denied.includes('weavy/marketinginbound')) return { after: null, found: 0 };
      let found = 0;
      const after = await takePages(input.after, async (from) => {
        const contacts = await unknownContacts(context.pool, input.sync, from, PAGE);
        if (contacts.length === 0) return null;
        const emails = [...new Set(contacts.map((contact) => contact.key))];
        const entrants = await context.weavy.findBy('marketinginbound', 'email', emails, callContext());
        await stage(context.pool, context, input.runId, entrants);
        found += entrants.length;
        Context.current().heartbeat();
        return contacts.length === PAGE ? (contacts.at(-1)?.recordId ?? null) : null;
      });
      return { after, found };
    },
  };
}
