import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import type { MappingRules } from '../../mappings/planexpo-inwink/map-dossier';
import type { Mask } from '../../mappings/planexpo-inwink/mask/mask';

/** A plain validated dossier; a test names only what matters to it. */
export function sampleDossier(own: Partial<Dossier> = {}): Dossier {
  return {
    id: '48211',
    publicId: 'K7Q2',
    parentId: null,
    status: 'validated',
    isTest: false,
    company: { name: 'ACME' },
    items: [],
    updatedAt: '2026-11-02T09:00:00Z',
    ...own,
  };
}

/** A mask that maps `p-31` and `o-7`, and leaves `p-99` out on purpose. */
export const SAMPLE_MASK: Mask = {
  prerequisites: {
    salesOpenedOn: '2026-01-05',
    offerFrozen: true,
    planexpoManagerInformed: true,
    inwinkManagerInformed: true,
    planexpoEvent: 'expo-2027',
    inwinkEvent: 'a1',
    confirmedBy: 'Project manager',
    confirmedOn: '2026-01-06',
  },
  rows: [maskRow(4, 'p-31', 'inwink-banner'), maskRow(5, 'o-7', 'inwink-free-banner')],
  unmapped: [{ row: 6, planexpoId: 'p-99', planexpoName: 'Carpet' }],
};

export function sampleRules(own: Partial<MappingRules> = {}): MappingRules {
  return {
    mask: SAMPLE_MASK,
    brokenRows: [],
    inheritPlacement: 'never',
    parent: null,
    defaultRegion: 'FR',
    ...own,
  };
}

function maskRow(row: number, planexpoId: string, inwinkId: string): Mask['rows'][number] {
  return {
    row,
    planexpoId,
    planexpoName: planexpoId,
    planexpoPackSize: 1,
    inwinkId,
    inwinkName: inwinkId,
    inwinkPackSize: 1,
  };
}
