/** Words for people and companies that do not exist. Numbers are from ranges kept free for fiction or for tests. */
export const FIRST_NAMES = [
  'Alix',
  'Béatrix',
  'Célio',
  'Dorine',
  'Élie-Noé',
  'Fanchon',
  'Gaspardine',
  'Hélio',
  'Isaure',
  'Jonquille',
  'Kléber',
  'Lubine',
  'Maïwenn',
  'Nestorine',
] as const;

export const LAST_NAMES = [
  'Fictivaud',
  'Imaginon',
  "D'Exemplaire",
  'Inventel',
  'Personnova',
  'Échantillon-Roy',
  'Modélin',
  'Prototin',
  'Spécimel',
  'Factissot',
  'Maquettier',
  'Simulac',
] as const;

export const COMPANY_STEMS = [
  'Exemplar Menuiserie',
  'Fictiva Énergies',
  'Maquette & Fils',
  'Atelier Prototype',
  'Groupe Spécimen',
  'Laboratoires Inventés',
  'Comptoir Imaginaire',
  'Démo Signalétique',
  'Échantillons Réunis',
  'Nova Factice',
] as const;

export const POSITIONS = [
  'Directrice commerciale',
  'Responsable salons',
  'Gérant',
  'Head of events',
  'Chargée de communication',
] as const;

export interface Place {
  line1: string;
  postalCode: string;
  city: string;
  /** As a form with a list would send it. */
  country: string;
  language: string;
  /** International, from a range that no one is given. */
  phonePrefix: string;
  phoneDigits: number;
}

export const PLACES = [
  {
    line1: 'rue du Modèle',
    postalCode: '75000',
    city: 'Paris',
    country: 'FR',
    language: 'fr',
    phonePrefix: '+33 1 99 00',
    phoneDigits: 4,
  },
  {
    line1: 'avenue de la Maquette',
    postalCode: '69000',
    city: 'Lyon',
    country: 'FR',
    language: 'fr',
    phonePrefix: '+33 4 65 71',
    phoneDigits: 4,
  },
  {
    line1: 'quai du Prototype',
    postalCode: '35000',
    city: 'Rennes',
    country: 'FR',
    language: 'fr',
    phonePrefix: '+33 2 61 91',
    phoneDigits: 4,
  },
  {
    line1: 'Sample Street',
    postalCode: 'EX1 0AA',
    city: 'Exampleton',
    country: 'GB',
    language: 'en',
    phonePrefix: '+44 20 7946',
    phoneDigits: 4,
  },
  {
    line1: 'Musterstraße',
    postalCode: '10000',
    city: 'Berlin',
    country: 'DE',
    language: 'de',
    phonePrefix: '+49 30 23125',
    phoneDigits: 3,
  },
  {
    line1: 'Voorbeeldlaan',
    postalCode: '1000',
    city: 'Bruxelles',
    country: 'BE',
    language: 'nl',
    phonePrefix: '+33 6 39 98',
    phoneDigits: 4,
  },
] as const satisfies readonly Place[];
