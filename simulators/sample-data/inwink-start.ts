import { sequentialIds } from '../inwink/ids';
import type { InwinkExhibitor, InwinkRegistered, InwinkState } from '../inwink/state';
import { emptyInwinkState } from '../inwink/world';
import type { PlanexpoOrder } from '../planexpo/order';
import { inwinkProducts } from './products';

const MADE_AT = '2025-02-10T09:00:00Z';
const IDS_SEED = 0x5a;

/**
 * Inwink before the first synchronisation: products and custom fields are there, a few future booking contacts are
 * participants already, and a few partners came by another way. The first of these is called like a company of the
 * sample, and is still not the same record.
 */
export function inwinkAtStart(clean: readonly PlanexpoOrder[]): InwinkState {
  const nextId = sequentialIds(IDS_SEED);
  return {
    exhibitors: otherPartners(clean, nextId),
    registered: knownPeople(clean, nextId),
    products: inwinkProducts(),
    fields: [
      ...emptyInwinkState.fields,
      {
        entity: 'exhibitor',
        key: 'sponsor_level',
        type: 'singleChoice',
        choices: ['Gold', 'Silver', 'Bronze'],
      },
    ],
  };
}

function otherPartners(clean: readonly PlanexpoOrder[], nextId: () => string): InwinkExhibitor[] {
  const count = 3 + Math.floor(clean.length / 100);
  return Array.from({ length: count }, (_, position) => ({
    id: nextId(),
    name: (position === 0 && clean[0]?.company.name) || `Partenaire Institutionnel Imaginé ${position + 1}`,
    status: position === 2 ? 'Draft' : 'Published',
    affiliatedToId: null,
    emplacement: null,
    website: null,
    address: { street: null, street2: null, zipCode: null, city: null, country: 'FR' },
    customFields: {
      planexpo_public_order_id: null,
      planexpo_order_id: null,
      planexpo_space: null,
      planexpo_aisle: null,
      sponsor_level: 'Gold',
    },
    createdOn: MADE_AT,
    updatedOn: MADE_AT,
  }));
}

function knownPeople(clean: readonly PlanexpoOrder[], nextId: () => string): InwinkRegistered[] {
  const step = Math.max(1, Math.min(20, Math.floor(clean.length / 3)));
  return clean
    .filter((_, position) => position % step === step - 1)
    .map((order) => ({
      id: nextId(),
      email: order.booking_contact?.email ?? null,
      title: null,
      firstname: order.booking_contact?.first_name ?? null,
      lastname: order.booking_contact?.last_name?.toUpperCase() ?? null,
      company: null,
      position: 'Visiteuse en 2025',
      phone: null,
      mobilePhone: null,
      preferredLanguage: 'en',
      registrationStatus: 'Registered',
      category: 'Visitor',
      customFields: { planexpo_order_id: null },
      createdOn: MADE_AT,
      updatedOn: MADE_AT,
    }));
}
