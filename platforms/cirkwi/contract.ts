import { z } from 'zod';
import { LANGUAGES, type OfferLanguage } from '../../mappings/pivot-cirkwi/offer';
import { FailureKind } from '../failure';
import { UnreadableText } from '../http';
import type { ReadProblem } from '../problem';
import { readXml } from '../xml';
import type { CirkwiEntry } from './client';

// The only file that knows Cirkwi's wire form. The outgoing feed and the export of a track are as public programs use
// them (documented there); what each of them leaves open is marked assumed. The push is assumed throughout: Cirkwi
// publishes no such service.

export type CirkwiKind = CirkwiEntry['kind'];

/** The two feeds: where they are (the POIs' address is assumed, after that of the circuits) and what is in them. */
export const feeds = {
  circuit: { file: 'circuits.php', root: 'circuits', element: 'circuit', id: '@id_circuit' },
  poi: { file: 'pois.php', root: 'pois', element: 'poi', id: '@id_poi' },
} as const satisfies Record<CirkwiKind, unknown>;

/** Paths below the base address (the feeds) and below the site's (the track). */
export const paths = {
  feed: (user: string, code: string, kind: CirkwiKind) => ['flux', user, code, feeds[kind].file],
  /** `_0`: the first direction of a circuit (assumed meaning). */
  track: (id: string) => ['fr', 'exporter-gpx', `${id}_0`],
};

/** The parameters of a page. `end-time` means "changed since", whatever its name says (documented). */
export function feedQuery(
  widgetId: string,
  page: { first: number; rows: number; changedSince?: number | undefined },
): Record<string, string | undefined> {
  return {
    'widget-id': widgetId,
    first: String(page.first),
    rows: String(page.rows),
    'end-time': page.changedSince === undefined ? undefined : String(Math.floor(page.changedSince)),
  };
}

/** Elements that may be repeated. Everything else about their order and presence is left open. */
const LISTS = [
  'circuit',
  'poi',
  'id',
  'information',
  'tag_prive',
  'tags_prives',
  'sens_circuit',
  'fichier_trace',
];

/** An element of which only attributes and members matter: empty ones are read as text. */
const element = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? {} : value), schema);

/** The text of an element, with or without attributes. Mark-up that stands where text should is dropped. */
const leaf = z
  .union([z.string(), z.object({ '#text': z.string() }).transform((read) => read['#text'])])
  .catch('');

const trace = z.array(element(z.object({ '@url': z.string().optional() }))).optional();
/** The name as attribute, or as text as some producers write it (assumed). */
const privateTag = z.union([
  z.string(),
  z
    .object({ '@nom': z.string().optional(), '#text': z.string().optional() })
    .transform((read) => read['@nom'] ?? read['#text'] ?? ''),
]);
const privateTags = z.array(element(z.object({ tag_prive: z.array(privateTag).optional() }))).optional();
const information = element(
  z.object({ '@langue': z.string().optional(), titre: leaf.optional(), description: leaf.optional() }),
);

/** Circuits and POIs alike. Tags and track may stand in a direction (`sens_circuit`) of the circuit (documented). */
const object = z.object({
  '@id_circuit': z.string().optional(),
  '@id_poi': z.string().optional(),
  '@code_cgt': z.string().optional(),
  '@date_modification': z.string().optional(),
  // texts are for people to compare: odd ones do not cost the object
  informations: element(z.object({ information: z.array(information).optional() }))
    .optional()
    .catch({}),
  tags_prives: privateTags,
  fichier_trace: trace,
  sens_circuit: z.array(element(z.object({ tags_prives: privateTags, fichier_trace: trace }))).optional(),
});
type WireObject = z.infer<typeof object>;

const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** A page of the outgoing feed. */
export interface FeedPage {
  entries: CirkwiEntry[];
  /** Ids of the listing: all of them where `rows=0` was asked (assumed). */
  ids: string[];
  total: number;
  /** Where the page says that it starts; null when it does not say. */
  first: number | null;
}

/** A page without its count (`nb_objects`) is none: an empty feed says 0. */
export function feedPageSchema(kind: CirkwiKind): z.ZodType<FeedPage> {
  return z
    .object({
      listing_ids: z.object({
        '@nb_objects': count,
        '@first': count.optional(),
        id: z.array(leaf).optional(),
      }),
      circuit: z.array(object).optional(),
      poi: z.array(object).optional(),
    })
    .transform((page, context): FeedPage => {
      const { element: name, id } = feeds[kind];
      const entries = (page[name] ?? []).flatMap((read, at): CirkwiEntry[] => {
        const key = read[id] ?? '';
        if (key !== '') return [entryOf(kind, key, read)];
        context.issues.push({ code: 'custom', input: undefined, path: [name, at, id], message: 'missing' });
        return [];
      });
      const { '@nb_objects': total, '@first': first, id: ids } = page.listing_ids;
      return { entries, ids: (ids ?? []).filter((one) => one !== ''), total, first: first ?? null };
    });
}

