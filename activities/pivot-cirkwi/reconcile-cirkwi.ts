import { offersOfEntries } from '../../db/reading';
import { textDifferences } from '../../mappings/pivot-cirkwi/compare-read-back';
import type { ShownObject } from '../../mappings/pivot-cirkwi/reconcile/reconcile-shown';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { cirkwiRules } from '../../platforms/cirkwi/rules';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import type { PivotCirkwiContext } from './context';

type Kind = 'circuit' | 'poi';

/** How often the listing is begun anew when it changes while it is read. */
const ATTEMPTS = 3;

/** Everything that Cirkwi shows, page by page: those that bear a mark of ours are answered, all of them counted. */
export async function readShown(
  context: PivotCirkwiContext,
): Promise<{ shown: ShownObject[]; circuits: number; pois: number }> {
  const circuits = await readKind(context, 'circuit');
  const pois = await readKind(context, 'poi');
  return { shown: [...circuits.shown, ...pois.shown], circuits: circuits.total, pois: pois.total };
}

async function readKind(
  context: PivotCirkwiContext,
  kind: Kind,
): Promise<{ shown: ShownObject[]; total: number }> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const whole = await readPages(context, kind);
    if (whole !== null) return whole;
  }
  throw new PlatformFailure(
    FailureKind.transient,
    `Cirkwi's list of ${kind}s changed again and again while it was read: half a reading is not compared`,
    { platform: 'cirkwi', operation: `list of ${kind}s` },
  );
}

/** Null when the list changed on the way: objects may have slipped from one page to another that was read before. */
async function readPages(
  context: PivotCirkwiContext,
  kind: Kind,
): Promise<{ shown: ShownObject[]; total: number } | null> {
  const shown: ShownObject[] = [];
  const ids = new Set<string>();
  const rows = cirkwiRules.maxRows;
  let total: number | null = null;
  for (let first = 0; total === null || first < total; first += rows) {
    const page = await context.target.list({ kind, first, rows }, callContext());
    if (total !== null && page.total !== total) return null;
    total = page.total;
    for (const { id } of page.entries) ids.add(id);
    shown.push(...(await ours(context, kind, page.entries)));
  }
  return ids.size === total ? { shown, total } : null;
}

async function ours(
  context: PivotCirkwiContext,
  kind: Kind,
  entries: readonly CirkwiEntry[],
): Promise<ShownObject[]> {
  const marks = entries.map(({ id, codeCgt, privateTags }) => ({ id, codeCgt, privateTags }));
  const known = await offersOfEntries(context.pool, context.slug, marks);
  const texts = new Map(entries.map((entry) => [entry.id, entry.texts]));
  return known.map(({ id, code, fields }) => ({
    id,
    code,
    kind,
    differing: fields === null ? [] : textDifferences(fields, texts.get(id) ?? {}),
  }));
}
