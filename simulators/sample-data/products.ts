import type { InwinkProduct } from '../inwink/state';
import type { PlanexpoProduct } from '../planexpo/order';

interface SampleProduct {
  planexpoId: string;
  planexpoName: string;
  kind: 'catalog' | 'free_option';
  packSize: number;
  unitLabel: string | null;
  /** The Inwink product it is mapped to; `null` = not part of the synchronisation. */
  inwinkName: string | null;
}

const PRODUCTS: readonly SampleProduct[] = [
  {
    planexpoId: 'p-31',
    planexpoName: 'Bannière web (pack de 10)',
    kind: 'catalog',
    packSize: 10,
    unitLabel: 'pack de 10',
    inwinkName: 'Bannières web x10',
  },
  {
    planexpoId: 'o-7',
    planexpoName: 'Bannière offerte',
    kind: 'free_option',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Bannière offerte',
  },
  {
    planexpoId: 'p-32',
    planexpoName: 'Badge exposant supplémentaire',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Badge exposant',
  },
  {
    planexpoId: 'p-33',
    planexpoName: 'Invitations client (pack de 50)',
    kind: 'catalog',
    packSize: 50,
    unitLabel: 'pack de 50',
    inwinkName: 'Invitations x50',
  },
  {
    planexpoId: 'p-34',
    planexpoName: 'Lecteur de badges',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Lecteur de badges',
  },
  {
    planexpoId: 'p-35',
    planexpoName: 'Mise en avant annuaire',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Annuaire : mise en avant',
  },
  {
    planexpoId: 'o-8',
    planexpoName: 'Rendez-vous d’affaires',
    kind: 'free_option',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Rendez-vous d’affaires',
  },
  {
    planexpoId: 'o-9',
    planexpoName: 'Atelier 30 min',
    kind: 'free_option',
    packSize: 1,
    unitLabel: null,
    inwinkName: 'Atelier',
  },
  {
    planexpoId: 'p-40',
    planexpoName: 'Mobilier',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: null,
  },
  // The same name twice, outside the mask: it must not matter there.
  {
    planexpoId: 'p-41',
    planexpoName: 'Mobilier',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: null,
  },
  {
    planexpoId: 'p-42',
    planexpoName: 'Électricité 3 kW',
    kind: 'catalog',
    packSize: 1,
    unitLabel: null,
    inwinkName: null,
  },
];

const DEFINED_AT = '2026-05-04T08:00:00Z';

export function inwinkProductId(planexpoId: string): string {
  const position = PRODUCTS.findIndex((product) => product.planexpoId === planexpoId);
  return `${(0xc0de_0000 + position * 0x1_0001).toString(16)}-77aa-f011-8e2b-0022480a1b2c`;
}

export function planexpoProducts(): PlanexpoProduct[] {
  return PRODUCTS.map(({ planexpoId, planexpoName, kind, packSize }) => ({
    product_id: planexpoId,
    name: planexpoName,
    kind,
    pack_size: packSize,
    active: true,
    updated_at: DEFINED_AT,
  }));
}

/** The mapped products under their Inwink names, and two that Planexpo knows nothing of. */
export function inwinkProducts(): InwinkProduct[] {
  const mapped = PRODUCTS.filter((product) => product.inwinkName !== null).map((product) => ({
    id: inwinkProductId(product.planexpoId),
    name: product.inwinkName ?? '',
    packSize: product.packSize,
    active: true,
  }));
  return [
    ...mapped,
    {
      id: 'beef0000-77aa-f011-8e2b-0022480a1b2c',
      name: 'Quota de prises de parole',
      packSize: null,
      active: true,
    },
    { id: 'beef0001-77aa-f011-8e2b-0022480a1b2c', name: 'Ancien pack 2025', packSize: 1, active: false },
  ];
}

/** What can be ordered, by place in a list that does not change. */
export const ORDERABLE: readonly SampleProduct[] = PRODUCTS;

export interface SampleMaskRow {
  planexpoId: string;
  planexpoName: string;
  inwinkId: string;
  inwinkName: string;
}

export function mappedProducts(): SampleMaskRow[] {
  return PRODUCTS.flatMap(({ planexpoId, planexpoName, inwinkName }) =>
    inwinkName === null
      ? []
      : [{ planexpoId, planexpoName, inwinkId: inwinkProductId(planexpoId), inwinkName }],
  );
}
