import type { OfferSlot } from './slots';

/** Places that do not exist, somewhere in Wallonia. */
export const VILLAGES = [
  'Fictignies',
  'Inventoy',
  'Modèlmont',
  'Protoville-la-Neuve',
  'Maquettes-lez-Bois',
  'Esquissart',
  "Exemplé-l'Abbaye",
  'Spécimont',
] as const;

const WALKS = [
  'Boucle du moulin',
  'Sentier des crêtes',
  'Promenade « au fil de l’eau »',
  'Tour du grand étang',
  'Chemin des sorbiers & des aulnes',
  'Ronde des trois clochers',
] as const;

const PLACES = [
  'Le Pont Vieux',
  'Chez la Mère Modèle',
  'Jardin des Essais',
  'Point de vue du Gabarit',
] as const;

const DUTCH = ['Molenlus', 'Pad van de kammen', 'Langs het water', 'Rond de grote vijver'] as const;
const ENGLISH = ['Mill loop', 'Ridge path', 'Along the water', 'Around the great pond'] as const;
const GERMAN = ['Mühlenrunde', 'Kammweg', 'Am Wasser entlang', 'Rund um den großen Weiher'] as const;

export interface SampleTexts {
  nom: string | null;
  /** Urn prefix (`nl:`, ...) -> name and HTML description; a language may lack either. */
  translations: Array<{ prefix: string; name: string | null; description: string | null }>;
  /** French HTML, as an editor writes it: with numeric entities. */
  description: string;
}

/** Names and texts in four languages, with gaps: every second in Dutch, every third in English, every fourth in German. */
export function sampleTexts({ kind, rank, special, random }: OfferSlot): SampleTexts {
  const village = VILLAGES[rank % VILLAGES.length] ?? VILLAGES[0];
  const stem = random.pick(kind === 'itinerary' ? WALKS : PLACES);
  const translated = (
    prefix: string,
    every: number,
    names: readonly [string, ...string[]],
    description: string,
  ): SampleTexts['translations'] => {
    if (rank % every !== 0 && special !== 'noFrenchName') return [];
    const isUntold = rank % (every * 3) === 0;
    return [
      { prefix, name: `${random.pick(names)} ${rank + 1}`, description: isUntold ? null : description },
    ];
  };
  return {
    nom: special === 'noFrenchName' ? null : `${stem} de ${village} ${rank + 1}`,
    translations: [
      ...translated('nl:', 2, DUTCH, '<p>Een rustige wandeling, zonder haast.</p>'),
      ...translated('en:', 3, ENGLISH, '<p>An easy outing, with no hurry.</p>'),
      ...translated('de:', 4, GERMAN, '<p>Ein gem&#252;tlicher Ausflug.</p>'),
    ],
    description: `<p>Une &#233;chapp&#233;e autour de ${village}&nbsp;: &#171;&#160;l&#8217;air pur&#160;&#187;.</p><ul><li>D&#233;part place du March&#233; n&#176;${1 + random.below(30)}</li></ul>`,
  };
}
