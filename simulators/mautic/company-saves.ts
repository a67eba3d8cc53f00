import { commitCompany } from './commit';
import { cleanedValue } from './field-values';
import { type Form, submitted } from './form';
import type { CompanyRow } from './records';
import { refuseTaken, takenBy, uniqueMatches } from './unique-values';
import { fieldsOf, type MauticWorld } from './world';

/**
 * The company that a POST means, the oldest of several: by name on version 3, by the unique fields later; null with
 * `force`, and for a new one. A blank matches nothing.
 */
export function matchedCompany(world: MauticWorld, form: Form): CompanyRow | null {
  if (form.body.force) return null;
  const found = world.version === 3 ? nameMatches(world, form) : uniqueMatches(world, 'company', form);
  const ids = found.map(({ id }) => id);
  return ids.length === 0 ? null : (world.company.get(Math.min(...ids)) ?? null);
}

function nameMatches(world: MauticWorld, form: Form): CompanyRow[] {
  const field = fieldsOf(world, 'company').find(({ alias }) => alias === 'companyname');
  const cleaned = field ? cleanedValue(field, form.body.companyname) : { value: null };
  return 'value' in cleaned ? world.company.holding('companyname', cleaned.value) : [];
}

/** Saves a form to a new company (`before` null) or a known one. Version 5 refuses a unique value that is taken. */
export function saveCompany(world: MauticWorld, before: CompanyRow | null, form: Form): CompanyRow {
  const fields = submitted(world, 'company', form, before?.fields ?? null);
  if (world.version >= 5) refuseTaken(takenBy(world, 'company', before, fields));
  return commitCompany(world, before, { ...(before ?? blankCompany(world)), fields }, 'api');
}

export function blankCompany(world: MauticWorld): CompanyRow {
  const dateAdded = world.clock.now();
  return { id: world.company.nextId(), fields: {}, dateAdded, dateModified: null, doubled: false };
}
