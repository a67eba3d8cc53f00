import type { Context } from 'hono';
import { type AuditFilter, type AuditListRow, listAudit } from '../../../db/lists/audit';
import { dateText } from '../../../operations/pivot-cirkwi/plan-note';
import { csvOf } from '../../export/csv';
import { sendFile } from '../../export/send-file';
import type { ServiceEnv, ServiceParts } from '../../parts';
import { type View, valueText, viewOf } from '../view';
import { AUDIT_WORDS, actRuleText, objectText } from './words';

type Cells = Array<string | number>;

/** Acts that are read at a time: nothing but one page of them is in memory. */
const PAGE = 1_000;

/** The acts as a file. */
export function sendChanges(c: Context<ServiceEnv>, parts: ServiceParts, filter: AuditFilter): Response {
  const view = viewOf(c);
  const { at, ...heads } = AUDIT_WORDS[view.language].heads;
  return sendFile(c, parts, {
    name: 'passerelle-audit.csv',
    type: 'text/csv; charset=utf-8',
    begin: () =>
      csvOf(
        { heads: [`${at} (${view.zone})`, ...Object.values(heads)], pages: pagesOf(parts, filter, view) },
        view.language,
      ),
  });
}

async function* pagesOf(
  { pool }: ServiceParts,
  filter: AuditFilter,
  view: View,
): AsyncGenerator<Cells[], void, undefined> {
  // the Swedish way to write a moment is the one that spreadsheets everywhere recognise: 2027-03-01 14:05:59
  const style = { dateStyle: 'short', timeStyle: 'medium', timeZone: view.zone } as const;
  const moment = new Intl.DateTimeFormat('sv-SE', style);
  let before: number | undefined;
  do {
    const { rows, next } = await listAudit(pool, { ...filter, before, limit: PAGE });
    if (rows.length > 0) yield rows.map((row) => cellsOf(row, view, moment));
    before = next ?? undefined;
  } while (before !== undefined);
}

/** In the order of the heads. */
function cellsOf(row: AuditListRow, { language }: View, moment: Intl.DateTimeFormat): Cells {
  const value = (held: unknown) => dateText(row.field ?? '', held) ?? valueText(held) ?? '';
  return [
    moment.format(row.at),
    row.sync,
    row.runId ?? '',
    row.actor ?? '',
    row.recordId ?? '',
    row.publicId ?? '',
    row.name ?? '',
    objectText(row.kind, language),
    row.targetId ?? '',
    AUDIT_WORDS[language].acts[row.operation] ?? row.operation,
    row.field ?? '',
    value(row.before),
    value(row.after),
    actRuleText(row.rule, language),
  ];
}
