import type { CirkwiEntry } from './code-list';

/** PIVOT's offer types (`idTypeOffre`, documented) -> Cirkwi's POI categories. */
const POI_CATEGORIES: ReadonlyMap<number, CirkwiEntry> = new Map([
  [1, { id: 3, name: 'Hebergements - Hôtels', source: 'same-name' }], // HTL
  [2, { id: 1, name: 'Hebergements - Gîtes', source: 'same-name' }], // GIT
  [3, { id: 2, name: 'Hebergements - Ch. d hôtes', source: 'same-name' }], // CHB
  [4, { id: 99, name: 'Hebergements - Autres', source: 'assumed' }], // MBL
  [5, { id: 17, name: 'Hebergements - Campings', source: 'same-name' }], // CMP
  [6, { id: 99, name: 'Hebergements - Autres', source: 'assumed' }], // BDG
  [7, { id: 39, name: 'Hebergements - Centres de vacances', source: 'assumed' }], // VLG
  [9, { id: 19, name: 'Evènements - Autres', source: 'assumed' }], // EVT
  [11, { id: 29, name: 'Lieux d intérêts - Divers', source: 'assumed' }], // ALD
  [12, { id: 99, name: 'Hebergements - Autres', source: 'assumed' }], // GTR
  [14, { id: 23, name: 'Informations - Offices de tourisme', source: 'assumed' }], // OGT
  [258, { id: 48, name: 'Producteurs et Artisants - Produit de la ferme', source: 'assumed' }], // PRD
  [259, { id: 60, name: 'Producteurs et Artisants - Artisants', source: 'same-name' }], // ATS
  [260, { id: 80, name: 'Services et Commerces - Commerces', source: 'assumed' }], // BTQ
  [261, { id: 5, name: 'Restauration - Restaurants', source: 'same-name' }], // RST
  [269, { id: 29, name: 'Lieux d intérêts - Divers', source: 'assumed' }], // POI
]);

/** Cirkwi's category of an offer type; null when unknown. */
export function poiCategory(type: number): CirkwiEntry | null {
  return POI_CATEGORIES.get(type) ?? null;
}
