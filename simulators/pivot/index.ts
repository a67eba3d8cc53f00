import { z } from 'zod';
import { Refusal } from '../core/http-message';
import type { PersonChange, Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import { cirkwiRoutes } from './cirkwi-routes';
import { keyIdOf, refuseAccess } from './keys';
import { bytesOf } from './media';
import { mediaRoutes } from './media-routes';
import { MEDIA_TYPE, type PivotOffer, type PivotState, pivotStateSchema } from './offer';
import { offerRoutes } from './offer-routes';
import type { PivotSimulatorOptions } from './options';
import { splitPath } from './path-options';
import { changeKey, changeOffer, changeQuery } from './person-changes';
import { queryRoutes } from './query-routes';
import { problemReply } from './refusals';
import { pivotSummary } from './summary';
import { thesaurusRoutes } from './thesaurus-routes';
import { type PivotWorld, pivotWorld } from './world';

export type { PivotOffer, PivotState } from './offer';
export type { PivotSimulatorOptions } from './options';

/** Room for a file of 7.5 MB as base64 text, with its line breaks. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/**
 * PIVOT's web services, version 3.1, under `/PivotWeb-3.1`: searches with their change lists and frozen pages, offers
 * and media, files, thesaurus, the export for Cirkwi. Kinds for the control routes: `offers`, `media`, `keys`, `queries`. Actions:
 * `lose-reference` (`{"query"?}`) and `purge-uploads`.
 */
export async function startPivotSimulator(options: PivotSimulatorOptions): Promise<Simulator> {
  return startServer(pivotPlatform(options), options);
}

function pivotPlatform(options: PivotSimulatorOptions): Platform {
  const world = pivotWorld(options);
  let initial: PivotState = options.initial ?? { offers: [], queries: [] };
  world.load(initial);

  return {
    name: 'pivot',
    routes: [
      ...queryRoutes(world),
      ...mediaRoutes(world),
      ...thesaurusRoutes(world),
      ...offerRoutes(world),
      ...cirkwiRoutes(world),
    ],
    maxBodyBytes: MAX_BODY_BYTES,
    splitPath,
    actions: actionsOf(world),
    clientOf: (headers, query) => keyIdOf(headers, query) ?? 'anonymous',
    refuseAccess: (headers, query) => refuseAccess(world, headers, query),
    problemReply,
    expire(what) {
      if (what === 'cursors') world.pages.expireAll();
      else world.keys.clear();
    },
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeRecord(world, kind, change),
    reset(given) {
      if (given !== undefined) initial = pivotStateSchema.parse(given);
      world.load(initial);
    },
    summary: () => pivotSummary(world),
  };
}

const loseSchema = z.object({ query: z.string().optional() }).default({});

function actionsOf(world: PivotWorld): NonNullable<Platform['actions']> {
  return {
    'lose-reference': async (body) => {
      const { query } = loseSchema.parse(body);
      const stored = query === undefined ? null : world.queries.get(query.toUpperCase());
      return { lost: world.feeds.loseReferences(stored === null ? null : (stored?.codeCgt ?? query ?? '')) };
    },
    'purge-uploads': async () => {
      const purged = world.uploads.size;
      world.uploads.clear();
      return { purged };
    },
  };
}

function recordsOf(world: PivotWorld, kind: string, id: string | null): readonly unknown[] | null {
  switch (kind) {
    case 'offers':
    case 'media': {
      const isOfKind = (offer: PivotOffer): boolean =>
        (offer.typeOffre.idTypeOffre === MEDIA_TYPE) === (kind === 'media');
      if (id === null) return [...world.offers.all()].filter(isOfKind);
      const offer = world.offers.get(id);
      return offer && isOfKind(offer) ? [withFileText(offer)] : [];
    }
    case 'keys':
      return [...world.keys.values()].filter((key) => id === null || key.id === id);
    case 'queries':
      return [...world.queries.values()].filter((query) => id === null || query.codeCgt === id);
    default:
      return null;
  }
}

/** A single media shows its file as text, however it is kept. */
function withFileText(offer: PivotOffer): PivotOffer {
  return offer.file === undefined ? offer : { ...offer, file: bytesOf(offer.file).toString('utf8') };
}

function changeRecord(world: PivotWorld, kind: string, change: PersonChange): unknown {
  switch (kind) {
    case 'offers':
    case 'media':
      return changeOffer(world, kind, change);
    case 'keys':
      return changeKey(world, change);
    case 'queries':
      return changeQuery(world, change);
    default:
      throw new Refusal({ status: 404, code: 'unknown-record', message: `PIVOT has no records "${kind}".` });
  }
}
