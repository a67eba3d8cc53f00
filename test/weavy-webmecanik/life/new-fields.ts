import type { Fields } from '../../../mappings/fields';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { SeededRandom } from '../../../simulators/core/seeded-random';
import { type CoupleForm, keyPairOf, pairsOf } from './couple';
import { masterOf, otherSide } from './field-track';
import type { FreshValues } from './fresh-values';

/** The value of a record that a person makes: its key, and about two thirds of the fields that this side may fill. */
export function newFields(input: {
  random: SeededRandom;
  fresh: FreshValues;
  fields: FieldMapping;
  form: CoupleForm;
  side: Side;
  /** The Tiers of a Contact. */
  customerId: string | null;
}): Record<string, unknown> {
  const { random, fresh, fields, form, side, customerId } = input;
  const key = keyPairOf(form, fields);
  const values: Fields = {};
  for (const pair of pairsOf(form, fields)) {
    if (pair === key) values[pair[side]] = form === 'company' ? fresh.companyName() : fresh.email();
    else if (masterOf(pair) !== otherSide(side) && random.below(3) > 0)
      values[pair[side]] = fresh.value(pair.as, side);
  }
  if (form === 'contact' && customerId !== null) values.customer_ID = customerId;
  return { fields: values, ...selection(form, fields) };
}

/** What makes an unknown contact become an Entrant, where only some do. */
function selection(form: CoupleForm, { inbounds }: FieldMapping): Record<string, unknown> {
  const create = inbounds?.create ?? 'none';
  if (form !== 'entrant' || typeof create === 'string') return {};
  return 'tag' in create ? { tags: [create.tag] } : { segments: [create.segment] };
}
