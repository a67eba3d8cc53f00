import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { diffMapping } from '../../../mappings/weavy-webmecanik/diff-mapping';
import { MAPPED_OBJECTS } from '../../../mappings/weavy-webmecanik/mapped-objects';
import { Refusal } from '../../../operations/refusal';
import { syncOfPair } from '../../../operations/syncs';
import { draftMapping } from '../../../operations/weavy-webmecanik/mapping-draft';
import { mappingFields } from '../../../operations/weavy-webmecanik/mapping-fields';
import { previewMapping } from '../../../operations/weavy-webmecanik/mapping-preview';
import { mappingStanding, mappingVersions } from '../../../operations/weavy-webmecanik/mapping-standing';
import { requireRole } from '../../access/require-role';
import { formOf as receivedForm } from '../../form';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { viewOf } from '../view';
import { DraftPage } from './draft-page';
import { mountMappingChanges } from './mapping-changes';
import { MappingPage } from './mapping-page';
import { documentWith, formOf, issueText, type ObjectForm, openChoices, readForm } from './object-form';
import { ObjectPage } from './object-page';
import { seenDraft } from './seen-draft';
import { MAPPING_WORDS } from './words';

const VERSIONS = 20;
const objectSchema = z.enum(MAPPED_OBJECTS);
const querySchema = z.object({
  live: z.literal('1').optional().catch(undefined),
  after: z.coerce.number().int().positive().optional().catch(undefined),
});

/** Mapping (weavy <-> Webmecanik): what is in force, a form per object, the draft with its check and its preview. */
export function mountMapping(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get('/syncs/:sync/mapping', async (c) => {
    const { context, sync } = asked(c, parts);
    const { live, after } = querySchema.parse(c.req.query());
    const standing = await mappingStanding(context, sync);
    const [found, versions] = await Promise.all([
      mappingFields(context, sync, standing.mapping, live === undefined ? 'stored' : 'live'),
      mappingVersions(context, sync, { before: after, limit: VERSIONS }),
    ]);
    return show(
      c,
      { title: MAPPING_WORDS[c.get('language')].title, crumbs: [{ label: sync, href: paths.sync(sync) }] },
      <MappingPage
        view={viewOf(c)}
        sync={sync}
        standing={standing}
        found={found}
        versions={versions}
        after={after}
      />,
    );
  });
  pages.get('/syncs/:sync/mapping/draft', (c) => showDraft(c, parts));
  pages.get('/syncs/:sync/mapping/:object{companies|contacts|inbounds}', (c) => showObject(c, parts, null));
  pages.post('/syncs/:sync/mapping/:object{companies|contacts|inbounds}', requireRole('operate'), (c) =>
    saveObject(c, parts),
  );
  mountMappingChanges(pages, parts);
}

/** What every page of a mapping begins with. Rejects for a sync of another pair. */
function asked(c: Context<ServiceEnv>, parts: ServiceParts) {
  const context = operationContext(parts, c.get('principal'));
  const sync = c.req.param('sync') ?? '';
  syncOfPair(context.configuration, sync, 'weavy-webmecanik');
  return { context, sync };
}

async function showDraft(c: Context<ServiceEnv>, parts: ServiceParts) {
  const { context, sync } = asked(c, parts);
  const words = MAPPING_WORDS[c.get('language')];
  const { draft, sha256, mapping } = await mappingStanding(context, sync);
  if (draft === null) return goTo(c, paths.mapping(sync), { kind: 'calm', text: words.draftNone });
  const [found, preview] = await Promise.all([
    mappingFields(context, sync, draft.mapping, 'live'),
    previewMapping(context, sync, draft.mapping),
  ]);
  return show(
    c,
    { title: words.draft, crumbs: crumbsOf(c, sync) },
    <DraftPage
      view={viewOf(c)}
      sync={sync}
      draft={draft}
      isStale={draft.basedOn !== sha256}
      differences={diffMapping(mapping, draft.mapping)}
      found={found}
      preview={preview}
    />,
  );
}

interface NotKept {
  form: ObjectForm;
  refusals: string[];
  status: 409 | 422;
}

async function showObject(c: Context<ServiceEnv>, parts: ServiceParts, notKept: NotKept | null) {
  const { context, sync } = asked(c, parts);
  const object = objectSchema.parse(c.req.param('object'));
  const { live } = querySchema.parse(c.req.query());
  const { draft, mapping: inForce } = await mappingStanding(context, sync);
  const mapping = draft?.mapping ?? inForce;
  const found = await mappingFields(context, sync, mapping, live === undefined ? 'stored' : 'live');
  const title = MAPPING_WORDS[c.get('language')].objects[object].name;
  return show(
    c,
    { title, crumbs: crumbsOf(c, sync), status: notKept?.status ?? 200 },
    <ObjectPage
      view={viewOf(c)}
      sync={sync}
      object={object}
      mapping={mapping}
      draft={draft}
      form={notKept?.form ?? formOf(object, mapping)}
      found={found}
      refusals={notKept?.refusals ?? []}
    />,
  );
}

/** Keeps what was sent as the draft, or shows it again with what is open. */
async function saveObject(c: Context<ServiceEnv>, parts: ServiceParts) {
  const { context, sync } = asked(c, parts);
  const language = c.get('language');
  const object = objectSchema.parse(c.req.param('object'));
  const body = await receivedForm(c);
  const form = readForm(object, body);
  const open = openChoices(object, form, language);
  if (open.length > 0) return showObject(c, parts, { form, refusals: open, status: 422 });
  const { draft, mapping } = await mappingStanding(context, sync);
  const document = documentWith(draft?.mapping ?? mapping, object, form);
  const issues = await draftMapping(context, sync, document, seenDraft(body)).catch(notAsSeen);
  if (issues === 'not-as-seen') {
    const refusals = [MAPPING_WORDS[language].draftMoved];
    return showObject(c, parts, { form, refusals, status: 409 });
  }
  if (issues.length > 0) {
    const refusals = issues.map((issue) => issueText(issue, form, language));
    return showObject(c, parts, { form, refusals, status: 422 });
  }
  return goTo(c, `${paths.mapping(sync)}/draft`, { kind: 'good', text: MAPPING_WORDS[language].draftSaved });
}

/** Somebody else worked on the draft: what was sent is shown again, to be sent once more by whoever has seen that. */
function notAsSeen(error: unknown): 'not-as-seen' {
  if (error instanceof Refusal && error.kind === 'conflict') return 'not-as-seen';
  throw error;
}

function crumbsOf(c: Context<ServiceEnv>, sync: string) {
  return [
    { label: sync, href: paths.sync(sync) },
    { label: MAPPING_WORDS[c.get('language')].title, href: paths.mapping(sync) },
  ];
}
