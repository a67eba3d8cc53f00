import type { Context, Hono } from 'hono';
import { diffMasks, exportMask, listMasks, maskFile } from '../../../operations/masks';
import { reviewUpload, uploadMask } from '../../../operations/planexpo-inwink/mask-upload';
import { Refusal } from '../../../operations/refusal';
import { syncOfPair } from '../../../operations/syncs';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { whenReachable } from '../reachable';
import { show } from '../show';
import { viewOf } from '../view';
import { DifferenceTable } from './difference-table';
import { mountMaskChanges } from './mask-changes';
import { MaskPage, PutAgain } from './mask-page';
import { RefusedUpload, ReviewPage } from './upload-page';
import { MASK_WORDS } from './words';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Mask (Planexpo -> Inwink): the workbook out and in, its problems by cell, what it would change, its versions. */
export function mountMask(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get('/syncs/:sync/mask', async (c) => {
    const { context, sync } = asked(c, parts);
    const versions = await listMasks(context, sync);
    return show(
      c,
      { title: MASK_WORDS[c.get('language')].title, crumbs: [{ label: sync, href: paths.sync(sync) }] },
      <MaskPage view={viewOf(c)} sync={sync} versions={versions} />,
    );
  });
  pages.get('/syncs/:sync/mask/export.xlsx', async (c) => {
    const { context, sync } = asked(c, parts);
    const language = c.get('language');
    const { workbook } = await whenReachable(language, () => exportMask(context, sync, language));
    return workbookReply(c, workbook, `${sync}-${language === 'fr' ? 'masque' : 'mask'}.xlsx`);
  });
  pages.get('/syncs/:sync/mask/versions/:file{[0-9]{1,9}\\.xlsx}', async (c) => {
    const { context, sync } = asked(c, parts);
    const version = Number.parseInt(c.req.param('file'), 10);
    return workbookReply(c, await maskFile(context, sync, version), `${sync}-v${version}.xlsx`);
  });
  pages.get('/syncs/:sync/mask/versions/:version{[0-9]{1,9}}', (c) => showDifference(c, parts));
  pages.get('/syncs/:sync/mask/uploads/:upload{[0-9]{1,15}}', (c) => showReview(c, parts));
  pages.post('/syncs/:sync/mask', requireRole('operate'), (c) => upload(c, parts));
  mountMaskChanges(pages, parts);
}

/** What every page of a mask begins with. Rejects for a sync of another pair. */
function asked(c: Context<ServiceEnv>, parts: ServiceParts) {
  const context = operationContext(parts, c.get('principal'));
  const sync = c.req.param('sync') ?? '';
  syncOfPair(context.configuration, sync, 'planexpo-inwink');
  return { context, sync };
}

function workbookReply(c: Context<ServiceEnv>, workbook: Buffer, name: string): Response {
  return c.body(new Uint8Array(workbook), 200, {
    'content-type': WORKBOOK,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}

/** A good workbook leads to its page, from which it is put in force; a bad one is answered with its problems. */
async function upload(c: Context<ServiceEnv>, parts: ServiceParts) {
  const { context, sync } = asked(c, parts);
  const language = c.get('language');
  const words = MASK_WORDS[language];
  const { file } = await c.req.parseBody();
  if (!(file instanceof File) || file.size === 0) throw new Refusal('invalid', words.noFile);
  const bytes = Buffer.from(await file.arrayBuffer());
  const check = await whenReachable(language, () => uploadMask(context, sync, bytes, language));
  if (check.upload !== null) return c.redirect(`${paths.mask(sync)}/uploads/${check.upload}`, 303);
  return show(
    c,
    { title: words.review, crumbs: crumbsOf(c, sync), status: 422 },
    <RefusedUpload view={viewOf(c)} sync={sync} check={check} />,
  );
}

async function showReview(c: Context<ServiceEnv>, parts: ServiceParts) {
  const { context, sync } = asked(c, parts);
  const language = c.get('language');
  const number = Number(c.req.param('upload'));
  const review = await whenReachable(language, () => reviewUpload(context, sync, number, language));
  return show(
    c,
    { title: MASK_WORDS[language].review, crumbs: crumbsOf(c, sync) },
    <ReviewPage view={viewOf(c)} sync={sync} review={review} />,
  );
}

/** What putting an earlier version in force again would change. */
async function showDifference(c: Context<ServiceEnv>, parts: ServiceParts) {
  const { context, sync } = asked(c, parts);
  const words = MASK_WORDS[c.get('language')];
  const version = Number(c.req.param('version'));
  const current = (await listMasks(context, sync)).find(({ inForce }) => inForce)?.version ?? version;
  const { differences } = await diffMasks(context, sync, current, version, c.get('language'));
  const view = viewOf(c);
  return show(
    c,
    { title: `${words.version} ${version}`, crumbs: crumbsOf(c, sync) },
    <section class="card stack">
      <DifferenceTable view={view} caption={words.between(current, version)} differences={differences} />
      {current !== version && <PutAgain view={view} sync={sync} version={version} />}
    </section>,
  );
}

function crumbsOf(c: Context<ServiceEnv>, sync: string) {
  return [
    { label: sync, href: paths.sync(sync) },
    { label: MASK_WORDS[c.get('language')].title, href: paths.mask(sync) },
  ];
}
