import type { FieldNote, Fields } from '../fields';
import type { Dossier } from './dossier';
import { type MappedParticipant, mapParticipant } from './map-participant';
import { type InheritPlacement, mapPartner } from './map-partner';
import { type MappedProduct, mapProducts } from './map-products';
import type { Mask } from './mask/mask';
import { ReasonCode } from './reasons';

export interface MappingRules {
  /** `null`: no mask is in force, so no product is sent. */
  mask: Mask | null;
  /** Planexpo ids of mask rows that product drift has stopped. */
  brokenRows: string[];
  inheritPlacement: InheritPlacement;
  /** The exhibitor of a co-exhibitor's dossier, when it is known. */
  parent: Dossier | null;
  /** ISO alpha-2, for phone numbers without a country code when the company's own country says nothing. */
  defaultRegion: string;
}

/** Why the dossier cannot be sent at all: the engine refuses the record and names field and reason. */
export interface MappingProblem {
  field: string;
  reason: ReasonCode;
}

/** A dossier in Inwink's terms. Fields by target path: missing = leave as it is, `null` = clear. */
export interface MappedDossier {
  partner: Fields;
  participant: MappedParticipant;
  products: MappedProduct[];
  /** Their `field` starts with `partner.`, `participant.` or `items.`. */
  notes: FieldNote[];
  unmappedItems: string[];
  problems: MappingProblem[];
}

/**
 * What Inwink should hold for a validated dossier. Pure and total: it answers for every dossier the schema admits and
 * never throws. The order of keys and items does not matter. `affiliatedToId` is added by the caller, from the
 * parent's link.
 */
export function mapDossier(dossier: Dossier, rules: MappingRules): MappedDossier {
  const partner = mapPartner(dossier, rules);
  const region = partner.fields['address.country'];
  const { participant, notes } = mapParticipant(
    dossier,
    typeof region === 'string' ? region : rules.defaultRegion,
  );
  const items = mapProducts(dossier, rules.mask, rules.brokenRows);

  return {
    partner: partner.fields,
    participant,
    products: items.products,
    notes: [...partner.notes, ...notes, ...items.notes],
    unmappedItems: items.unmappedItems,
    problems: 'name' in partner.fields ? [] : [{ field: 'partner.name', reason: ReasonCode.missingName }],
  };
}
