import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { type AuditListRow, listAccessAudit, listAudit } from '../../../db/lists/audit';
import { actorOf, listActors } from '../../../db/lists/audit-actors';
import type { Page } from '../../../db/lists/page';
import { requireRole } from '../../access/require-role';
import type { ServiceEnv, ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { viewOf } from '../view';
import { AccessPage } from './access-page';
import { askedOf, type Found, filterOf } from './asked';
import { accessPath } from './audit-tabs';
import { sendChanges } from './changes-export';
import { ChangesPage, exportPath } from './changes-page';
import { AUDIT_WORDS, type AuditWords } from './words';

type C = Context<ServiceEnv>;
const PAGE = 50;

/** Everything that was changed and by whom; for administrators, who was let in too. */
export function mountAudit(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get(paths.audit, (c) => changesPage(c, parts));
  pages.get(exportPath, (c) => changesFile(c, parts));
  pages.get(accessPath, requireRole('administer'), (c) => accessPage(c, parts));
}

const NOTHING: Page<AuditListRow> = { rows: [], next: null };

async function changesPage(c: C, parts: ServiceParts): Promise<Response> {
  const view = viewOf(c);
  const words = AUDIT_WORDS[view.language];
  const asked = askedOf(c);
  const found = await filterOf(parts, asked);
  const [page, actors] = await Promise.all([
    found.kind === 'filter'
      ? listAudit(parts.pool, { ...found.filter, before: asked.after, limit: PAGE })
      : NOTHING,
    listActors(parts.pool, 'changes'),
  ]);
  const syncs = Object.keys(parts.configuration.syncs);
  const actor = found.kind === 'filter' ? (found.filter.actor ?? null) : null;
  const changes = { asked, syncs, actors, actor, page, fault: faultOf(found, words) };
  return show(c, { title: words.title }, <ChangesPage view={view} changes={changes} />);
}

function faultOf(found: Found, words: AuditWords): string | null {
  switch (found.kind) {
    case 'filter':
      return null;
    case 'no-record':
      return words.noRecord;
    case 'which-sync':
      return words.whichSync(found.syncs.join(', '));
  }
}

async function changesFile(c: C, parts: ServiceParts): Promise<Response> {
  const found = await filterOf(parts, askedOf(c));
  if (found.kind === 'filter') return sendChanges(c, parts, found.filter);
  const text = faultOf(found, AUDIT_WORDS[viewOf(c).language]) ?? '';
  return goTo(c, paths.audit, { kind: 'warn', text });
}

const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined);
const accessSchema = z.object({
  act: z
    .string()
    .regex(/^[a-z-]{1,50}$/)
    .optional()
    .catch(undefined),
  /** An act of the person whose acts are wanted. */
  by: number,
  after: number,
});

async function accessPage(c: C, parts: ServiceParts): Promise<Response> {
  const view = viewOf(c);
  const asked = accessSchema.parse(c.req.query());
  const [actor, actors] = await Promise.all([
    asked.by === undefined ? null : actorOf(parts.pool, 'access', asked.by),
    listActors(parts.pool, 'access'),
  ]);
  const filter = { actor: actor ?? undefined, operation: asked.act, before: asked.after };
  const page = await listAccessAudit(parts.pool, { ...filter, limit: PAGE });
  const { title, access } = AUDIT_WORDS[view.language];
  return show(
    c,
    { title: access, crumbs: [{ label: title, href: paths.audit }] },
    <AccessPage view={view} asked={asked} actors={actors} actor={actor} page={page} />,
  );
}
