import { normaliseCountry } from '../normalise/country';
import { cleanText, normaliseText, type RawText } from '../normalise/text';
import { normaliseUrl } from '../normalise/url';
import type { Dossier } from './dossier';
import { type FieldSheet, newSheet, put } from './field-sheet';

export type InheritPlacement = 'never' | 'from-parent';

/** Path on the partner -> key of the dossier's placement (seed: stand number, space, aisle). */
const PLACEMENT = [
  ['emplacement', 'standNumber'],
  ['customFields.planexpo_space', 'space'],
  ['customFields.planexpo_aisle', 'aisle'],
] as const;

const ADDRESS_LINES = [
  ['address.street', 'line1'],
  ['address.street2', 'line2'],
  ['address.zipCode', 'postalCode'],
  ['address.city', 'city'],
] as const;

/**
 * The partner of a validated dossier (seed: both ids, name, postal address, Published, stand, space, aisle, web site).
 * The parent is not here: which partner it is, only the parent's link knows. `name` is left out when it is blank.
 */
export function mapPartner(
  dossier: Dossier,
  rules: { inheritPlacement: InheritPlacement; parent: Dossier | null },
): FieldSheet {
  const sheet = newSheet('partner');
  const { company } = dossier;

  const name = normaliseText(company.name);
  if (name.value) put(sheet, 'name', company.name, name);
  sheet.fields.status = 'Published';
  put(sheet, 'website', company.website, normaliseUrl(company.website));
  putAddress(sheet, company.address);
  putPlacement(sheet, dossier, rules);
  // Both ids are opaque: sent as they are, never cleaned, so that a lookup by id finds exactly them.
  if (dossier.publicId !== '') sheet.fields['customFields.planexpo_public_order_id'] = dossier.publicId;
  sheet.fields['customFields.planexpo_order_id'] = dossier.id;
  return sheet;
}

/** An address that is `null` as a whole clears each of its lines; an absent one leaves them. */
function putAddress(sheet: FieldSheet, address: Dossier['company']['address']): void {
  if (address === undefined) return;
  for (const [path, key] of ADDRESS_LINES) {
    const raw = address === null ? null : address[key];
    put(sheet, path, raw, normaliseText(raw));
  }
  const country = address === null ? null : address.country;
  put(sheet, 'address.country', country, normaliseCountry(country));
}

function putPlacement(
  sheet: FieldSheet,
  dossier: Dossier,
  rules: { inheritPlacement: InheritPlacement; parent: Dossier | null },
): void {
  const inherited = inheritedPlacement(dossier, rules);
  const placement = inherited ?? dossier.placement;
  if (placement === undefined) return;
  for (const [path, key] of PLACEMENT) {
    const raw = placement === null ? null : placement[key];
    const result = normaliseText(raw);
    put(sheet, path, raw, inherited && result.value ? { value: result.value, note: 'inherited' } : result);
  }
}

/**
 * The parent's placement, when the setting says so and the co-exhibitor has none of its own: its state is `none`, or
 * it names neither stand, space nor aisle (assumed: co-exhibitors share the exhibitor's stand).
 */
function inheritedPlacement(
  dossier: Dossier,
  rules: { inheritPlacement: InheritPlacement; parent: Dossier | null },
): Dossier['placement'] {
  const { parent } = rules;
  if (rules.inheritPlacement === 'never' || dossier.parentId === null || parent?.id !== dossier.parentId)
    return undefined;
  const own = dossier.placement;
  const hasOwn = PLACEMENT.some(([, key]) => !isBlank(own?.[key]));
  return hasOwn ? undefined : (parent.placement ?? undefined);
}

function isBlank(raw: RawText): boolean {
  return raw === undefined || raw === null || cleanText(raw) === '';
}
