import { isObject, merged } from '../core/value-path';
import { validated } from './audit';
import { mayUse, type PivotKey } from './keys';
import { MEDIA_EXTENSION, trackRelations } from './media';
import {
  ARCHIVED,
  BEING_EDITED,
  MEDIA_TYPE,
  type PivotOffer,
  type PivotRelation,
  type PivotSpec,
} from './offer';
import type { OfferEdit } from './offer-document';
import { refusal } from './refusals';
import { FIELD, MEDIA_KIND, OFFER_TYPES } from './urns';
import type { PivotWorld } from './world';

/** `POST /offer`. Type is needed; state, visibility and code are PIVOT's to give. Throws refusals. */
export function createOffer(world: PivotWorld, key: PivotKey, edit: OfferEdit): PivotOffer {
  const type = edit.type === undefined ? undefined : OFFER_TYPES.get(edit.type);
  if (edit.type === undefined || !type) throw refusal('bad-request', 'typeOffre is missing or unknown');
  const now = world.nextDate(null);
  const blank: PivotOffer = {
    codeCgt: newCode(world, type.code),
    dateCreation: now,
    dateModification: now,
    // Assumed: nothing is publishable unless it says so.
    estActive: edit.estActive ?? BEING_EDITED,
    visibilite: edit.visibilite ?? 10,
    typeOffre: { idTypeOffre: edit.type },
    operator: key.operator,
  };
  return stored(world, withEdit(world, key, blank, edit));
}

/** `PUT /offer/{code}`: only what is named changes; a field can be emptied, never removed. Throws refusals. */
export function updateOffer(
  world: PivotWorld,
  key: PivotKey,
  before: PivotOffer,
  edit: OfferEdit,
): PivotOffer {
  if (edit.type !== undefined && edit.type !== before.typeOffre.idTypeOffre)
    throw refusal('bad-request', 'the type of an offer cannot change');
  const { adresse1, adresse2, visibilite } = edit;
  const changed: PivotOffer = {
    ...before,
    ...(edit.estActive === undefined ? {} : { estActive: edit.estActive }),
    ...(visibilite === undefined ? {} : { visibilite }),
    ...(adresse1 ? { adresse1: merged(before.adresse1 ?? {}, adresse1) } : {}),
    ...(adresse2 ? { adresse2: merged(before.adresse2 ?? {}, adresse2) } : {}),
    dateModification: world.nextDate(before.dateModification),
  };
  return stored(world, withEdit(world, key, changed, { ...edit, adresse1: {}, adresse2: {} }));
}

/** `DELETE /offer/{code}`: into the archive; those that refer to it are touched (documented). */
export function archiveOffer(world: PivotWorld, offer: PivotOffer): void {
  world.offers.put({
    ...offer,
    estActive: ARCHIVED,
    dateModification: world.nextDate(offer.dateModification),
  });
  touchHolders(world, offer);
}

/** The holders of relations to an offer get a new date. */
export function touchHolders(world: PivotWorld, offer: PivotOffer): void {
  for (const { source } of [...world.offers.linksTo(offer.codeCgt)])
    world.offers.put({ ...source, dateModification: world.nextDate(source.dateModification) });
}

function stored(world: PivotWorld, offer: PivotOffer): PivotOffer {
  const result = validated(offer);
  world.offers.put(result);
  if (trackRelations(world, result) > 1) world.severalTracks.add(result.codeCgt);
  return result;
}

function withEdit(world: PivotWorld, key: PivotKey, offer: PivotOffer, edit: OfferEdit): PivotOffer {
  const upload = edit.specs.find((spec) => spec.urn === FIELD.mediaUrl && isUploadName(spec.value));
  const specs = edit.specs.reduce(withSpec, offer.spec ?? []);
  const relOffre = edit.relations.reduce(
    (links, change) => withRelation(world, key, links, change),
    offer.relOffre ?? [],
  );
  const edited: PivotOffer = {
    ...offer,
    ...(edit.nom === undefined ? {} : { nom: edit.nom }),
    ...(isObject(edit.adresse1) && !offer.adresse1 ? { adresse1: edit.adresse1 } : {}),
    ...(isObject(edit.adresse2) && !offer.adresse2 ? { adresse2: edit.adresse2 } : {}),
    spec: specs,
    relOffre,
  };
  return upload ? withUpload(world, edited, upload.value) : edited;
}

/** `urn:fld:descmarket` is computed: what is sent for it is passed over (assumed; documented as read-only). */
function withSpec(specs: readonly PivotSpec[], sent: PivotSpec): PivotSpec[] {
  if (/^((nl|en|de):)?urn:fld:descmarket$/.test(sent.urn)) return [...specs];
  const isKnown = specs.some((spec) => spec.urn === sent.urn);
  return isKnown
    ? specs.map((spec) => (spec.urn === sent.urn ? { ...spec, ...sent } : spec))
    : [...specs, sent];
}

function withRelation(
  world: PivotWorld,
  key: PivotKey,
  links: readonly PivotRelation[],
  { urn, code, operation }: OfferEdit['relations'][number],
): PivotRelation[] {
  const others = links.filter(
    (link) => link.urn !== urn || link.offre.codeCgt.toUpperCase() !== code.toUpperCase(),
  );
  if (operation === 'remove') return others; // one that is not there is removed already (assumed)
  const target = world.offers.get(code);
  if (!target) throw refusal('bad-request', `${code} cannot be linked: there is no such offer`);
  if (!mayUse(key, target)) throw refusal('foreign-record', code);
  return others.length < links.length ? [...links] : [...links, { urn, offre: { codeCgt: target.codeCgt } }];
}

const UPLOAD_NAME = /^pivotwebmedia-/;

function isUploadName(value: string): boolean {
  return UPLOAD_NAME.test(value);
}

/** The media takes the uploaded file, and its address becomes the file's own. Throws (400) when it was purged. */
function withUpload(world: PivotWorld, media: PivotOffer, name: string): PivotOffer {
  const file = world.uploads.get(name);
  if (media.typeOffre.idTypeOffre !== MEDIA_TYPE || file === undefined)
    throw refusal('bad-request', `there is no uploaded file ${name} for this offer`);
  world.uploads.delete(name);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const own = [
    {
      urn: FIELD.mediaUrl,
      type: 'URL',
      value: `{base}/medias/${media.codeCgt}/${media.codeCgt}.${extension}`,
    },
    { urn: FIELD.mediaKind, type: 'Choice', value: MEDIA_EXTENSION.get(extension) ?? MEDIA_KIND.doc },
  ];
  return { ...media, file, spec: own.reduce<PivotSpec[]>(withSpec, media.spec ?? []) };
}

function newCode(world: PivotWorld, letters: string): string {
  for (;;) {
    const number = world.nextNumber().toString(36).toUpperCase().padStart(4, '0');
    const code = `${letters}-SM-${number}`;
    if (!world.offers.get(code)) return code;
  }
}
