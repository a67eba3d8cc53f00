import type { PlanexpoOrder } from '../planexpo/order';
import type { Place } from './words';

type BookingContact = NonNullable<PlanexpoOrder['booking_contact']>;

/** What a kind of dirt may use: where the company is, and the contact of an earlier dossier. */
export interface DirtContext {
  place: Place;
  /** Last part of the phone number. */
  line: string;
  earlier: BookingContact | null;
}

type Soil = (order: PlanexpoOrder, context: DirtContext) => PlanexpoOrder;

const contact =
  (edit: (contact: BookingContact, context: DirtContext) => BookingContact): Soil =>
  (order, context) =>
    order.booking_contact ? { ...order, booking_contact: edit(order.booking_contact, context) } : order;

const phone1 = (format: (national: string, country: string) => string): Soil =>
  contact((person, { place, line }) => {
    const [country = '', ...area] = place.phonePrefix.slice(1).split(' ');
    return { ...person, phone_1: format([...area, line].join(''), country) };
  });

const country =
  (write: (code: string) => string): Soil =>
  (order, { place }) => ({
    ...order,
    company: {
      ...order.company,
      address: { ...order.company.address, country: write(place.country) },
    },
  });

const placement =
  (values: PlanexpoOrder['placement']): Soil =>
  (order) => ({ ...order, placement: values });

const FRENCH: Record<string, string> = { FR: 'France', GB: 'Royaume-Uni', DE: 'Allemagne', BE: 'Belgique' };
const ENGLISH: Record<string, string> = { FR: 'France', GB: 'United Kingdom', DE: 'Germany', BE: 'Belgium' };
const EMPTY_PLACE = { stand_number: null, space: null, aisle: null };

/** Only for keys that the type has as optional: the result is still of that type. */
function without<T extends object>(value: T, key: string): T {
  const rest = { ...value };
  Reflect.deleteProperty(rest, key);
  return rest;
}

function inPairs(digits: string): string {
  return (digits.match(/\d{1,2}/g) ?? []).join(' ');
}

/** Every kind of dirt that real dossiers show, each as one change of an otherwise clean one. */
export const DIRT = {
  emailAbsent: contact((person) => without(person, 'email')),
  emailNull: contact((person) => ({ ...person, email: null })),
  emailMalformed: contact((person) => ({ ...person, email: `${person.email}`.replace('@', ' chez ') })),
  /** Another person, or the same one under other details, with an address that another dossier uses. */
  emailShared: contact((person, { earlier }) => ({ ...person, email: earlier?.email ?? person.email })),
  /** The same person books for two dossiers. */
  personShared: contact((person, { earlier }) => earlier ?? person),
  emailCapitals: contact((person) => ({ ...person, email: `${person.email}`.toUpperCase() })),
  emailSpaces: contact((person) => ({ ...person, email: ` ${person.email} ` })),
  contactNull: (order) => ({ ...order, booking_contact: null }),
  civilityOther: contact((person) => ({ ...person, civility: 'autre' })),
  civilityNull: contact((person) => ({ ...person, civility: null })),
  civilityUnknown: contact((person) => ({ ...person, civility: 'dr' })),
  languageUnknown: contact((person) => ({ ...person, language: 'pt' })),
  languageCapitals: contact((person) => ({ ...person, language: `${person.language}`.toUpperCase() })),
  phoneNational: phone1((national) => inPairs(`0${national}`)),
  phoneDoubleZero: phone1((national, code) => `00${code}${national}`),
  phoneDots: phone1((national) => inPairs(`0${national}`).replaceAll(' ', '.')),
  phoneTrunkZero: phone1((national, code) => `+${code} (0)${national}`),
  phoneMalformed: phone1(() => 'voir secrétariat'),
  phone2Absent: contact((person) => without(person, 'phone_2')),
  phone2Null: contact((person) => ({ ...person, phone_2: null })),
  websiteWithoutScheme: (order) => ({
    ...order,
    company: { ...order.company, website: `${order.company.website}`.replace('https://', 'www.') },
  }),
  websiteAbsent: (order) => ({ ...order, company: without(order.company, 'website') }),
  websiteNull: (order) => ({ ...order, company: { ...order.company, website: null } }),
  countryFrench: country((code) => FRENCH[code] ?? code),
  countryEnglish: country((code) => ENGLISH[code] ?? code),
  countryLowerCase: country((code) => code.toLowerCase()),
  countryUnknown: country(() => 'Pays imaginaire'),
  countryAbsent: (order) => ({
    ...order,
    company: { ...order.company, address: without(order.company.address ?? {}, 'country') },
  }),
  addressNull: (order) => ({ ...order, company: { ...order.company, address: null } }),
  spaceAbsent: (order) => ({ ...order, placement: without(order.placement ?? {}, 'space') }),
  aisleNull: (order) => ({ ...order, placement: { ...order.placement, aisle: null } }),
  standNone: placement({ state: 'none', ...EMPTY_PLACE }),
  standPreAssigned: (order) => ({ ...order, placement: { ...order.placement, state: 'pre_assigned' } }),
  placementNull: placement(null),
  placementUnknown: (order) => ({ ...order, placement: { ...order.placement, state: 'blocked' } }),
  capitals: (order) => ({
    ...order,
    company: { ...order.company, name: order.company.name.toUpperCase() },
  }),
  trailingSpaces: (order) => ({
    ...order,
    company: {
      ...order.company,
      name: `${order.company.name}  `,
      address: { ...order.company.address, city: ` ${order.company.address?.city} ` },
    },
  }),
  noBreakSpaces: (order) => ({
    ...order,
    company: { ...order.company, name: order.company.name.replaceAll(' ', '\u00a0') },
  }),
  amountComma: (order) => ({ ...order, amount_excl_tax: `${order.amount_excl_tax}`.replace('.', ',') }),
  itemKindUnknown: (order) => ({
    ...order,
    items: order.items.map((item) => ({ ...item, kind: 'bundle' })),
  }),
  optionalKeysAbsent: (order) => without(without(order, 'version'), 'is_test'),
} satisfies Record<string, Soil>;

export type DirtKind = keyof typeof DIRT;
/** In the order in which they are dealt out. The cast is safe: these are the keys of the table above. */
export const DIRT_KINDS = Object.keys(DIRT) as DirtKind[];
