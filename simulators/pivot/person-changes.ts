import { z } from 'zod';
import { Refusal } from '../core/http-message';
import type { PersonChange } from '../core/platform';
import { type JsonObject, merged, withValueAt } from '../core/value-path';
import { pivotKeySchema } from './keys';
import { ARCHIVED, MEDIA_TYPE, type PivotOffer, pivotOfferSchema, pivotQuerySchema } from './offer';
import { archiveOffer } from './offer-writes';
import { readQuery } from './query-document';
import type { PivotWorld } from './world';

/** What an editor's form can do to lists without naming all of them. */
const formSchema = z.object({
  /** Urn -> value; null takes the field away, which no call can. */
  setSpec: z.record(z.string(), z.string().nullable()).optional(),
  link: z.array(z.object({ urn: z.string(), code: z.string() })).optional(),
  /** Codes of offers or media whose relations go. */
  unlink: z.array(z.string()).optional(),
});

/**
 * What an editor does in PIVOT itself, to an offer or to a media with its file (`file`: text). No validation: an editor
 * sees what the form allows. The date moves unless `keepUpdatedAt`, that of the record alone: a new file in a media
 * leaves those that refer to it as they were (documented). `delete` archives; of what is archived it leaves nothing.
 */
export function changeOffer(world: PivotWorld, kind: 'offers' | 'media', change: PersonChange): unknown {
  const code = codeOf(change);
  const before = world.offers.get(code);
  if (change.action !== 'upsert' && !before) throw unknown(code);
  if (change.action === 'delete' && before) {
    if (before.estActive === ARCHIVED) world.offers.remove(code);
    else archiveOffer(world, before);
    return null;
  }
  const { setSpec, link, unlink, ...value } = change.value ?? {};
  const form = formSchema.parse({ setSpec, link, unlink });
  const base = change.action === 'patch' && before ? merged(before, value) : defaults(world, kind, value);
  const edited = (change.unset ?? []).reduce<JsonObject>(
    (record, path) => withValueAt(record, path, undefined),
    base,
  );
  const offer = pivotOfferSchema.parse({ ...edited, codeCgt: before?.codeCgt ?? code });
  if ((offer.typeOffre.idTypeOffre === MEDIA_TYPE) !== (kind === 'media'))
    throw new Refusal({ status: 400, code: 'bad-request', message: `${code} is none of the ${kind}.` });
  const done = { ...withForm(offer, form), dateModification: dateAfter(world, before, change) };
  world.offers.put(done);
  return done;
}

/** A key that is disabled (`{"enabled": false}`), new, of another operator or scope. */
export function changeKey(world: PivotWorld, change: PersonChange): unknown {
  const id = change.id ?? '';
  if (change.action === 'delete') {
    world.keys.delete(id);
    return null;
  }
  const key = pivotKeySchema.parse({ ...world.keys.get(id), ...change.value, id });
  world.keys.set(id, key);
  return key;
}

/** A stored query that is new, searches for something else, or is gone. */
export function changeQuery(world: PivotWorld, change: PersonChange): unknown {
  const id = change.id ?? String(change.value?.codeCgt ?? '');
  if (change.action === 'delete') {
    world.queries.delete(id.toUpperCase());
    return null;
  }
  const before = world.queries.get(id.toUpperCase());
  const { operator, query } = pivotQuerySchema
    .partial({ query: true })
    .parse({ operator: before?.operator, ...change.value, codeCgt: id });
  const search = query === undefined ? before?.search : readQuery(query);
  if (!search) throw unknown(id);
  const stored = { codeCgt: before?.codeCgt ?? id, operator, search };
  world.queries.set(id.toUpperCase(), stored);
  return stored;
}

function codeOf(change: PersonChange): string {
  const code = change.id ?? change.value?.codeCgt;
  if (typeof code === 'string' && code !== '') return code;
  throw new Refusal({ status: 400, code: 'bad-request', message: 'The change needs an id (codeCgt).' });
}

function unknown(id: string): Refusal {
  return new Refusal({ status: 404, code: 'unknown-record', message: `There is no record "${id}".` });
}

function defaults(world: PivotWorld, kind: 'offers' | 'media', value: JsonObject): JsonObject {
  const now = world.nextDate(null);
  const type = kind === 'media' ? MEDIA_TYPE : 8;
  return {
    dateCreation: now,
    dateModification: now,
    estActive: 30,
    typeOffre: { idTypeOffre: type },
    ...value,
  };
}

function dateAfter(world: PivotWorld, before: PivotOffer | undefined, change: PersonChange): string {
  const given = change.value?.dateModification;
  if (typeof given === 'string') return given;
  if (change.keepUpdatedAt && before) return before.dateModification;
  return world.nextDate(before?.dateModification ?? null);
}

function withForm(
  offer: PivotOffer,
  { setSpec = {}, link = [], unlink = [] }: z.infer<typeof formSchema>,
): PivotOffer {
  const kept = (offer.spec ?? []).filter((spec) => !(spec.urn in setSpec));
  const set = Object.entries(setSpec).flatMap(([urn, value]) => (value === null ? [] : { urn, value }));
  const gone = new Set(unlink.map((code) => code.toUpperCase()));
  const links = (offer.relOffre ?? []).filter(({ offre }) => !gone.has(offre.codeCgt.toUpperCase()));
  const added = link.map(({ urn, code }) => ({ urn, offre: { codeCgt: code } }));
  return { ...offer, spec: [...kept, ...set], relOffre: [...links, ...added] };
}
