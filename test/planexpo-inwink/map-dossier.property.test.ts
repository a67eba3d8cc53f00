import * as fc from 'fast-check';
import { canonicalHash } from '../../mappings/canonical-hash';
import type { Fields } from '../../mappings/fields';
import {
  addressSchema,
  bookingContactSchema,
  type Dossier,
  dossierSchema,
} from '../../mappings/planexpo-inwink/dossier';
import { mapDossier } from '../../mappings/planexpo-inwink/map-dossier';
import { anyText } from '../mappings/any-text';
import { holds } from '../mappings/holds';
import { SAMPLE_MASK, sampleRules } from './sample-dossier';

const maybe = fc.option(anyText, { nil: null });

/** A record in which each key is a text, null, or absent. */
const sparse = <Key extends string>(keys: readonly Key[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, maybe])), { requiredKeys: [] });

const item = fc.record({
  productId: fc.oneof(fc.constantFrom('p-31', 'o-7', 'p-99', '__proto__'), anyText),
  name: anyText,
  quantity: fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double(), fc.constant(100_000)),
});

const dossier = fc.record(
  {
    id: fc.oneof(
      fc.constant('48211'),
      anyText.filter((text) => text !== ''),
    ),
    publicId: anyText,
    parentId: fc.constantFrom(null, '48211', 'other'),
    status: fc.constant('validated'),
    isTest: fc.boolean(),
    company: fc.record(
      {
        name: anyText,
        website: maybe,
        address: fc.option(sparse(Object.keys(addressSchema.shape)), { nil: null }),
      },
      { requiredKeys: ['name'] },
    ),
    bookingContact: fc.option(sparse(Object.keys(bookingContactSchema.shape)), { nil: null }),
    placement: fc.option(sparse(['state', 'standNumber', 'space', 'aisle']), { nil: null }),
    items: fc.array(item, { maxLength: 6 }),
    updatedAt: fc.constant('2026-11-02T09:00:00Z'),
  },
  { requiredKeys: ['id', 'publicId', 'parentId', 'status', 'isTest', 'company', 'items', 'updatedAt'] },
);

const rules = fc
  .record({
    mask: fc.constantFrom(SAMPLE_MASK, null),
    brokenRows: fc.subarray(['p-31', 'o-7']),
    inheritPlacement: fc.constantFrom('never' as const, 'from-parent' as const),
    defaultRegion: fc.constantFrom('FR', 'BE', '', 'nowhere'),
  })
  .map(sampleRules);

/** Only what the schema admits reaches the mapping; `quantity` may be infinite or NaN in a dossier made by hand. */
const valid: fc.Arbitrary<Dossier> = dossier.filter((made) => dossierSchema.safeParse(made).success);

function shuffledItems(made: Dossier): Dossier {
  const reversed = Object.fromEntries(Object.entries(made).reverse());
  return dossierSchema.parse({ ...reversed, items: [...made.items].reverse() });
}

/** Both ids are opaque and go out untouched, whatever is in them. */
function notAnId([path]: [string, unknown]): boolean {
  return !path.endsWith('order_id');
}

describe('whatever a dossier holds', () => {
  it('is mapped without an error, to fields that can be stored and sent', () => {
    holds(
      fc.property(valid, fc.option(valid), rules, (made, parent, given) => {
        const mapped = mapDossier(made, { ...given, parent });

        const participant: Fields = mapped.participant.kind === 'send' ? mapped.participant.fields : {};
        const sent = [...Object.entries(mapped.partner), ...Object.entries(participant)].filter(notAnId);
        const texts = [...sent.flat(), ...mapped.notes.map((note) => note.raw)];
        expect(texts.filter((text) => /[\p{Cc}\p{Cs}]/u.test(String(text)))).toEqual([]);
        expect(mapped.partner['customFields.planexpo_order_id']).toBe(made.id);
      }),
    );
  });

  it('gives each quantity as a whole number above 0 of a product that the mask maps and nothing has stopped', () => {
    holds(
      fc.property(valid, rules, (made, given) => {
        for (const product of mapDossier(made, given).products) {
          expect(Number.isInteger(product.quantity) && product.quantity > 0).toBe(true);
          expect(given.mask?.rows.map((row) => row.inwinkId)).toContain(product.inwinkId);
          expect(given.brokenRows).not.toContain(product.planexpoId);
        }
      }),
    );
  });

  it('has one fingerprint, in whatever order its keys and items come', () => {
    holds(
      fc.property(valid, rules, (made, given) => {
        const reordered = mapDossier(shuffledItems(made), given);

        expect(canonicalHash(reordered)).toBe(canonicalHash(mapDossier(made, given)));
      }),
    );
  });

  it('either has a name to send or says that it is missing', () => {
    holds(
      fc.property(valid, rules, (made, given) => {
        const mapped = mapDossier(made, given);

        expect(mapped.problems.length === 0).toBe(Boolean(mapped.partner.name));
      }),
    );
  });
});
