import { writeAccessAudit } from '../db/access-audit';
import { saveLanguage, savePassword } from '../db/accounts';
import { createLoginAttempts } from '../db/login-attempts';
import { endOneTimeLoginsOf } from '../db/one-time-logins';
import { inTransaction } from '../db/pool';
import { endSessionsOf } from '../db/sessions';
import type { Language } from '../mappings/reason-types';
import type { OperationContext } from './context';
import { hashPassword, isPassword, passwordFault, passwordFaultText } from './passwords';
import { type PersonView, personOf, personView } from './people';
import { Refusal } from './refusal';

const WORDS = {
  fr: {
    wrong: 'Le mot de passe actuel n’est pas le bon.',
    throttled: 'Trop d’essais : réessayez dans un quart d’heure.',
  },
  en: {
    wrong: 'The current password is not the right one.',
    throttled: 'Too many attempts: try again in a quarter of an hour.',
  },
} as const satisfies Record<Language, Record<string, string>>;

export interface PasswordChange {
  accountId: number;
  /** Not looked at for somebody who has none yet: they came by a one-time link. */
  current: string;
  next: string;
  /** The session that asks (its cookie's hash) stays; all others of the person end. */
  sessionHash: Buffer;
}

/**
 * A person chooses another password. Refuses a wrong current one (counted with failed sign-ins) and one that is easy to
 * guess, in the person's language. Signs out all other browsers of the person.
 */
export async function changeOwnPassword(context: OperationContext, change: PasswordChange): Promise<void> {
  const account = await personOf(context.pool, { id: change.accountId });
  const words = WORDS[account.language];
  if (account.passwordHash !== null) {
    const attempts = createLoginAttempts(context.pool);
    const attempt = { login: account.login, address: null };
    if ((await attempts.begin(attempt)) !== null) throw new Refusal('conflict', words.throttled);
    if (!(await isPassword(change.current, account.passwordHash))) throw new Refusal('invalid', words.wrong);
    await attempts.succeeded(attempt);
  }
  const fault = passwordFault(change.next, account.login);
  if (fault !== null) throw new Refusal('invalid', passwordFaultText(fault, account.language));
  const hash = await hashPassword(change.next);
  await inTransaction(context.pool, async (tx) => {
    await savePassword(tx, account.id, hash);
    await endSessionsOf(tx, account.id, change.sessionHash);
    await endOneTimeLoginsOf(tx, account.id);
    const { actor } = context;
    await writeAccessAudit(tx, { actor, operation: 'password-changed', subject: account.login });
  });
}

/** The language of a person's pages, from the next request on. */
export async function setLanguage(
  { pool, actor }: OperationContext,
  accountId: number,
  language: Language,
): Promise<PersonView> {
  return inTransaction(pool, async (tx) => {
    const account = await personOf(tx, { id: accountId });
    if (account.language === language) return personView(account);
    await saveLanguage(tx, accountId, language);
    const detail = { after: language };
    await writeAccessAudit(tx, { actor, operation: 'language-changed', subject: account.login, detail });
    return personView({ ...account, language });
  });
}
