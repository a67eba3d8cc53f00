import type { Hono } from 'hono';
import { z } from 'zod';
import {
  draftVersion,
  dropDraft,
  followFile,
  keepMapping,
  putDraftInForce,
} from '../../../operations/weavy-webmecanik/mapping-draft';
import { requireRole } from '../../access/require-role';
import { formOf } from '../../form';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo } from '../show';
import { seenDraft } from './seen-draft';
import { MAPPING_WORDS } from './words';

/** The draft that was looked at; none of ours has a blank one. */
const putSchema = z.object({ sha256: z.string().catch('') });
const dropSchema = z.object({ sha256: z.string().optional().catch(undefined) });

/** What changes what is in force, or drops a draft: each a form of one button. */
export function mountMappingChanges(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const operate = requireRole('operate');

  pages.post('/syncs/:sync/mapping/draft/put-in-force', operate, async (c) => {
    const sync = c.req.param('sync');
    const { sha256 } = putSchema.parse(await formOf(c));
    const { version } = await putDraftInForce(operationContext(parts, c.get('principal')), sync, sha256);
    return goTo(c, paths.mapping(sync), {
      kind: 'good',
      text: MAPPING_WORDS[c.get('language')].putDone(version),
    });
  });

  pages.post('/syncs/:sync/mapping/draft/drop', operate, async (c) => {
    const sync = c.req.param('sync');
    const { sha256 } = dropSchema.parse(await formOf(c));
    await dropDraft(operationContext(parts, c.get('principal')), sync, sha256);
    return goTo(c, paths.mapping(sync), {
      kind: 'calm',
      text: MAPPING_WORDS[c.get('language')].draftDropped,
    });
  });

  pages.post('/syncs/:sync/mapping/versions/:version{[0-9]{1,9}}/draft', operate, async (c) => {
    const sync = c.req.param('sync');
    const version = Number(c.req.param('version'));
    const seen = seenDraft(await formOf(c));
    await draftVersion(operationContext(parts, c.get('principal')), sync, version, seen);
    return goTo(c, `${paths.mapping(sync)}/draft`, {
      kind: 'good',
      text: MAPPING_WORDS[c.get('language')].draftVersionDone(version),
    });
  });

  pages.post('/syncs/:sync/mapping/file/take', operate, async (c) => {
    const sync = c.req.param('sync');
    const { version } = await followFile(operationContext(parts, c.get('principal')), sync);
    return goTo(c, paths.mapping(sync), {
      kind: 'good',
      text: MAPPING_WORDS[c.get('language')].putDone(version),
    });
  });

  pages.post('/syncs/:sync/mapping/file/keep', operate, async (c) => {
    const sync = c.req.param('sync');
    await keepMapping(operationContext(parts, c.get('principal')), sync);
    return goTo(c, paths.mapping(sync), { kind: 'good', text: MAPPING_WORDS[c.get('language')].kept });
  });
}
