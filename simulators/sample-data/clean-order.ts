import { mixedSeed, type SeededRandom, seededRandom } from '../core/seeded-random';
import type { PlanexpoOrder } from '../planexpo/order';
import { ORDERABLE } from './products';
import { COMPANY_STEMS, FIRST_NAMES, LAST_NAMES, PLACES, type Place, POSITIONS } from './words';

/** Where a dossier stands in the sample, before any dirt. */
export interface OrderSlot {
  position: number;
  id: string;
  status: string;
  isTest: boolean;
  parentId: string | null;
  updatedAt: string;
}

export interface CleanOrder {
  order: PlanexpoOrder;
  place: Place;
  /** Last part of the contact's phone number. */
  line: string;
}

const DAY_MS = 86_400_000;
const HALLS = ['Hall 1', 'Hall 2', 'Hall 3'] as const;

/** A dossier as it should be: everything filled in, nothing to normalise. */
export function cleanOrder(slot: OrderSlot, seed: number): CleanOrder {
  const random = seededRandom(mixedSeed(seed, slot.position));
  const place = random.pick<Place>(PLACES);
  const number = String(slot.position + 1).padStart(4, '0');
  const name = `${random.pick(COMPANY_STEMS)} ${number}`;
  const domain = `${slug(name)}.example`;
  const line = String(slot.position % 10 ** place.phoneDigits).padStart(place.phoneDigits, '0');
  const order: PlanexpoOrder = {
    order_id: slot.id,
    public_order_id: publicId(slot.position),
    status: slot.status,
    version: 1 + random.below(6),
    is_test: slot.isTest,
    source: random.below(3) === 0 ? 'internal' : 'external',
    parent_order_id: slot.parentId,
    company: {
      name,
      website: `https://${domain}`,
      address: {
        line1: `${1 + random.below(180)} ${place.line1}`,
        line2: null,
        postal_code: place.postalCode,
        city: place.city,
        country: place.country,
      },
    },
    booking_contact: bookingContact(random, { slot, place, line, name, domain }),
    placement: placement(random, slot),
    items: items(random),
    amount_excl_tax: `${500 + random.below(9000)}.00`,
    currency: 'EUR',
    ...dates(slot),
  };
  return { order, place, line };
}

function bookingContact(
  random: SeededRandom,
  {
    slot,
    place,
    line,
    name,
    domain,
  }: { slot: OrderSlot; place: Place; line: string; name: string; domain: string },
): NonNullable<PlanexpoOrder['booking_contact']> {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  return {
    contact_id: `c-${slot.position + 1}`,
    civility: random.below(2) === 0 ? 'mme' : 'm',
    last_name: last,
    first_name: first,
    email: `${slug(first)}.${slug(last)}@${domain}`,
    company: name,
    position: random.pick(POSITIONS),
    phone_1: `${place.phonePrefix} ${line}`,
    phone_2: random.below(4) === 0 ? `+33 6 39 98 ${line.padStart(4, '0').slice(-4)}` : null,
    language: place.language,
  };
}

function placement(random: SeededRandom, slot: OrderSlot): NonNullable<PlanexpoOrder['placement']> {
  const aisle = String.fromCharCode(65 + random.below(20));
  return {
    state: slot.status === 'validated' ? 'assigned' : 'none',
    stand_number: slot.status === 'validated' ? `${aisle}${1 + (slot.position % 99)}` : null,
    space: random.pick(HALLS),
    aisle,
  };
}

function items(random: SeededRandom): PlanexpoOrder['items'] {
  const start = random.below(ORDERABLE.length);
  const count = random.below(5);
  return Array.from({ length: count }, (_, offset) => {
    const product = ORDERABLE[(start + offset * 3) % ORDERABLE.length];
    if (!product) return [];
    const { planexpoId, planexpoName, kind, unitLabel } = product;
    const quantity = 1 + random.below(5);
    return [
      {
        product_id: planexpoId,
        name: planexpoName,
        kind,
        quantity,
        ...(unitLabel ? { unit_label: unitLabel } : {}),
      },
    ];
  }).flat();
}

function dates({ status, updatedAt }: OrderSlot): Partial<PlanexpoOrder> & { updated_at: string } {
  const before = (days: number): string =>
    `${new Date(Date.parse(updatedAt) - days * DAY_MS).toISOString().slice(0, 19)}Z`;
  const wasValidated = status !== 'draft' && status !== 'submitted' && status !== 'refused';
  return {
    created_at: before(20),
    submitted_at: status === 'draft' ? null : before(9),
    validated_at: wasValidated ? before(status === 'validated' ? 0 : 2) : null,
    cancelled_at: status === 'cancelled' ? updatedAt : null,
    updated_at: updatedAt,
  };
}

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Five letters or digits. The odd factor makes them differ for any two of the first 33 million dossiers. */
function publicId(position: number): string {
  let left = Math.imul(position + 1, 0x9e37_79b1) & 0x1ff_ffff;
  let id = '';
  for (let digit = 0; digit < 5; digit += 1) {
    id = `${ALPHABET[left & 31]}${id}`;
    left >>>= 5;
  }
  return id;
}

function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
