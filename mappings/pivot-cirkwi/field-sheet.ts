import type { Language } from '../reason-types';

/** One line of the field table that people read. */
export interface SheetLine {
  /** Element or attribute of the feed. */
  cirkwi: string;
  /** Where its value comes from in PIVOT. */
  pivot: string;
  note: Readonly<Record<Language, string>>;
}

/** Which field of the feed is filled from which field of PIVOT, in the order of the documents. */
export const FIELD_SHEET: readonly SheetLine[] = [
  {
    cirkwi: 'id_circuit / id_poi, code_cgt, tag_prive',
    pivot: 'codeCgt',
    note: {
      fr: 'Le même code trois fois : quoi que Cirkwi renvoie, l’objet est reconnu.',
      en: 'The same code three times: whatever Cirkwi echoes, the object is recognised.',
    },
  },
  {
    cirkwi: 'circuit / poi',
    pivot: 'typeOffre',
    note: {
      fr: 'Le type 8 (itinéraire) devient un circuit, tout autre type un point d’intérêt.',
      en: 'Type 8 (itinerary) becomes a circuit, any other type a point of interest.',
    },
  },
  {
    cirkwi: 'date_creation, date_modification',
    pivot: 'dateCreation, dateModification',
    note: {
      fr: 'En secondes Unix ; la modification est la plus récente de l’offre, des photos envoyées et du tracé.',
      en: 'In Unix seconds; the modification is the latest of the offer, the photos sent and the track.',
    },
  },
  {
    cirkwi: 'publie_cirkwi, diffusion@cirkwi, diffusion@mobile',
    pivot: 'tag public « Cirkwi »',
    note: { fr: 'Le tag seul décide, pas le filtre.', en: 'The tag alone decides, not the filter.' },
  },
  {
    cirkwi: 'publie_reseau (poi : publie_reseau_cdf), diffusion@reseau',
    pivot: 'tag public « Réseau cdf »',
    note: { fr: 'Le tag seul décide, pas le filtre.', en: 'The tag alone decides, not the filter.' },
  },
  {
    cirkwi: 'information/titre',
    pivot: 'nom ; nl:, en:, de:urn:fld:nomofr',
    note: {
      fr: 'Le nom français est obligatoire ; une langue qui n’a qu’une description le reprend.',
      en: 'The French name is required; a language that only has a description takes it over.',
    },
  },
  {
    cirkwi: 'information/description',
    pivot: 'urn:fld:descmarket, sinon urn:fld:desccirc (+ nl:, en:, de:)',
    note: {
      fr: 'HTML conservé, sans scripts ni mise en forme propre à un site.',
      en: 'HTML is kept, without scripts and without the styling of another site.',
    },
  },
  {
    cirkwi: 'medias/images',
    pivot: 'urn:lnk:media:defaut, urn:lnk:media:autre (photos) ; crédit : urn:fld:copyr',
    note: {
      fr: 'Dix au plus, celle par défaut d’abord. Vidéos et documents ne sont pas envoyés.',
      en: 'Ten at most, the default one first. Videos and documents are not sent.',
    },
  },
  {
    cirkwi: 'tags_publics',
    pivot: 'urn:fld:famille, urn:fld:patrimoine, …',
    note: {
      fr: 'Par liste de correspondance ; un thème inconnu est laissé de côté et signalé une fois.',
      en: 'By a correspondence list; an unknown theme is left out and reported once.',
    },
  },
  {
    cirkwi: 'categories (poi)',
    pivot: 'typeOffre',
    note: {
      fr: 'Par liste de correspondance ; un type inconnu est laissé sans catégorie et signalé une fois.',
      en: 'By a correspondence list; an unknown type is left without a category and reported once.',
    },
  },
  {
    cirkwi: 'distance (m)',
    pivot: 'urn:fld:dist (km)',
    note: {
      fr: 'Multipliée par 1000 et arrondie ; 0 n’est pas envoyé.',
      en: 'Multiplied by 1000 and rounded; 0 is not sent.',
    },
  },
  {
    cirkwi: 'adresse',
    pivot: 'adresse1',
    note: {
      fr: 'Le départ d’un itinéraire ; Cirkwi n’a pas de champ pour l’arrivée.',
      en: 'The start of an itinerary; Cirkwi has no field for the arrival.',
    },
  },
  {
    cirkwi: 'accessibilite',
    pivot: 'urn:fld:acctransport, urn:fld:infusgpedpmr, urn:fld:infusgpedpou',
    note: {
      fr: '1 ou 0 ; absent quand PIVOT ne dit rien.',
      en: '1 or 0; absent where PIVOT says nothing.',
    },
  },
  {
    cirkwi: 'fichier_trace@url',
    pivot: 'média GPX (urn:val:typmed:gpx)',
    note: {
      fr: 'L’adresse est celle de Passerelle, qui sert le fichier vérifié ; celle de PIVOT n’est pas transmise.',
      en: 'The address is Passerelle’s, which serves the checked file; PIVOT’s is not handed on.',
    },
  },
  {
    cirkwi: 'locomotions',
    pivot: 'urn:fld:infusg… ; …diff ; …dur (minutes)',
    note: {
      fr: 'Pédestre et trail donnent Marche ; difficulté de 1 à 5, durée en secondes.',
      en: 'Walking and trail running give Marche; difficulty from 1 to 5, duration in seconds.',
    },
  },
  {
    cirkwi: 'lien',
    pivot: 'urn:fld:urlweb, sinon urn:fld:homepage',
    note: {
      fr: 'Adresse complétée en https:// si besoin ; une adresse invalide est laissée de côté.',
      en: 'Completed with https:// where needed; an invalid address is left out.',
    },
  },
  {
    cirkwi: 'altitude_minimum, altitude_maximum',
    pivot: 'urn:fld:altmin, urn:fld:altmax',
    note: { fr: 'En mètres.', en: 'In metres.' },
  },
  {
    cirkwi: 'denivele_positif, denivele_negatif',
    pivot: 'urn:fld:hdifmax, urn:fld:hdifmin',
    note: {
      fr: 'En mètres ; le dénivelé négatif est écrit avec un signe moins.',
      en: 'In metres; the descent is written with a minus sign.',
    },
  },
];