/** Reads a page as XML of the right root; a page of another kind, or a web page, is unreadable. */
export function readFeed(kind: CirkwiKind): (text: string) => unknown {
  return (text) => {
    const { root, value } = readXml(text, { lists: LISTS });
    if (root === feeds[kind].root) return value;
    throw new UnreadableText(`not a list of ${feeds[kind].root}`);
  };
}

function entryOf(kind: CirkwiKind, id: string, read: WireObject): CirkwiEntry {
  const places = [read, ...(read.sens_circuit ?? [])];
  const tags = places.flatMap((place) => (place.tags_prives ?? []).flatMap((group) => group.tag_prive ?? []));
  const urls = places.flatMap((place) => (place.fichier_trace ?? []).map((file) => file['@url'] ?? ''));
  return {
    id,
    kind,
    codeCgt: read['@code_cgt'] || null,
    privateTags: [...new Set(tags)].filter((tag) => tag !== ''),
    modifiedAt: unixSeconds(read['@date_modification'] ?? ''),
    trackUrl: kind === 'circuit' ? (urls.find((url) => url !== '') ?? null) : null,
    texts: textsOf(read.informations?.information ?? []),
  };
}

/** `fr` in feeds, `fr_FR` elsewhere at Cirkwi (documented): the first of each language counts. */
function textsOf(informations: ReadonlyArray<z.infer<typeof information>>): CirkwiEntry['texts'] {
  const texts: CirkwiEntry['texts'] = {};
  for (const { '@langue': tag = '', titre: title = '', description = '' } of informations) {
    const language = LANGUAGES.find(
      (known): known is OfferLanguage => known === tag.slice(0, 2).toLowerCase(),
    );
    if (language !== undefined) texts[language] ??= { title, description };
  }
  return texts;
}

/** Unix seconds in every public sample; ISO 8601 with a zone is taken too (assumed). 0 stands for "unknown". */
function unixSeconds(text: string): number | null {
  if (/^\d{1,11}$/.test(text)) return Number(text) || null;
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  return parsed.success ? Math.floor(Date.parse(parsed.data) / 1000) : null;
}

export const trackSchema = z.instanceof(Uint8Array);

/**
 * Whether the site answered with a whole GPX file rather than a page or half a track. In any encoding, since the names
 * of elements are ASCII; whether the track is a good one is for the parser of tracks to say.
 */
export function isWholeGpx(bytes: Uint8Array): boolean {
  const ascii = (part: Uint8Array) => Buffer.from(part).toString('latin1').replaceAll('\u0000', '');
  return (
    /<(?:\w+:)?gpx[\s>/]/i.test(ascii(bytes.subarray(0, 64 * 1024))) &&
    /(?:<\/(?:\w+:)?gpx\s*|\/)>\s*$/i.test(ascii(bytes.subarray(-1024)))
  );
}

/**
 * The site says 404 for a circuit that it does not have (assumed); what page comes with it does not matter. It is public:
 * a page that it denies says nothing about our access.
 */
export const readSiteProblem: ReadProblem = (_body, status) => {
  if (status === 404 || status === 410) return { kind: FailureKind.missing };
  return status === 401 || status === 403 ? { kind: FailureKind.refusedRecord } : null;
};

/** The outgoing feed has no form of errors of its own. */
export const readFeedProblem: ReadProblem = () => null;

const failed = z.object({ '@statut': z.literal('erreur') });

/** Errors of the push are `<resultat statut="erreur" message=""/>` (assumed). The message is dropped: it may quote texts. */
export const readPushProblem: ReadProblem = (body) =>
  typeof body === 'string' && failed.safeParse(resultOf(body)).success ? {} : null;

/** `<resultat statut="ok" id="10925"/>` (assumed); answers Cirkwi's id. */
export const pushedSchema = z
  .object({ '@statut': z.literal('ok'), '@id': z.string().min(1) })
  .transform((read) => read['@id']);

export function readPushed(text: string): unknown {
  return readXml(text, { lists: [] }).value;
}

function resultOf(text: string): unknown {
  try {
    const { root, value } = readXml(text, { lists: [] });
    return root === 'resultat' ? value : null;
  } catch (error) {
    if (error instanceof UnreadableText) return null;
    throw error;
  }
}
