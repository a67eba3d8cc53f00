import type { Role } from '../db/accounts';
import { SCOPES, type Scope } from '../db/api-tokens';

/** What the roles of people are as scopes, in which every right is asked for. */
export const ROLES = {
  viewer: 'read',
  operator: 'operate',
  administrator: 'administer',
} as const satisfies Record<Role, Scope>;

/** All that somebody with this role may do. */
export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES.slice(0, SCOPES.indexOf(ROLES[role]) + 1);
}
