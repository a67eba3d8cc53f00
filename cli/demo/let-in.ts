import { findAccount } from '../../db/accounts';
import { addPerson, inviteLink } from '../../operations/people';
import type { SharedStack } from './stack-base';

const LOGIN = 'admin';
/** Longer than whoever started the stack takes to look at it. */
const LINK_MS = 60 * 60_000;

/** A link that signs an administrator of the local stack in, once. */
export async function letIn(stack: SharedStack): Promise<string> {
  const { configuration, pool, client, serviceUrl } = stack;
  const context = { configuration, pool, temporal: async () => client, actor: 'dev' };
  if ((await findAccount(pool, { login: LOGIN })) === null)
    await addPerson(context, { login: LOGIN, role: 'administrator' });
  const { path } = await inviteLink(context, { login: LOGIN }, { lastsMs: LINK_MS });
  return `${serviceUrl}${path}`;
}
