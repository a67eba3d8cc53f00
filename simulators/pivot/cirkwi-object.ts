import type { JsonObject } from '../core/value-path';
import { instantOf } from './brussels-time';
import type { PivotDocument } from './document';
import { type PivotOffer, specValue } from './offer';
import type { OfferView } from './offer-book';
import { isTrackMedia } from './offer-form';
import { CIRKWI, FIELD, LINK } from './urns';

export type CirkwiKind = 'circuits' | 'pois';

/** Members that the schema of the export has as attributes (documented). */
export const CIRKWI_ATTRIBUTES: PivotDocument['attributes'] = {
  circuits: ['version', 'count', 'itemsPerPage', 'pagesCount', 'token'],
  pois: ['version', 'count', 'itemsPerPage', 'pagesCount', 'token'],
  circuit: ['id_circuit', 'code_cgt', 'date_creation', 'date_modification', 'publie_cirkwi', 'publie_reseau'],
  poi: ['id_poi', 'code_cgt', 'date_creation', 'date_modification', 'publie_cirkwi', 'publie_reseau_cdf'],
  information: ['langue', 'publie'],
  pays: ['code_pays'],
  accessibilite: ['pmr', 'poussette'],
  fichier_trace: ['url'],
  locomotion: ['type', 'id_locomotion', 'difficulte', 'duree'],
  categorie: ['id_categorie'],
  diffusion: ['mobile', 'cirkwi', 'reseau'],
};

const LANGUAGES = [
  ['fr', ''],
  ['nl', 'nl:'],
  ['en', 'en:'],
  ['de', 'de:'],
] as const;

const LOCOMOTIONS = [
  ['ped', 'Marche', '2'],
  ['vtc', 'Velo_vtc', '3'],
  ['vtt', 'Vtt', '4'],
  ['equ', 'Cheval', '5'],
  ['velotour', 'Velo_route', '16'],
] as const;

const LEVELS = ['tresfacile', 'facile', 'moyen', 'difficile', 'tresdifficile'];

/**
 * An offer as PIVOT's own export for Cirkwi shows it. The schema is documented; which field goes where is not, so all of
 * that is assumed: it is an example to look at, not an oracle.
 */
export function cirkwiObject(offer: PivotOffer, view: OfferView, base: string): JsonObject {
  return offer.typeOffre.idTypeOffre === 8 ? circuit(offer, view, base) : poi(offer, view, base);
}

function circuit(offer: PivotOffer, view: OfferView, base: string): JsonObject {
  const km = Number((specValue(offer, 'urn:fld:dist') ?? '').replace(',', '.'));
  const track = linked(offer, view).find(isTrackMedia);
  const text = (urn: string): string => specValue(offer, urn) ?? '';
  return {
    id_circuit: offer.codeCgt,
    ...head(offer),
    publie_reseau: flag(offer, CIRKWI.network),
    informations: { information: informations(offer, view, base) },
    distance: Number.isFinite(km) ? String(Math.round(km * 1000)) : '',
    adresse: address(offer),
    auteur: '',
    accessibilite: {
      pmr: flag(offer, 'urn:fld:infusgpedpmr'),
      poussette: flag(offer, 'urn:fld:infusgpedpou'),
    },
    fichier_trace: { url: track ? `${base}/media/${track.codeCgt}` : undefined },
    tags_prives: {},
    locomotions: { locomotion: locomotions(offer) },
    infos_parcours: {},
    pois: { version: '2' },
    lien: '',
    altitude_minimum: text('urn:fld:altmin'),
    altitude_maximum: text('urn:fld:altmax'),
    denivele_positif: text('urn:fld:hdifmax'),
    denivele_negatif: text('urn:fld:hdifmin'),
    diffusion: { mobile: '1', cirkwi: flag(offer, CIRKWI.tag), reseau: flag(offer, CIRKWI.network) },
  };
}

function poi(offer: PivotOffer, view: OfferView, base: string): JsonObject {
  return {
    id_poi: offer.codeCgt,
    ...head(offer),
    publie_reseau_cdf: flag(offer, CIRKWI.network),
    categories: { categorie: [{ id_categorie: '29' }] },
    tags_prives: {},
    informations: { information: informations(offer, view, base) },
    adresse: address(offer),
    auteur: '',
    lien: specValue(offer, 'urn:fld:urlweb') ?? '',
    diffusion: { mobile: '1', cirkwi: flag(offer, CIRKWI.tag), reseau: flag(offer, CIRKWI.network) },
  };
}

function head(offer: PivotOffer): JsonObject {
  return {
    code_cgt: offer.codeCgt,
    date_creation: unixSeconds(offer.dateCreation),
    date_modification: unixSeconds(offer.dateModification),
    publie_cirkwi: flag(offer, CIRKWI.tag),
  };
}

function unixSeconds(date: string): string {
  return String(Math.floor((instantOf(date) ?? 0) / 1000));
}

function flag(offer: PivotOffer, urn: string): '0' | '1' {
  return specValue(offer, urn) === 'true' ? '1' : '0';
}

function informations(offer: PivotOffer, view: OfferView, base: string): JsonObject[] {
  const photos = linked(offer, view).filter((media) => !isTrackMedia(media));
  const images = photos.map((photo) => ({
    legende: photo.nom ?? '',
    url: `${base}/img/${photo.codeCgt}`,
    credit: specValue(photo, FIELD.credit) ?? '',
  }));
  return LANGUAGES.flatMap(([langue, prefix]) => {
    const title = langue === 'fr' ? offer.nom : specValue(offer, `${prefix}${FIELD.name}`);
    if (!title) return [];
    const description = specValue(offer, `${prefix}${FIELD.marketing}30`) ?? '';
    return [{ langue, publie: '1', titre: title, description, medias: { images: { image: images } } }];
  });
}

function linked(offer: PivotOffer, view: OfferView): PivotOffer[] {
  const links = (offer.relOffre ?? []).filter(
    ({ urn }) => urn === LINK.defaultMedia || urn === LINK.otherMedia,
  );
  return links.flatMap(({ offre }) => view.get(offre.codeCgt) ?? []);
}

function address({ adresse1 }: PivotOffer): JsonObject {
  const [place] = Array.isArray(adresse1?.localite) ? adresse1.localite : [];
  return {
    num: adresse1?.numero,
    rue: adresse1?.rue,
    ville: place?.value,
    cp: adresse1?.cp,
    pays: { code_pays: 'BE' },
    position: { lat: adresse1?.latitude, lng: adresse1?.longitude },
  };
}

function locomotions(offer: PivotOffer): JsonObject[] {
  return LOCOMOTIONS.flatMap(([tail, type, id]) => {
    const urn = `urn:fld:infusg${tail}`;
    if (specValue(offer, urn) !== 'true') return [];
    const level = LEVELS.indexOf(specValue(offer, `${urn}diff`)?.split(':').at(-1) ?? '') + 1;
    const minutes = Number(specValue(offer, `${urn}dur`) ?? 0) || 0;
    return [{ type, id_locomotion: id, difficulte: String(level), duree: String(minutes * 60) }];
  });
}
