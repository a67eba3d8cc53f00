import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** Who was let in, refused, given or denied a right. */
export interface AccessEvent {
  /** A login, `token:<name>`, an account of the machine; `unknown` for somebody who did not prove to be anybody. */
  actor: string;
  operation:
    | 'sign-in'
    | 'sign-in-failed'
    | 'sign-in-throttled'
    | 'sign-out'
    | 'person-added'
    | 'person-linked'
    | 'role-changed'
    | 'person-disabled'
    | 'person-enabled'
    | 'password-changed'
    | 'password-removed'
    | 'language-changed'
    | 'invited'
    | 'token-created'
    | 'token-revoked';
  /** Whom or what it concerns: a login of an account that exists, `token:<name>`. Never what a stranger typed. */
  subject: string | null;
  detail?: Record<string, unknown>;
}

/** Call it in the transaction that does what it tells of. */
export async function writeAccessAudit(db: Queryable, event: AccessEvent): Promise<void> {
  await db.query(`insert into access_audit (actor, operation, subject, detail) values ($1, $2, $3, $4)`, [
    event.actor,
    event.operation,
    event.subject,
    toJsonb(event.detail ?? {}),
  ]);
}
