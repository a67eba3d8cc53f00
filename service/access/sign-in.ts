import { writeAccessAudit } from '../../db/access-audit';
import { type Account, findAccount, saveRehash } from '../../db/accounts';
import { createLoginAttempts } from '../../db/login-attempts';
import type { Pool } from '../../db/pool';
import { hashPassword, isDated, isPassword } from '../../operations/passwords';

export type PasswordSignIn =
  | { kind: 'in'; account: Account }
  | { kind: 'refused' }
  | { kind: 'throttled'; waitSeconds: number };

/**
 * Looks at a login and a password. An unknown login, a wrong password, an account without one and a disabled one are the
 * same answer after the same work; too many of them make the account, and the address, wait.
 */
export async function signInWithPassword(
  pool: Pool,
  { login, password, address }: { login: string; password: string; address: string },
): Promise<PasswordSignIn> {
  const attempts = createLoginAttempts(pool);
  const account = await findAccount(pool, { login });
  // an account is counted under its own name, however the login was spelled
  const counted = { login: account?.login ?? login, address };
  const throttled = await attempts.begin(counted);
  const subject = account?.login ?? null;
  if (throttled !== null) {
    const { waitSeconds, isNews } = throttled;
    // said once: whoever goes on trying does not fill the audit
    if (isNews)
      await writeAccessAudit(pool, {
        actor: 'unknown',
        operation: 'sign-in-throttled',
        subject,
        detail: { address, waitSeconds },
      });
    return { kind: 'throttled', waitSeconds };
  }
  const fits = await isPassword(password, account?.passwordHash ?? null);
  if (account === null || !fits || account.disabledAt !== null) {
    const reason = account === null ? 'unknown login' : fits ? 'disabled' : 'wrong password';
    const detail = { address, reason };
    await writeAccessAudit(pool, { actor: 'unknown', operation: 'sign-in-failed', subject, detail });
    return { kind: 'refused' };
  }
  await attempts.succeeded(counted);
  await attempts.clean();
  await keepHashOfToday(pool, account, password);
  return { kind: 'in', account };
}

/** The only moment at which the password is here to be hashed at a higher cost. */
async function keepHashOfToday(pool: Pool, { id, passwordHash }: Account, password: string): Promise<void> {
  if (passwordHash === null || !isDated(passwordHash)) return;
  await saveRehash(pool, id, { from: passwordHash, to: await hashPassword(password) });
}
