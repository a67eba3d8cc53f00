import type { Mask, MaskRow } from '../../../mappings/planexpo-inwink/mask/mask';
import { diffMasks, formatDifference } from '../../../mappings/planexpo-inwink/mask/mask-diff';

const prerequisites: Mask['prerequisites'] = {
  salesOpenedOn: '2026-09-01',
  offerFrozen: false,
  planexpoManagerInformed: true,
  inwinkManagerInformed: true,
  planexpoEvent: 'salon-2027',
  inwinkEvent: 'e-1',
  confirmedBy: null,
  confirmedOn: null,
};
const banner: MaskRow = {
  row: 2,
  planexpoId: 'p-31',
  planexpoName: 'Bannière web',
  planexpoPackSize: 10,
  inwinkId: 'i-banner',
  inwinkName: 'Bannière',
  inwinkPackSize: 10,
};
const badge: MaskRow = {
  ...banner,
  row: 3,
  planexpoId: 'p-32',
  planexpoName: 'Badge',
  inwinkId: 'i-badge',
  inwinkName: 'Badge',
};

function mask(rows: MaskRow[], answers: Partial<Mask['prerequisites']> = {}): Mask {
  return { prerequisites: { ...prerequisites, ...answers }, rows, unmapped: [] };
}

describe('two versions of a mask', () => {
  it('do not differ when rows only moved', () => {
    expect(
      diffMasks(
        mask([banner, badge]),
        mask([
          { ...badge, row: 2 },
          { ...banner, row: 9 },
        ]),
      ),
    ).toEqual([]);
  });

  it('differ in rows added, removed and changed, told apart by the Planexpo id', () => {
    const moved = { ...banner, inwinkId: 'i-gift', inwinkName: 'Cadeau' };
    const talk = { ...badge, planexpoId: 'o-8' };

    expect(diffMasks(mask([banner, badge]), mask([moved, talk]))).toEqual([
      { kind: 'changed', planexpoId: 'p-31', before: banner, after: moved },
      { kind: 'removed', planexpoId: 'p-32', before: badge },
      { kind: 'added', planexpoId: 'o-8', after: talk },
    ]);
  });

  it.each([
    ['Planexpo name', { planexpoName: 'Autre' }],
    ['Planexpo pack size', { planexpoPackSize: null }],
    ['Inwink name', { inwinkName: 'Autre' }],
    ['Inwink pack size', { inwinkPackSize: 5 }],
  ])('differ when only the %s changed', (_, change) => {
    expect(diffMasks(mask([banner]), mask([{ ...banner, ...change }]))).toHaveLength(1);
  });

  it('differ in the answers of the first sheet', () => {
    expect(diffMasks(mask([]), mask([], { offerFrozen: true, confirmedBy: 'Direction' }))).toEqual([
      { kind: 'prerequisite', code: 'offerFrozen', before: false, after: true },
      { kind: 'prerequisite', code: 'confirmedBy', before: null, after: 'Direction' },
    ]);
  });
});

it('says each difference in one line', () => {
  const after = mask([{ ...banner, inwinkId: 'i-gift', inwinkName: 'Cadeau', inwinkPackSize: null }], {
    offerFrozen: true,
    confirmedBy: 'Direction',
  });
  const differences = diffMasks(mask([banner, badge]), after);

  expect(differences.map((difference) => formatDifference(difference, 'fr'))).toEqual([
    'Offre commerciale figée: non => oui',
    'Confirmé par (fonction): aucune réponse => Direction',
    'modifié: Bannière web (p-31, lot de 10) -> Bannière (i-banner, lot de 10) => Bannière web (p-31, lot de 10) -> Cadeau (i-gift)',
    'retiré: Badge (p-32, lot de 10) -> Badge (i-badge, lot de 10)',
  ]);
  const [added] = diffMasks(mask([]), mask([badge]));
  expect(added && formatDifference(added, 'en')).toBe(
    'added: Badge (p-32, pack of 10) -> Badge (i-badge, pack of 10)',
  );
});
