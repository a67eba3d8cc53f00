import type { SimReply, SimRequest } from '../core/http-message';
import type { ObjectKind } from './feed-reader';
import type { CirkwiObject } from './object-table';
import { badRequest, xmlReply } from './problems';
import type { CirkwiWorld } from './world';
import { childNamed, element, type XmlElement } from './xml-element';

/** Assumed. */
const DEFAULT_ROWS = 100;
const MOST_ROWS = 1000;

/**
 * The feed that Cirkwi hands to others: every object of the account, imported ones too. `first` and `rows` cut a page,
 * `rows=0` gives the listing alone, `end-time` (Unix seconds) only what was modified since, that second included. The
 * listing names the objects of the page, and all of them with `rows=0` (assumed: the examples do not tell).
 */
export function outgoingFeed(world: CirkwiWorld, kind: ObjectKind, request: SimRequest): SimReply {
  const first = wholeNumber(request, 'first', 0);
  const rows = Math.min(wholeNumber(request, 'rows', DEFAULT_ROWS), MOST_ROWS);
  const since = wholeNumber(request, 'end-time', 0);
  const found = request.findsNothing
    ? []
    : world.objects[kind].all().filter((object) => object.modifiedAt >= since);
  const page = rows === 0 ? [] : found.slice(first, first + rows);
  const listed = rows === 0 ? found.slice(first) : page;
  const listing = element(
    'listing_ids',
    { nb_objects: String(found.length), first: String(first), rows: String(rows) },
    listed.map(({ id }) => element('id', {}, id)),
  );
  const origin = `http://${request.headers.host ?? ''}`;
  const shown = page.map((object) =>
    kind === 'circuit' ? outgoingCircuit(world, object, origin) : outgoingPoi(world, object, origin),
  );
  return xmlReply(200, element(`${kind}s`, { version: '2' }, [listing, ...shown]));
}

function wholeNumber(request: SimRequest, name: string, otherwise: number): number {
  const text = request.query.get(name);
  if (text === null) return otherwise;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw badRequest(`"${name}" is not a whole number.`);
}

/** Cirkwi groups what depends on the direction of the walk, private tags among it (documented by a sample). */
function outgoingCircuit(world: CirkwiWorld, object: CirkwiObject, origin: string): XmlElement {
  const track = object.track
    ? [
        element('fichier_trace', {
          url: `${origin}/fr/exporter-gpx/${object.id}_0`,
          info_parcours: 'false',
        }),
      ]
    : [];
  const direction = element('sens_circuit', { id: '1', label: 'aller_simple' }, [
    ...kept(object, 'adresse', 'distance', 'denivele_positif', 'denivele_negatif', 'tags_prives'),
    ...kept(object, 'infos_parcours', 'pois'),
    element('qrcodelink', {}, `${origin}/link/${object.id}`),
    shownOn(object),
  ]);
  return element('circuit', heading(world, object), [
    ...kept(object, 'informations', 'locomotions'),
    ...track,
    direction,
  ]);
}

function outgoingPoi(world: CirkwiWorld, object: CirkwiObject, origin: string): XmlElement {
  return element('poi', heading(world, object), [
    ...kept(object, 'categories', 'tags_prives', 'informations', 'adresse', 'dates'),
    element('qrcodelink', {}, `${origin}/link/${object.id}`),
    shownOn(object),
  ]);
}

/** The id is Cirkwi's; the provider's own is not shown, unless its code is (assumed: not public). */
function heading(world: CirkwiWorld, object: CirkwiObject): Record<string, string> {
  const { id, kind, codeCgt, createdAt, modifiedAt } = object;
  return {
    date_creation: String(createdAt),
    date_modification: String(modifiedAt),
    [`id_${kind}`]: id,
    id_utilisateur: world.account.user,
    ...(world.imports.echoCodeCgt && codeCgt !== null ? { code_cgt: codeCgt } : {}),
  };
}

function kept(object: CirkwiObject, ...names: string[]): XmlElement[] {
  return names.flatMap((name) => {
    const found = childNamed(object.element, name);
    return found && (found.children.length > 0 || found.text !== '') ? [found] : [];
  });
}

function shownOn(object: CirkwiObject): XmlElement {
  const {
    mobile = '1',
    cirkwi = '1',
    reseau = '0',
  } = childNamed(object.element, 'diffusion')?.attributes ?? {};
  return element('diffusion', { cirkwi, mobile, reseau, partage: '0' });
}
