import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { dossierSchema } from '../../mappings/planexpo-inwink/dossier';
import { mapDossier } from '../../mappings/planexpo-inwink/map-dossier';
import { SAMPLE_MASK, sampleDossier, sampleRules } from './sample-dossier';

const folder = path.join(__dirname, 'mapping-cases');
const caseSchema = z.object({ dossier: dossierSchema, expected: z.unknown() });

describe('mapDossier', () => {
  it.each(readdirSync(folder))('maps the dossier of %s as written there', (file) => {
    const { dossier, expected } = caseSchema.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));

    expect(mapDossier(dossier, sampleRules())).toEqual(expected);
  });

  it.each([
    ['m', 'Mr'],
    ['mme', 'Mrs'],
    ['MME', 'Mrs'],
    ['autre', undefined],
    [null, undefined],
    [undefined, undefined],
    ['constructor', undefined],
  ])('sends the civility %p as %p', (civility, title) => {
    const { participant } = mapDossier(
      sampleDossier({ bookingContact: { lastName: 'Blanc', civility } }),
      sampleRules(),
    );

    expect(participant.kind === 'send' ? participant.fields.title : 'not sent at all').toBe(title);
  });

  it.each([
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['fr-BE', 'fr'],
    ['Français', 'fr'],
    ['anglais', 'en'],
    ['nl_BE', 'nl'],
    ['pt', undefined],
    ['frison', undefined],
    [null, undefined],
  ])('sends the language %p as %p', (language, preferredLanguage) => {
    const { participant } = mapDossier(
      sampleDossier({ bookingContact: { lastName: 'Blanc', language } }),
      sampleRules(),
    );

    expect(participant.kind === 'send' ? participant.fields.preferredLanguage : 'not sent at all').toBe(
      preferredLanguage,
    );
  });

  it.each([null, '', 'not an address', 'a@acme.fr, b@acme.fr'])(
    'sends a contact with the e-mail %p without one, and does not clear the one in Inwink',
    (email) => {
      const dossier = sampleDossier({ bookingContact: { lastName: 'Blanc', email } });

      const { participant } = mapDossier(dossier, sampleRules());

      expect(participant).toEqual({
        kind: 'send',
        email: null,
        fields: { lastname: 'Blanc', 'customFields.planexpo_order_id': '48211' },
      });
    },
  );

  it('takes a contact that names nobody for a cleared one', () => {
    const dossier = sampleDossier({
      bookingContact: { lastName: ' ', email: '', civility: 'm', language: 'fr' },
    });

    expect(mapDossier(dossier, sampleRules()).participant).toEqual({
      kind: 'none',
      reason: 'contact-cleared',
    });
  });

  it('reads phones in the default region when the company’s country is not understood', () => {
    const dossier = sampleDossier({
      company: { name: 'ACME', address: { country: 'Absurdistan' } },
      bookingContact: { lastName: 'Blanc', phone1: '0478 12 34 56' },
    });

    const { participant, partner } = mapDossier(dossier, sampleRules({ defaultRegion: 'BE' }));

    expect(partner).not.toHaveProperty(['address.country']);
    expect(participant).toMatchObject({ fields: { phone: '+32478123456' } });
  });

  it('keeps raw values in notes in a form that a database can store', () => {
    const dossier = sampleDossier({ company: { name: 'A\u0000\uD800B' } });

    expect(mapDossier(dossier, sampleRules()).notes).toEqual([
      { field: 'partner.name', code: 'normalised', raw: 'A\\u0000\\ud800B', sent: 'AB' },
    ]);
  });
});

describe('the placement of a co-exhibitor', () => {
  const parent = sampleDossier({ placement: { standNumber: 'B12', space: 'Hall 1', aisle: null } });
  const child = sampleDossier({ id: '48211/co/1', parentId: '48211', placement: { state: 'none' } });
  const inherited = {
    emplacement: 'B12',
    'customFields.planexpo_space': 'Hall 1',
    'customFields.planexpo_aisle': null,
  };

  it('is the parent’s when the setting says so and it has none of its own, and the plan can tell', () => {
    const mapped = mapDossier(child, sampleRules({ inheritPlacement: 'from-parent', parent }));

    expect(mapped.partner).toMatchObject(inherited);
    expect(mapped.notes).toEqual([
      { field: 'partner.emplacement', code: 'inherited', raw: 'B12', sent: 'B12' },
      { field: 'partner.customFields.planexpo_space', code: 'inherited', raw: 'Hall 1', sent: 'Hall 1' },
    ]);
  });

  it.each([
    ['the setting is off', child, sampleRules({ parent })],
    [
      'it has a stand of its own',
      sampleDossier({ ...child, placement: { standNumber: 'C1' } }),
      sampleRules({ inheritPlacement: 'from-parent', parent }),
    ],
    ['the parent is not known', child, sampleRules({ inheritPlacement: 'from-parent' })],
    [
      'the dossier handed over is not its parent',
      child,
      sampleRules({ inheritPlacement: 'from-parent', parent: { ...parent, id: '1' } }),
    ],
  ])('is its own when %s', (_case, dossier, rules) => {
    const { partner } = mapDossier(dossier, rules);

    expect(partner.emplacement).not.toBe('B12');
    expect(partner).not.toHaveProperty(['customFields.planexpo_space']);
  });
});

describe('the products of a dossier', () => {
  const item = (productId: string, quantity: number) => ({ productId, name: productId, quantity });

  it.each([1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e15])(
    'leave out the quantity %p, because Inwink would never let it be lowered again',
    (quantity) => {
      const mapped = mapDossier(
        sampleDossier({ items: [item('p-31', quantity), item('o-7', 1)] }),
        sampleRules(),
      );

      expect(mapped.products.map(({ planexpoId }) => planexpoId)).toEqual(['o-7']);
      expect(mapped.notes).toEqual([
        { field: 'items.p-31', code: 'malformed', raw: String(quantity), sent: null },
      ]);
    },
  );

  it('ask for nothing when the quantity is 0', () => {
    const mapped = mapDossier(sampleDossier({ items: [item('p-31', 0), item('x-1', 0)] }), sampleRules());

    expect(mapped).toMatchObject({ products: [], notes: [], unmappedItems: [] });
  });

  it('leave out a mask row that product drift has stopped, and keep the others', () => {
    const mapped = mapDossier(
      sampleDossier({ items: [item('p-31', 2), item('o-7', 1)] }),
      sampleRules({ brokenRows: ['p-31'] }),
    );

    expect(mapped.products.map(({ planexpoId }) => planexpoId)).toEqual(['o-7']);
    expect(mapped.unmappedItems).toEqual([]);
  });

  it('are none without a mask, and every item is named as unmapped', () => {
    const mapped = mapDossier(
      sampleDossier({ items: [item('p-31', 2), item('o-7', 1)] }),
      sampleRules({ mask: null }),
    );

    expect(mapped.products).toEqual([]);
    expect(mapped.unmappedItems).toEqual(['o-7', 'p-31']);
  });

  it('are matched by id alone: the name on the dossier changes nothing', () => {
    const items = [{ productId: 'p-31', name: SAMPLE_MASK.rows[1]?.planexpoName ?? '', quantity: 2 }];

    expect(mapDossier(sampleDossier({ items }), sampleRules()).products[0]?.inwinkId).toBe('inwink-banner');
  });
});
