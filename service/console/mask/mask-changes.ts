import type { Hono } from 'hono';
import { putMaskInForce } from '../../../operations/masks';
import { dropUpload, putUploadInForce } from '../../../operations/planexpo-inwink/mask-upload';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { whenReachable } from '../reachable';
import { goTo } from '../show';
import { MASK_WORDS } from './words';

/** What changes the mask in force, or drops a workbook that waits: each a form of one button. */
export function mountMaskChanges(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const operate = requireRole('operate');

  pages.post('/syncs/:sync/mask/uploads/:upload{[0-9]{1,15}}/put-in-force', operate, async (c) => {
    const { sync, upload } = c.req.param();
    const language = c.get('language');
    const context = operationContext(parts, c.get('principal'));
    const version = await whenReachable(language, () =>
      putUploadInForce(context, sync, Number(upload), language),
    );
    return goTo(c, paths.mask(sync), { kind: 'good', text: MASK_WORDS[language].putDone(version) });
  });

  pages.post('/syncs/:sync/mask/uploads/:upload{[0-9]{1,15}}/drop', operate, async (c) => {
    const { sync, upload } = c.req.param();
    await dropUpload(operationContext(parts, c.get('principal')), sync, Number(upload));
    return goTo(c, paths.mask(sync), { kind: 'calm', text: MASK_WORDS[c.get('language')].dropped });
  });

  pages.post('/syncs/:sync/mask/versions/:version{[0-9]{1,9}}/put-in-force', operate, async (c) => {
    const { sync, version } = c.req.param();
    const language = c.get('language');
    const context = operationContext(parts, c.get('principal'));
    const put = await whenReachable(language, () => putMaskInForce(context, sync, Number(version)));
    return goTo(c, paths.mask(sync), { kind: 'good', text: MASK_WORDS[language].putDone(put.version) });
  });
}
