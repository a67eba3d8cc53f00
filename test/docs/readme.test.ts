import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { duration } from '../../config/duration';
import { environmentSchema, parseEnvironment } from '../../config/environment';
import { parseConfiguration } from '../../config/load';
import { configurationSchema } from '../../config/schema';
import { ROOT } from '../setup/run-script';
import { blocks, tableBelow, textOf } from './markdown';

const README = textOf('README.md');
const [EXAMPLE = '', CRM_EXAMPLE = ''] = blocks(README, 'yaml');
const SECRETS = {
  PLANEXPO_API_KEY: 'key',
  INWINK_CLIENT_SECRET: 'secret',
  PIVOT_KEY: 'key',
  CIRKWI_PASSWORD: 'secret',
  CIRKWI_FEED_SECRET: 'a-secret-that-nobody-guesses',
};
const CRM_SECRETS = { WEAVY_PASSWORD: 'secret', MAUTIC_CLIENT_SECRET: 'secret' };

/** A configuration with nothing in it that could be left out: what is there after parsing are the defaults. */
const BARE = {
  platforms: {
    p: { platform: 'planexpo', baseUrl: 'http://p.example', apiKey: 'k' },
    i: {
      platform: 'inwink',
      baseUrl: 'http://i.example',
      tokenUrl: 'http://i.example/token',
      clientId: 'c',
      clientSecret: 's',
    },
    v: { platform: 'pivot', wsKey: 'k' },
    c: { platform: 'cirkwi', user: 'u', code: 'c', widgetId: '1', username: 'u', password: 'p' },
    w: { platform: 'weavy', projectCode: 'p', userName: 'u', password: 'p' },
    m: {
      platform: 'mautic',
      baseUrl: 'http://m.example',
      signIn: { as: 'basic', username: 'u', password: 'p' },
    },
  },
  syncs: {
    s: {
      pair: 'planexpo-inwink',
      source: 'p',
      target: 'i',
      planexpoEvent: 'e',
      inwinkEventId: 'e',
      schedule: {},
    },
    o: {
      pair: 'pivot-cirkwi',
      source: 'v',
      target: 'c',
      query: 'q',
      feed: { publicUrl: 'http://f.example', secret: '0123456789abcdef' },
      schedule: {},
    },
    c: {
      pair: 'weavy-webmecanik',
      source: 'w',
      target: 'm',
      mapping: { contacts: { fields: [{ weavy: 'email', mautic: 'email' }] } },
    },
  },
};

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | false;
  oneOf?: JsonSchema[];
  required?: string[];
}

// the library's own type of a JSON Schema is wider than what these tests look at
const schema = z.toJSONSchema(configurationSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const defaults = configurationSchema.parse(BARE);

const accounts = entrySchemas('platforms');
const [dossierSync, offerSync, crmSync] = entrySchemas('syncs');

describe('the configuration tables of the README', () => {
  const sections: Array<[heading: string, schema: JsonSchema | undefined, values: unknown, leave: string[]]> =
    [
      ['A Planexpo account: `platforms.<name>`', accounts[0], defaults.platforms.p, []],
      ['An Inwink account: `platforms.<name>`', accounts[1], defaults.platforms.i, []],
      ['A PIVOT account: `platforms.<name>`', accounts[2], defaults.platforms.v, []],
      ['A Cirkwi account: `platforms.<name>`', accounts[3], defaults.platforms.c, []],
      ['A weavy account: `platforms.<name>`', accounts[4], defaults.platforms.w, []],
      ['A Mautic account: `platforms.<name>`', accounts[5], defaults.platforms.m, []],
      ['A sync from Planexpo to Inwink: `syncs.<name>`', dossierSync, defaults.syncs.s, ['policies']],
      [
        'Policies from Planexpo to Inwink: `syncs.<name>.policies`',
        dossierSync?.properties?.policies,
        defaults.syncs.s?.policies,
        [],
      ],
      ['A sync from PIVOT to Cirkwi: `syncs.<name>`', offerSync, defaults.syncs.o, ['policies']],
      [
        'Policies from PIVOT to Cirkwi: `syncs.<name>.policies`',
        offerSync?.properties?.policies,
        defaults.syncs.o?.policies,
        [],
      ],
      // the keys of the mapping document are on the page of the pair
      [
        'A sync between weavy and Webmecanik: `syncs.<name>`',
        crmSync,
        defaults.syncs.c,
        ['policies', 'mapping'],
      ],
      [
        'Policies between weavy and Webmecanik: `syncs.<name>.policies`',
        crmSync?.properties?.policies,
        defaults.syncs.c?.policies,
        [],
      ],
      ['Everything else', schema, defaults, ['platforms', 'syncs']],
    ];

  test.each(sections)(
    '%s: exactly the keys of the schema, with their defaults',
    (heading, part, values, leave) => {
      const wanted = leaves(part, leave).map((key) => [key, readText(shownDefault(part, values, key))]);

      const told = tableBelow(README, heading)
        .filter(([key = '']) => !leave.includes(key))
        .map(([key = '', value = '']) => [key, read(value)]);

      expect(sorted(told)).toEqual(sorted(wanted));
    },
  );

  test('every environment variable, with its default', () => {
    const nothing: Record<string, unknown> = parseEnvironment({});
    const wanted = Object.keys(environmentSchema.shape).map((name) => [name, nothing[name] || 'none']);

    const told = tableBelow(README, 'Environment variables').map(([name = '', value = '']) => [
      name,
      read(value),
    ]);

    // Temporal's own loader has this default
    expect(sorted(told)).toEqual(
      sorted(wanted.map(([name, value]) => [name, name === 'TEMPORAL_NAMESPACE' ? 'default' : value])),
    );
  });

  test('every row says what it is', () => {
    const rows = [...sections.map(([heading]) => heading), 'Environment variables'].flatMap((heading) =>
      tableBelow(README, heading),
    );

    expect(rows.filter((cells) => cells.length !== 3 || cells.some((cell) => cell === ''))).toEqual([]);
  });
});

describe('the promises of the README', () => {
  test.each(['From Planexpo to Inwink', 'From PIVOT to Cirkwi', 'Between weavy and Webmecanik'])(
    '%s: each says what it means and links the tests that hold it',
    (heading) => {
      const rows = tableBelow(README, heading);

      expect(rows).toHaveLength(10);
      for (const [, meaning = '', held = ''] of rows) {
        expect(meaning).not.toBe('');
        expect(held).toMatch(/\]\(test\/[\w./-]+\.test\.ts\)/);
      }
    },
  );
});

