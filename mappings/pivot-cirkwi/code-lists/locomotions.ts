import type { Offer } from '../offer';
import type { CirkwiEntry } from './code-list';

type Usage = Offer['usages'][number]['usage'];

/**
 * PIVOT's ways of moving -> Cirkwi's locomotions. Cirkwi's list knows no trail running; other producers send it as
 * walking (documented), and so do we.
 */
export const LOCOMOTIONS: Readonly<Record<Usage, CirkwiEntry>> = {
  foot: { id: 2, name: 'Marche', source: 'same-name' },
  trail: { id: 2, name: 'Marche', source: 'documented' },
  horse: { id: 5, name: 'Cheval', source: 'same-name' },
  vtc: { id: 3, name: 'Velo_vtc', source: 'same-name' },
  vtt: { id: 4, name: 'Vtt', source: 'same-name' },
  'road-bike': { id: 16, name: 'Velo_route', source: 'assumed' },
};
