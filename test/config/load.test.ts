import { loadConfiguration, parseConfiguration, redactConfiguration } from '../../config/load';

const GOOD = `
platforms:
  planexpo-main:
    platform: planexpo
    baseUrl: https://planexpo.example/
    apiKey: \${PLANEXPO_KEY}
  inwink-main:
    platform: inwink
    baseUrl: https://inwink.example
    tokenUrl: https://login.example/token
    clientId: client
    clientSecret: \${INWINK_SECRET}
    searchLag: 15s
syncs:
  salon-2027:
    pair: planexpo-inwink
    source: planexpo-main
    target: inwink-main
    planexpoEvent: expo
    inwinkEventId: event
    policies:
      cancelled: unpublish
`;
const TWO_OF_ONE_LIST = `
platforms:
  pivot-main: { platform: pivot, wsKey: "\${PIVOT_KEY}" }
  cirkwi-main: { platform: cirkwi, user: u, code: c, widgetId: "1", username: n, password: "\${CIRKWI_PASSWORD}" }
syncs:
  nord:
    pair: pivot-cirkwi
    source: pivot-main
    target: cirkwi-main
    query: QRY-1
    feed: { publicUrl: https://passerelle.example, secret: "\${FEED_SECRET}" }
  sud:
    SUD
`;
const PIVOT_VARIABLES = {
  PIVOT_KEY: 'key',
  CIRKWI_PASSWORD: 'pass',
  FEED_SECRET: 'a-secret-of-enough-letters',
};
const VARIABLES = { PLANEXPO_KEY: 'key-value', INWINK_SECRET: 'secret-value' };

describe('the configuration', () => {
  it('takes its secrets from the environment, fills in defaults and reads durations', () => {
    const configuration = parseConfiguration('passerelle.yaml', GOOD, VARIABLES);

    expect(configuration.platforms['planexpo-main']).toMatchObject({
      apiKey: 'key-value',
      baseUrl: 'https://planexpo.example',
      requestsPerSecond: 2,
      inFlight: 2,
    });
    expect(configuration.platforms['inwink-main']).toMatchObject({ searchLag: 15_000, timeout: 30_000 });
    expect(configuration.syncs['salon-2027']?.policies).toMatchObject({
      cancelled: 'unpublish',
      window: 32,
      fullEvery: 86_400_000,
    });
  });

  it('lists every problem at once, each with its line and path', () => {
    const bad = GOOD.replace('searchLag: 15s', 'searchLag: soon').replace(
      'cancelled: unpublish',
      'cancelled: delete\n      colour: red',
    );

    const problems = problemsOf(() => parseConfiguration('passerelle.yaml', bad, { PLANEXPO_KEY: 'key' }));

    expect(problems).toEqual([
      expect.stringMatching(/^line 12: environment variable INWINK_SECRET is not set$/),
      expect.stringMatching(/^line 13: platforms\.inwink-main\.searchLag: expected a duration/),
      expect.stringMatching(/^line 22: syncs\.salon-2027\.policies\.cancelled: /),
      expect.stringMatching(/^line 23: syncs\.salon-2027\.policies: .*colour/),
    ]);
  });

  it('refuses a secret that is written in the file, without repeating it', () => {
    const bad = GOOD.replace(/apiKey: .*/, 'apiKey: in-plain-sight');

    const problems = problemsOf(() => parseConfiguration('passerelle.yaml', bad, VARIABLES));

    expect(problems[0]).toMatch(/^line 6: apiKey must name an environment variable/);
    expect(problems.join()).not.toContain('in-plain-sight');
  });

  it('refuses a sync whose ends are not accounts of the right platform', () => {
    const bad = GOOD.replace('source: planexpo-main', 'source: inwink-main');

    expect(problemsOf(() => parseConfiguration('passerelle.yaml', bad, VARIABLES))).toEqual([
      expect.stringMatching(
        /^line 17: syncs\.salon-2027\.source: "inwink-main" is not a planexpo account .*known: planexpo-main/,
      ),
    ]);
  });

  it('refuses two syncs that would read one change list, and takes them when one only compares', () => {
    const merged = { pair: 'pivot-cirkwi', source: 'pivot-main', target: 'cirkwi-main' };
    const sud = (more: string) =>
      TWO_OF_ONE_LIST.replace(
        'SUD',
        `${Object.entries(merged)
          .map(([key, value]) => `${key}: ${value}`)
          .join('\n    ')}
    feed: { publicUrl: https://passerelle.example, secret: "\${FEED_SECRET}" }
    ${more}`,
      );
    const read = (text: string) => parseConfiguration('passerelle.yaml', text, PIVOT_VARIABLES);

    expect(problemsOf(() => read(sud('query: QRY-1')))).toEqual([
      expect.stringMatching(/syncs\.sud\.query: "nord" reads the change list of the same query/),
    ]);
    expect(Object.keys(read(sud('query: QRY-2')).syncs)).toEqual(['nord', 'sud']);
    expect(Object.keys(read(sud('query: QRY-1\n    policies: { changeFeed: compare }')).syncs)).toEqual([
      'nord',
      'sud',
    ]);
  });

  it('names the line of a YAML mistake', () => {
    expect(problemsOf(() => parseConfiguration('passerelle.yaml', 'platforms:\n  a: [1', {}))[0]).toMatch(
      /^line \d+: /,
    );
  });

  it('says how to name a file that cannot be read', () => {
    expect(() => loadConfiguration('nowhere.yaml', {})).toThrow(/--config FILE or set PASSERELLE_CONFIG/);
  });

  it('shows no secret when it is printed', () => {
    const shown = JSON.stringify(redactConfiguration(parseConfiguration('passerelle.yaml', GOOD, VARIABLES)));

    expect(shown).not.toMatch(/key-value|secret-value/);
    expect(shown).toContain('[redacted]');
  });
});

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && 'problems' in error) return error.problems as string[]; // ConfigurationError's own
    throw error;
  }
  throw new Error('nothing was refused');
}
