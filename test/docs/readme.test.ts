import { z } from 'zod';
import { duration } from '../../config/duration';
import { environmentSchema, parseEnvironment } from '../../config/environment';
import { parseConfiguration } from '../../config/load';
import { configurationSchema } from '../../config/schema';
import { blocks, tableBelow, textOf } from './markdown';

const README = textOf('README.md');
const EXAMPLE = blocks(README, 'yaml')[0] ?? '';
const SECRETS = { PLANEXPO_API_KEY: 'key', INWINK_CLIENT_SECRET: 'secret' };

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
const [sync] = entrySchemas('syncs');

describe('the configuration tables of the README', () => {
  const sections: Array<[heading: string, schema: JsonSchema | undefined, values: unknown, leave: string[]]> =
    [
      ['A Planexpo account: `platforms.<name>`', accounts[0], defaults.platforms.p, []],
      ['An Inwink account: `platforms.<name>`', accounts[1], defaults.platforms.i, []],
      ['A sync: `syncs.<name>`', sync, defaults.syncs.s, ['policies']],
      ['Policies: `syncs.<name>.policies`', sync?.properties?.policies, defaults.syncs.s?.policies, []],
      ['Everything else', schema, defaults, ['platforms', 'syncs']],
    ];

  test.each(sections)(
    '%s: exactly the keys of the schema, with their defaults',
    (heading, part, values, leave) => {
      const wanted = leaves(part, leave).map((key) => [key, shownDefault(part, values, key)]);

      const told = tableBelow(README, heading).map(([key = '', value = '']) => [key, read(value)]);

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
  test('each say what they mean and link the tests that hold them', () => {
    const rows = tableBelow(README, 'What is promised');

    expect(rows).toHaveLength(10);
    for (const [, meaning = '', held = ''] of rows) {
      expect(meaning).not.toBe('');
      expect(held).toMatch(/\]\(test\/[\w./-]+\.test\.ts\)/);
    }
  });
});

describe('the configuration example of the README', () => {
  test('is taken by the loader', () => {
    const { syncs } = parseConfiguration('passerelle.yaml', EXAMPLE, SECRETS);

    expect(Object.keys(syncs)).toEqual(['salon-2027']);
  });

  test('names its secrets and holds none', () => {
    expect(() => parseConfiguration('passerelle.yaml', EXAMPLE, {})).toThrow(
      /PLANEXPO_API_KEY is not set[\s\S]*INWINK_CLIENT_SECRET is not set/,
    );
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
  if (part?.required?.includes(key)) return '-';
  const value = key
    .split('.')
    .reduce<unknown>(
      (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
      values,
    );
  return Array.isArray(value) ? `[${value.join(', ')}]` : (value ?? 'none');
}

/** A cell as the value that the schema makes of it: durations in milliseconds, numbers as numbers. */
function read(cell: string): unknown {
  const asDuration = duration.safeParse(cell);
  if (asDuration.success) return asDuration.data;
  return cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}

function sorted(rows: unknown[][]): unknown[][] {
  return [...rows].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
}
