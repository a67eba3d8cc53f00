import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CrmStack, startCrmTestStack } from '../../harness/crm-stack';
import { ROOT } from '../../setup/run-script';
import { type ServedApi, serveApi } from './api-client';

let stack: CrmStack;
let api: ServedApi;
let path: string;
// biome-ignore lint/suspicious/noExplicitAny: the document as people write it
let document: any;

beforeAll(async () => {
  stack = await startCrmTestStack({ records: 12 });
  api = await serveApi({ ...stack, databaseUrl: stack.variables.DATABASE_URL ?? '' });
  path = `/syncs/${stack.sync}/mapping`;
  document = parse(await readFile(join(ROOT, 'deploy', 'crm-mapping.yaml'), 'utf8'));
});
afterAll(async () => {
  await api?.stop();
  await stack?.stop();
});

const operate = (request: string, body?: unknown) => api.ask(request, { as: 'operate', body });

describe('a mapping', () => {
  it('is changed in a draft, put in force as it was looked at, and follows the configuration again', async () => {
    const changed = structuredClone(document);
    changed.contacts.fields.find((pair: { weavy: string }) => pair.weavy === 'jobTitle').direction =
      'toMautic';

    const drafted = await operate(`PUT ${path}/draft`, changed);
    expect(drafted.body).toMatchObject({
      by: 'token:operate',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await operate(`GET ${path}/draft/preview`)).body).toMatchObject({ sha256: drafted.body.sha256 });
    expect((await operate(`POST ${path}/put-in-force`, { sha256: 'a'.repeat(64) })).status).toBe(409);
    const done = await operate(`POST ${path}/put-in-force`, { sha256: drafted.body.sha256 });
    expect(done.body.differences).toEqual([
      expect.objectContaining({ kind: 'pair-changed', object: 'contacts', weavy: 'jobTitle' }),
    ]);

    const standing = (await operate(`GET ${path}`)).body;
    expect(standing).toMatchObject({ sha256: drafted.body.sha256, file: 'aside', draft: null });
    const versions = (await operate(`GET ${path}/versions`)).body;
    expect(versions.items[0]).toMatchObject({
      version: done.body.version,
      origin: 'console',
      by: 'token:operate',
    });

    expect((await operate(`POST ${path}/follow-file`)).status).toBe(200);
    expect((await operate(`GET ${path}`)).body.file).toBe('leads');
  });

  it('that contradicts itself, or does not fit both sides, is told by place and not kept', async () => {
    const twice = structuredClone(document);
    twice.contacts.fields.push({ weavy: 'email', mautic: 'email2' });
    const refused = await operate(`PUT ${path}/draft`, twice);
    expect([refused.status, refused.body.problems]).toEqual([
      422,
      [expect.objectContaining({ field: expect.stringMatching(/^contacts\.fields\.\d+\.weavy$/) })],
    ]);
    expect((await operate(`PUT ${path}/draft`, { contacts: 'all' })).status).toBe(400);
    expect((await operate(`GET ${path}`)).body.draft).toBeNull();

    const unknown = structuredClone(document);
    unknown.contacts.fields.push({ weavy: 'noSuchField', mautic: 'firstname2' });
    const checked = await operate(`POST ${path}/check`, { mapping: unknown });
    expect(checked.body.ok).toBe(false);
    expect(checked.body.problems.map(({ code }: { code: string }) => code)).toContain('field-unknown');
    expect((await operate(`POST ${path}/check`, {})).body.ok).toBe(true);
  });

  it('has the fields of both sides beside it, in parts', async () => {
    const first = (await operate(`GET ${path}/fields?limit=3`)).body;
    expect(first.items).toHaveLength(3);
    const following = (await operate(`GET ${path}/fields?limit=3&after=${encodeURIComponent(first.next)}`))
      .body;
    expect(following.items[0].name).not.toBe(first.items[0].name);
  });
});
