import type { PlatformSummary } from '../core/platform';
import { emailKey } from './query';
import type { InwinkRegistered } from './state';
import type { InwinkWorld } from './world';

/** Counts what must never happen: several partners for one dossier, several participants for one person. */
export function inwinkSummary(world: InwinkWorld): PlatformSummary {
  const orderIds = world.exhibitor.all().map((partner) => textOf(partner.customFields.planexpo_order_id));
  const people = world.registered.all().map(personKey);
  const partners = repeated(orderIds);
  return {
    externalReferences: partners.distinct,
    duplicates: { exhibitor: partners.beyondFirst, registered: repeated(people).beyondFirst },
  };
}

/** The e-mail address; without one, the dossier it came with. */
function personKey({ email, customFields }: InwinkRegistered): string | null {
  if (email !== null) return `email ${emailKey(email)}`;
  const orderId = textOf(customFields.planexpo_order_id);
  return orderId === null ? null : `order ${orderId}`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function repeated(keys: ReadonlyArray<string | null>): { distinct: number; beyondFirst: number } {
  const known = keys.filter((key) => key !== null);
  const distinct = new Set(known).size;
  return { distinct, beyondFirst: known.length - distinct };
}
