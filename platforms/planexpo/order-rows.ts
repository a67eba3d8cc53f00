import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import type { ReadRow } from './client';
import { type DossierContent, type ParsedRow, parseCoExhibitor, parseOrder } from './contract';

const EMBEDDED = '/co/';

/**
 * One row of a page as the dossiers it holds: the exhibitor, then the co-exhibitors embedded in it, each under the key
 * `<order id>/co/<co id>` (settled question 16). What cannot be read keeps its id where it has one, so that it is never
 * taken for deleted.
 */
export function readOrder(row: unknown): ReadRow[] {
  const order = parseOrder(row);
  const children = order.embedded.map(parseCoExhibitor);
  if (order.kind === 'read') {
    return [{ kind: 'dossier', dossier: order.value }, ...coExhibitors(order.value, children)];
  }
  const problems = ['co_exhibitors: the dossier that holds it cannot be read'];
  return [
    unreadable(order.id, order.problems),
    ...children.map((child) => unreadable(keyOf(order.id, child.id), problems)),
  ];
}

/** The order that holds an embedded co-exhibitor, when `id` is a key made by `readOrder`; else null. */
export function holderOf(id: string): string | null {
  const end = id.lastIndexOf(EMBEDDED);
  return end > 0 ? id.slice(0, end) : null;
}

function coExhibitors(holder: Dossier, children: ParsedRow<DossierContent>[]): ReadRow[] {
  const ids = children.map((child) => child.id);
  return children.flatMap((child, at): ReadRow[] => {
    if (child.id === null) return [unreadable(null, ['co_exhibitors: a co_id is missing'])];
    const key = `${holder.id}${EMBEDDED}${child.id}`;
    if (ids.indexOf(child.id) !== at) return [];
    // Which of the two is meant cannot be told, so neither is taken.
    if (ids.lastIndexOf(child.id) !== at) return [unreadable(key, ['co_id: used twice in this dossier'])];

    const own: ReadRow =
      child.kind === 'read'
        ? { kind: 'dossier', dossier: coExhibitor(holder, key, child.id, child.value) }
        : unreadable(key, child.problems);
    const nested = child.embedded.map((row) =>
      unreadable(keyOf(key, parseCoExhibitor(row).id), ['co_exhibitors: a co-exhibitor cannot have its own']),
    );
    return [own, ...nested];
  });
}

/** Status, version and dates are those of the dossier that holds it; nothing else is inherited here. */
function coExhibitor(holder: Dossier, key: string, coId: string, own: DossierContent): Dossier {
  return {
    id: key,
    publicId: `${holder.publicId}/${coId}`,
    parentId: holder.id,
    status: holder.status,
    isTest: holder.isTest,
    ...(holder.version === undefined ? {} : { version: holder.version }),
    updatedAt: holder.updatedAt,
    ...(holder.validatedAt === undefined ? {} : { validatedAt: holder.validatedAt }),
    ...own,
  };
}

function keyOf(holderId: string | null, coId: string | null): string | null {
  return holderId === null || coId === null ? null : `${holderId}${EMBEDDED}${coId}`;
}

function unreadable(id: string | null, problems: string[]): ReadRow {
  return { kind: 'unreadable', id, problems };
}
