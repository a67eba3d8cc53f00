import type { CirkwiEntry } from './code-list';

/** Tails of PIVOT's theme urns -> Cirkwi's public tags. */
const PUBLIC_TAGS: Readonly<Record<string, CirkwiEntry>> = {
  famille: { id: 36, name: 'public_famille', source: 'same-name' },
  randonnee: { id: 31, name: 'style_randonnee', source: 'same-name' },
  balade: { id: 23, name: 'style_balade', source: 'same-name' },
  baladenature: { id: 22, name: 'thematique_balade_nature', source: 'same-name' },
  patrimoine: { id: 54, name: 'thematique_patrimoine', source: 'same-name' },
  foret: { id: 5, name: 'style_foret', source: 'same-name' },
  campagne: { id: 3, name: 'style_campagne', source: 'same-name' },
  ville: { id: 4, name: 'style_ville', source: 'same-name' },
  insolite: { id: 28, name: 'style_insolite', source: 'same-name' },
  terroir: { id: 30, name: 'style_terroir', source: 'same-name' },
  artisanat: { id: 19, name: 'thematique_artisanat', source: 'same-name' },
  historique: { id: 20, name: 'thematique_historique', source: 'same-name' },
  religieux: { id: 21, name: 'thematique_religieux', source: 'same-name' },
  culturel: { id: 17, name: 'thematique_culturel', source: 'same-name' },
  culture: { id: 17, name: 'thematique_culturel', source: 'assumed' },
  histoire: { id: 20, name: 'thematique_historique', source: 'assumed' },
  bordeau: { id: 18, name: 'thematique_bord_eau', source: 'assumed' },
  gastronomie: { id: 51, name: 'thematique_gastronomique', source: 'assumed' },
  memoire: { id: 57, name: 'thematique_tourismedememoire', source: 'assumed' },
  nature: { id: 22, name: 'thematique_balade_nature', source: 'assumed' },
  sportif: { id: 47, name: 'public_sportifs', source: 'assumed' },
};

/** Themes that say what stands along the way, for which Cirkwi has no tag: nothing is missing from its list. */
const WITHOUT_TAG: ReadonlySet<string> = new Set(['abris', 'taborient']);

/** Cirkwi's tag of a theme, whatever its case; null when unknown. */
export function publicTag(theme: string): CirkwiEntry | null {
  const tail = theme.toLowerCase();
  return Object.hasOwn(PUBLIC_TAGS, tail) ? (PUBLIC_TAGS[tail] ?? null) : null;
}

/** A theme that is known to have no counterpart among Cirkwi's tags. */
export function hasNoTag(theme: string): boolean {
  return WITHOUT_TAG.has(theme.toLowerCase());
}
