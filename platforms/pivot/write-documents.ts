import { escapeXml } from '../../mappings/gpx/escape-xml';
import {
  fields,
  GPX_KIND,
  LOCAL_VISIBILITY,
  links,
  MEDIA_TYPE,
  NAMESPACE,
  PUBLISHABLE,
  REMOVED,
} from './contract';

/** What is sent to PIVOT is XML, whatever form its answers have: the form of its documented examples. */
export interface SentDocument {
  raw: string;
  type: 'application/xml';
}

/** Everything that a stored query selects, without calling the stored query itself. */
export function wholeQuery(queryId: string): SentDocument {
  return query(`<CriteriaQuery><value>${escapeXml(queryId)}</value></CriteriaQuery>`);
}

/** Media of exactly this name (that `equal` compares whole names is assumed). */
export function mediaNamed(name: string): SentDocument {
  return query(equal(fields.offerType, String(MEDIA_TYPE)) + equal(fields.name, name));
}

/** A media of kind gpx that takes over an uploaded file. `locality` is PIVOT's own id of the place; null sends none. */
export function trackMedia(media: { name: string; file: string; locality: string | null }): SentDocument {
  return offer(
    `<nom>${escapeXml(media.name)}</nom>` +
      `<estActive>${PUBLISHABLE}</estActive><visibilite>${LOCAL_VISIBILITY}</visibilite>` +
      `<typeOffre idTypeOffre="${MEDIA_TYPE}"/>` +
      (media.locality === null ? '' : `<adresse1><idIns>${escapeXml(media.locality)}</idIns></adresse1>`) +
      spec(fields.mediaKind, GPX_KIND) +
      spec(fields.mediaUrl, media.file),
  );
}

/** A partial update: what is not named stays as it is. */
export function relations(change: {
  link: string | null;
  unlink: ReadonlyArray<{ urn: string; code: string }>;
}): SentDocument {
  const linked = change.link === null ? '' : relation(links.otherMedia, change.link, '');
  const unlinked = change.unlink.map(({ urn, code }) => relation(urn, code, ` operation="${REMOVED}"`));
  return offer(linked + unlinked.join(''));
}

function query(criteria: string): SentDocument {
  return document(
    `<Query xmlns="${NAMESPACE}"><CriteriaGroup type="and">${criteria}</CriteriaGroup></Query>`,
  );
}

function equal(field: string, value: string): string {
  return `<CriteriaField field="${field}" operator="equal" target="value"><value>${escapeXml(value)}</value></CriteriaField>`;
}

function offer(members: string): SentDocument {
  return document(`<offres xmlns="${NAMESPACE}" count="1"><offre>${members}</offre></offres>`);
}

function spec(urn: string, value: string): string {
  return `<spec urn="${urn}"><value>${escapeXml(value)}</value></spec>`;
}

function relation(urn: string, code: string, operation: string): string {
  return `<relOffre urn="${escapeXml(urn)}"${operation}><offre codeCgt="${escapeXml(code)}"/></relOffre>`;
}

function document(body: string): SentDocument {
  return { raw: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`, type: 'application/xml' };
}
