/**
 * Which folder may know which. The reasons are in docs/architecture.md; in short: mappings compute, workflows decide,
 * activities act, db remembers, platforms talk, operations are what may be asked for, and the processes (cli, service, workers,
 * simulators) hold them together.
 */
const OURS =
  '^(activities|bench|cli|config|db|local|mappings|operations|platforms|service|simulators|test|workers|workflows)/';
const FREE = '^(test|bench)/';

/** `from` may import, of our own folders, only what `to` matches. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that need each other when they run are one file, or three. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'mappings-alone',
      '^mappings/',
      '^mappings/',
      'Mappings compute; they must run anywhere, in a workflow too.',
    ),
    only('config-alone', '^config/', '^config/', 'The configuration is read before anything else exists.'),
    only(
      'platforms-talk',
      '^platforms/',
      '^(platforms|mappings|config)/',
      'A platform client knows no database and no workflow.',
    ),
    only(
      'db-remembers',
      '^db/',
      '^(db|mappings|config)/|^platforms/(budget|failure)\\.ts$',
      'SQL knows no platform and no workflow; the shared budget is a table, so db implements its contract.',
    ),
    only(
      'local-starts',
      '^local/',
      '^(local|config)/',
      'What starts servers on a developer machine knows no engine.',
    ),
    only(
      'operations-answer',
      '^operations/',
      '^(operations|activities|db|config|mappings|platforms|workflows)/',
      'What people and programs may ask for is the same whoever asks: it knows neither a terminal nor a page.',
    ),
    only(
      'service-tells',
      '^service/',
      '^(service|operations|db|config|mappings)/|^workflows/(names|messages)\\.ts$|^platforms/failure\\.ts$|^activities/signals\\.ts$',
      'The service asks for operations and reads the database; it calls no platform and does no work of a run itself.',
    ),
    {
      name: 'nobody-below-asks',
      comment: 'Operations are asked for by processes; what they are made of knows nothing of them.',
      severity: 'error',
      from: { path: '^(activities|db|config|mappings|platforms|workflows|workers|local|simulators)/' },
      to: { path: '^operations/' },
    },
    {
      name: 'workflows-decide',
      comment:
        'Everything a workflow imports by value goes into its bundle. Pure code and the closed list of failures only; the rest by type.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        path: OURS,
        pathNot: '^(workflows|mappings)/|^platforms/failure\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'workflows-without-node',
      comment: 'The sandbox of a workflow has no Node builtins; their results would not replay.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pg-in-db',
      comment: 'SQL lives in db/, where one reader finds all of it.',
      severity: 'error',
      from: { pathNot: `^db/|${FREE}` },
      to: { path: 'node_modules/(pg|pg-copy-streams|node-pg-migrate)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'axios-in-platforms',
      comment: 'Platforms are called through their clients, which know the limits and classify the failures.',
      severity: 'error',
      from: { pathNot: `^platforms/|${FREE}` },
      to: { path: 'node_modules/axios/' },
    },
    {
      name: 'nobody-imports-the-command-line',
      comment: 'The command line is where everything is put together.',
      severity: 'error',
      from: { pathNot: `^cli/|${FREE}` },
      to: { path: '^cli/' },
    },
    {
      name: 'processes-stand-alone',
      comment: 'Workers, service and local start-up are started by the command line alone.',
      severity: 'error',
      from: { path: '^(\\w+)/', pathNot: `^cli/|${FREE}` },
      to: { path: '^(workers|service|local)/', pathNot: '^$1/' },
    },
    {
      name: 'no-simulators-in-the-product',
      comment: 'Product code that knows a simulator is tested against itself.',
      severity: 'error',
      from: { pathNot: `^simulators/|^cli/demo/|^cli/commands/simulate\\.ts$|${FREE}` },
      to: { path: '^simulators/' },
    },
    only(
      'simulators-alone',
      '^simulators/',
      '^simulators/',
      'A simulator plays a foreign system: it may not share our reading of its contract.',
    ),
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: FREE },
      to: { path: FREE },
    },
    {
      name: 'installed-in-production',
      comment:
        'The image is installed without development packages; the download says so when its package is absent.',
      severity: 'error',
      from: { pathNot: `^local/temporal-download\\.mjs$|${FREE}` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