describe('the addresses of the service in the README', () => {
  test('are exactly those that it answers', () => {
    const served = (file: string) => readFileSync(join(ROOT, 'service', file), 'utf8');
    const at = /const at = '([^']+)'/.exec(served('feeds.ts'))?.[1] ?? '';
    const paths = [
      ...[...served('feeds.ts').matchAll(/`\$\{at\}([^`]+)`/g)].map(([, path]) => `${at}${path}`),
      ...['start-service.ts', 'hooks/mount-hooks.ts', 'metrics/create-metrics.ts'].flatMap((file) =>
        [...served(file).matchAll(/app\.(?:get|post)\('([^']+)'/g)].map(([, path]) => path ?? ''),
      ),
      // whole trees of addresses, each with a page of its own
      '/',
      '/api/v1',
    ];

    const told = tableBelow(README, '4. The service').map(([path]) => path);

    expect(told.sort()).toEqual(paths.map(inWords).sort());
  });
});

/** `/feeds/:sync` as a reader sees it: `/feeds/<sync>`. */
function inWords(path: string): string {
  return path.replace(/:file\{[^/]*$/, '<hash>.gpx').replace(/:(\w+)/g, '<$1>');
}

describe('the configuration example of the README', () => {
  test('is taken by the loader', () => {
    const { syncs } = parseConfiguration('passerelle.yaml', EXAMPLE, SECRETS);

    expect(Object.keys(syncs)).toEqual(['salon-2027', 'itineraires']);
  });

  test('of the two CRMs is taken too, with its mapping beside it', () => {
    const inline = CRM_EXAMPLE.replace(/mapping: .*/, 'mapping: deploy/crm-mapping.yaml');

    const { syncs } = parseConfiguration(join(ROOT, 'passerelle.yaml'), inline, CRM_SECRETS);

    expect(Object.keys(syncs)).toEqual(['crm-acme']);
  });

  test('names its secrets and holds none', () => {
    const withoutSecrets = () => parseConfiguration('passerelle.yaml', EXAMPLE, {});

    for (const name of Object.keys(SECRETS)) expect(withoutSecrets).toThrow(`${name} is not set`);
  });
});

function entrySchemas(key: string): JsonSchema[] {
  const entries = schema.properties?.[key]?.additionalProperties;
  return (entries === false ? undefined : entries?.oneOf) ?? [];
}

/** Paths of the keys that hold values, such as `guard.ignoreBelow`. */
function leaves(part: JsonSchema | undefined, leave: string[] = [], prefix = ''): string[] {
  return Object.entries(part?.properties ?? {}).flatMap(([key, child]) => {
    if (leave.includes(key)) return [];
    return child.properties === undefined ? [`${prefix}${key}`] : leaves(child, [], `${prefix}${key}.`);
  });
}

function shownDefault(part: JsonSchema | undefined, values: unknown, key: string): unknown {
  if (isRequired(part, key.split('.'))) return '-';
  const value = key
    .split('.')
    .reduce<unknown>(
      (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
      values,
    );
  return Array.isArray(value) ? `[${value.join(', ')}]` : (value ?? 'none');
}

/** Whether a key has to be given, and with it all that it stands in. */
function isRequired(part: JsonSchema | undefined, [name = '', ...inside]: string[]): boolean {
  if (!part?.required?.includes(name)) return false;
  return inside.length === 0 || isRequired(part.properties?.[name], inside);
}

/** A cell as the value that the schema makes of it: durations in milliseconds, numbers as numbers. */
function read(cell: string): unknown {
  const asDuration = duration.safeParse(cell);
  if (asDuration.success) return asDuration.data;
  return cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}

function readText(value: unknown): unknown {
  return typeof value === 'string' ? read(value) : value;
}

function sorted(rows: unknown[][]): unknown[][] {
  return [...rows].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
}
