import { matchedCompany, saveCompany } from './company-saves';
import { matchedContact, saveContact } from './contact-saves';
import type { MauticObject } from './field-definition';
import { type Form, formOf } from './form';
import { accessDenied, notFound } from './problems';
import type { CompanyRow, ContactRow } from './records';
import type { MauticWorld, Permission } from './world';

export interface Saved {
  row: CompanyRow | ContactRow;
  effect: 'created' | 'updated';
}

/** The writing calls of one object, for single records and batches alike. All throw `Refusal`. */
export interface RecordSaves {
  /** Creates, or updates the record that the unique values name. */
  create(body: unknown, as: 'single' | 'batch'): Saved;
  /** PATCH of an unknown id is 404; PUT makes a new record with a number of its own. */
  edit(method: 'PATCH' | 'PUT', id: string, body: unknown): Saved;
}

export function savesOf(world: MauticWorld, object: MauticObject): RecordSaves {
  const save = (form: Form, before: CompanyRow | null, saver: (form: Form) => CompanyRow): Saved => {
    allow(world, object, before === null ? 'create' : 'edit');
    return { row: saver(form), effect: before === null ? 'created' : 'updated' };
  };
  const saveTo = (form: Form, id: number | null): Saved => {
    if (object === 'contact') {
      const before = id === null ? null : (world.contact.get(id) ?? null);
      return save(form, before, (given) => saveContact(world, before, given));
    }
    const before = id === null ? null : (world.company.get(id) ?? null);
    return save(form, before, (given) => saveCompany(world, before, given));
  };

  return {
    create(body, as) {
      const form = formOf('POST', body);
      if (object === 'contact') return saveTo(form, matchedContact(world, form)?.id ?? null);
      return saveTo(form, as === 'batch' ? null : (matchedCompany(world, form)?.id ?? null));
    },
    edit(method, id, body) {
      const form = formOf(method, body);
      const known = /^\d+$/.test(id) && world[object].get(Number(id)) ? Number(id) : null;
      if (known === null && method === 'PATCH') throw notFound();
      return saveTo(form, known);
    },
  };
}

/** Throws 403 when the signed-in user may not do this to this object. */
export function allow(world: MauticWorld, object: MauticObject, what: Permission): void {
  if (!world.permissions[object][what]) throw accessDenied();
}
