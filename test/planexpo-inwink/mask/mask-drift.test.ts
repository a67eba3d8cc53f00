import type { Mask, ProductDefinition } from '../../../mappings/planexpo-inwink/mask/mask';
import { driftOfMask } from '../../../mappings/planexpo-inwink/mask/mask-drift';
import { inwinkProducts, planexpoProducts, products } from './mask-fixtures';

const mask: Mask = {
  prerequisites: {
    salesOpenedOn: null,
    offerFrozen: true,
    planexpoManagerInformed: true,
    inwinkManagerInformed: true,
    planexpoEvent: null,
    inwinkEvent: null,
    confirmedBy: null,
    confirmedOn: null,
  },
  rows: [
    {
      row: 2,
      planexpoId: 'p-31',
      planexpoName: 'Bannière web',
      planexpoPackSize: 10,
      inwinkId: 'i-banner',
      inwinkName: 'Bannière',
      inwinkPackSize: 10,
    },
    {
      row: 3,
      planexpoId: 'p-32',
      planexpoName: 'Badge supplémentaire',
      planexpoPackSize: 1,
      inwinkId: 'i-badge',
      inwinkName: 'Badge',
      inwinkPackSize: 1,
    },
  ],
  unmapped: [],
};

function withProduct(
  list: ProductDefinition[],
  id: string,
  change: Partial<ProductDefinition>,
): ProductDefinition[] {
  return list.map((known) => (known.id === id ? { ...known, ...change } : known));
}

function planexpoWith(change: Partial<ProductDefinition>) {
  return { ...products, planexpoProducts: withProduct(planexpoProducts, 'p-31', change) };
}

function inwinkWith(change: Partial<ProductDefinition>) {
  return { ...products, inwinkProducts: withProduct(inwinkProducts, 'i-banner', change) };
}

const bannerRow = { row: 2, planexpoId: 'p-31', inwinkId: 'i-banner' };

describe('a product that changed after the mask was imported', () => {
  it('is no drift while both platforms say what the mask remembers', () => {
    expect(driftOfMask(mask, products)).toEqual([]);
  });

  it.each([
    ['renamed', { name: 'Autre' }, 'Bannière web', 'Bannière', 'Autre'],
    ['inactive', { active: false }, true, true, false],
    ['pack-size', { packSize: 5 }, 10, 10, 5],
  ])('is reported for its row alone, on its side: %s', (code, change, wasPlanexpo, wasInwink, is) => {
    expect(driftOfMask(mask, planexpoWith(change))).toEqual([
      { ...bannerRow, side: 'planexpo', code, was: wasPlanexpo, is },
    ]);
    expect(driftOfMask(mask, inwinkWith(change))).toEqual([
      { ...bannerRow, side: 'inwink', code, was: wasInwink, is },
    ]);
  });

  it('is reported as removed when the platform no longer lists it', () => {
    const without = { ...products, planexpoProducts: planexpoProducts.filter(({ id }) => id !== 'p-31') };

    expect(driftOfMask(mask, without)).toEqual([
      { ...bannerRow, side: 'planexpo', code: 'removed', was: 'Bannière web', is: null },
    ]);
  });

  it('is reported as removed when it came back under the same name with another id', () => {
    expect(driftOfMask(mask, inwinkWith({ id: 'i-banner-new' })).map(({ code }) => code)).toEqual([
      'removed',
    ]);
  });

  it('is no drift when only spaces in its name changed', () => {
    expect(driftOfMask(mask, planexpoWith({ name: ' Bannière\u00a0web ' }))).toEqual([]);
  });

  it('is no drift when a platform no longer states the pack size, since it cannot be checked', () => {
    expect(driftOfMask(mask, inwinkWith({ packSize: null }))).toEqual([]);
  });

  it('is drift when a pack size that was unknown turns out to contradict the other side', () => {
    const unknown: Mask = { ...mask, rows: mask.rows.map((row) => ({ ...row, inwinkPackSize: null })) };

    expect(driftOfMask(unknown, products)).toEqual([]);
    expect(driftOfMask(unknown, inwinkWith({ packSize: 1 }))).toEqual([
      { ...bannerRow, side: 'inwink', code: 'pack-size', was: null, is: 1 },
    ]);
  });
});
