import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import type { CallContext } from '../budget';
import type { InwinkAccount } from './account';
import type { EntityKind, InwinkEntity } from './client';
import {
  EMAIL_FIELD,
  entityPageSchema,
  listQuery,
  paths,
  productPageSchema,
  type Search,
  searchBody,
} from './contract';
import { readAllPages } from './paged-read';
import { inwinkRules } from './rules';

/**
 * Everything whose `field` is one of `values`, in blocks. The answer is checked against the question: a platform that
 * ignored the filter would otherwise hand us strangers to adopt. E-mails compare without case and outer spaces.
 */
export async function findByValues(
  account: InwinkAccount,
  kind: EntityKind,
  field: string,
  values: string[],
  call?: CallContext,
): Promise<InwinkEntity[]> {
  const asked = [...new Set(values)];
  const wanted = new Set(asked.map((value) => comparable(field, value)));
  const found = new Map<string, InwinkEntity>();
  for (let start = 0; start < asked.length; start += inwinkRules.searchBlock) {
    const filter = { field, in: asked.slice(start, start + inwinkRules.searchBlock) };
    const items = await readAllPages(`POST /${kind}/query`, inwinkRules.maxPageSize, (page, size) =>
      search(account, kind, { filter, page, size }, call),
    );
    for (const item of items) {
      if (wanted.has(comparable(field, item.fields[field] ?? ''))) found.set(item.id, item);
    }
  }
  return [...found.values()];
}

function comparable(field: string, value: string | number | boolean): string {
  return field === EMAIL_FIELD ? String(value).trim().toLowerCase() : String(value);
}

/** One page of a kind, by time of change, starting at `updatedSince` (inclusive) when given. */
export async function listChanged(
  account: InwinkAccount,
  kind: EntityKind,
  query: { updatedSince?: string | undefined; page: number; size?: number | undefined },
  call?: CallContext,
): Promise<{ items: InwinkEntity[]; total: number }> {
  const filter =
    query.updatedSince === undefined ? undefined : { field: 'updatedOn', from: query.updatedSince };
  const size = Math.min(query.size ?? inwinkRules.pageSize, inwinkRules.maxPageSize);
  const reply = await search(account, kind, { filter, page: query.page, size }, call);
  return { items: reply.items, total: reply.page.total };
}

/** Every page of the product catalogue. */
export function listProducts(
  { http, event }: InwinkAccount,
  call?: CallContext,
): Promise<ProductDefinition[]> {
  return readAllPages('GET /product', inwinkRules.maxPageSize, (page, size) =>
    http.request({
      method: 'GET',
      path: paths.product(event),
      route: '/product',
      query: listQuery(page, size),
      repeatable: 'safe',
      schema: productPageSchema,
      ...call,
    }),
  );
}

function search({ http, event }: InwinkAccount, kind: EntityKind, body: Search, call?: CallContext) {
  return http.request({
    method: 'POST',
    path: paths.query(event, kind),
    route: `/${kind}/query`,
    body: { json: searchBody(body) },
    repeatable: 'safe',
    schema: entityPageSchema,
    ...call,
  });
}
