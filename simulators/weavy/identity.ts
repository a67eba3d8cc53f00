import type { EntityName } from './entities';
import type { Value } from './row-table';

/** The field that makes two live records of a table the same company or person. Contacts are left to people. */
const IDENTITY: Partial<Record<EntityName, string>> = { customer: 'name', marketinginbound: 'email' };

/** What a record is recognised by, or null. Folded always: people do not see case, whatever the server does. */
export function identityOf(entity: EntityName, fields: Readonly<Record<string, Value>>): string | null {
  const name = IDENTITY[entity];
  const value = name === undefined ? null : fields[name];
  const folded = typeof value === 'string' ? value.trim().replace(/\s+/g, ' ').toLowerCase() : '';
  return folded === '' ? null : folded;
}
