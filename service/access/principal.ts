import type { Language } from '../../mappings/reason-types';

/** What somebody may do: see; run, decide, change what is in force; manage people, tokens and personal data. Each holds the one before. */
export const SCOPES = ['read', 'operate', 'administer'] as const;
export type Scope = (typeof SCOPES)[number];

/** The same for people, in the words of the console. */
export const ROLES = { viewer: 'read', operator: 'operate', administrator: 'administer' } as const;
export type Role = keyof typeof ROLES;

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
}

export function mayDo({ scope }: Principal, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}
