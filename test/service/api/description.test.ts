import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../setup/run-script';
import { bareApi, documentOf, operationsOf, type ReadDocument } from './description';

let document: ReadDocument;
beforeAll(async () => {
  document = await documentOf(bareApi());
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1, open to everybody, and names the address that is configured', async () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Passerelle' },
      servers: [{ url: '/' }],
    });

    const configured = await documentOf(bareApi({ publicUrl: 'https://sync.example.org/' }));
    expect(configured.servers).toEqual([{ url: 'https://sync.example.org' }]);
  });

  it('has every route that there is, and nothing else', async () => {
    const routes = bareApi()
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = (await operationsOf()).map(({ method, path }) => `${method} ${path}`);

    expect(new Set(routes)).toEqual(new Set(described));
    expect(described.length).toBeGreaterThan(60);
  });

  it('says of each operation what it does, for whom, and every error that it may answer', async () => {
    const declared = new Set(document.tags.map(({ name }: { name: string }) => name));
    for (const { id, summary, tags, scope, bodies, responses } of await operationsOf()) {
      const told = { id, summary, tags, scope, statuses: Object.keys(responses) };
      expect(told).toMatchObject({ summary: expect.stringMatching(/\S/), tags: [expect.any(String)] });
      expect(declared).toContain(tags[0]);
      expect(['read', 'operate', 'administer']).toContain(scope);
      const always = ['400', '401', '403', '500', '503', ...(bodies.length > 0 ? ['413', '415'] : [])];
      expect(told.statuses).toEqual(expect.arrayContaining(always));
      for (const [status, { content = {} }] of Object.entries(responses))
        if (Number(status) >= 400)
          expect(content).toEqual({
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          });
    }
  });

  it('gives each operation a name of its own, and each parameter of a path a form', async () => {
    const operations = await operationsOf();
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    for (const { path, parameters } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = parameters.filter((parameter) => parameter.in === 'path');
      expect(told.map(({ name }) => name)).toEqual(named);
      for (const { schema } of parameters)
        expect(Object.keys(schema).some((key) => ['pattern', 'enum', 'minimum'].includes(key))).toBe(true);
    }
  });

  it('refers only to objects that it describes', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    const described = Object.keys(document.components.schemas);

    expect(references.length).toBeGreaterThan(20);
    for (const [, name] of references) expect(described).toContain(name);
  });

  it('asks for lists in parts of at most 200', async () => {
    const lists = (await operationsOf()).filter(({ parameters }) =>
      parameters.some(({ name }) => name === 'limit'),
    );

    expect(lists.length).toBeGreaterThan(10);
    for (const { parameters } of lists) {
      expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['after', 'limit']));
      expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
        minimum: 1,
        maximum: 200,
      });
    }
  });

  it('is told in docs/api.md, operation by operation', async () => {
    const told = readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\| `(GET|POST|PUT|DELETE) /.test(line));
    const described = (await operationsOf()).map(
      ({ method, path, summary, scope }) =>
        `| \`${method} ${path.replace('/api/v1', '')}\` | ${summary} | ${scope} |`,
    );

    expect([...told].sort()).toEqual(described.sort());
  });
});
