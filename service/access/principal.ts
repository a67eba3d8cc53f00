import type { Role } from '../../db/accounts';
import { SCOPES, type Scope } from '../../db/api-tokens';
import type { Language } from '../../mappings/reason-types';

export { ROLES } from '../../operations/role-scopes';
export { type Role, SCOPES, type Scope };

/** Who asks: a signed-in person or a program with a token. */
export interface Principal {
  kind: 'person' | 'token';
  id: number;
  scope: Scope;
  /** As audits name it: the login of a person, `token:<name>`. */
  actor: string;
}

/** A person's session. */
export interface SignedIn {
  principal: Principal;
  accountId: number;
  login: string;
  name: string;
  role: Role;
  language: Language;
  /** Every form carries it back. */
  csrfToken: string;
  /** Which of the person's sessions this is: `changeOwnPassword` leaves it open. */
  sessionHash: Buffer;
}

export function mayDo({ scope }: Principal, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}
