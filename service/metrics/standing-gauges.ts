import { Counter, Gauge, type Registry } from 'prom-client';
import type { Figure, FigureName } from '../../db/service-metrics';

interface Described {
  metric: string;
  help: string;
  /** What `of` and `kind` are called. */
  of: 'sync' | 'account';
  kind?: 'outcome' | 'severity';
  /** It only ever grows. */
  counts?: true;
}

const METRICS: Readonly<Record<FigureName, Described>> = {
  records: {
    metric: 'passerelle_records',
    help: 'Records by where they stand; "none" before the first pass over them.',
    of: 'sync',
    kind: 'outcome',
  },
  due: { metric: 'passerelle_records_due', help: 'Records that the next run looks at.', of: 'sync' },
  attention: {
    metric: 'passerelle_attention_items_open',
    help: 'Open attention items; those of severity "action" need a person.',
    of: 'sync',
    kind: 'severity',
  },
  hooks: {
    metric: 'passerelle_hooks_waiting',
    help: 'Announcements that were received and that no workflow was told of yet.',
    of: 'sync',
  },
  'hooks-oldest': {
    metric: 'passerelle_hooks_oldest_waiting_seconds',
    help: 'Age of the oldest announcement that waits.',
    of: 'sync',
  },
  'in-progress': {
    metric: 'passerelle_run_in_progress',
    help: 'Whether a run holds the place of the sync (1) or none does (0).',
    of: 'sync',
  },
  runs: {
    metric: 'passerelle_runs_total',
    help: 'Runs and plans that ended, by how they ended.',
    of: 'sync',
    kind: 'outcome',
    counts: true,
  },
  'last-end': {
    metric: 'passerelle_last_run_end_timestamp_seconds',
    help: 'When the last run ended, in seconds since 1970.',
    of: 'sync',
  },
  'last-duration': {
    metric: 'passerelle_last_run_duration_seconds',
    help: 'How long the last run took.',
    of: 'sync',
  },
  'last-writes': {
    metric: 'passerelle_last_run_writes',
    help: 'What the last run wrote on the platforms.',
    of: 'sync',
  },
  'last-outcome': {
    metric: 'passerelle_last_run_outcome',
    help: '1 for the outcome of the last run; the other outcomes are absent.',
    of: 'sync',
    kind: 'outcome',
  },
  paused: {
    metric: 'passerelle_platform_paused_seconds',
    help: 'How long the platform still asks us to wait; 0 when it does not.',
    of: 'account',
  },
  'access-lost': {
    metric: 'passerelle_platform_access_lost',
    help: 'Whether the platform refuses our credentials (1) or takes them (0).',
    of: 'account',
  },
};

/** Takes what the database said into the metrics; whatever it does not speak of, or all of it without an answer, is absent. */
export function createStandingGauges(registry: Registry): (figures: readonly Figure[] | null) => void {
  const up = new Gauge({
    name: 'passerelle_database_up',
    help: 'Whether the database answered this scrape (1) or not (0); without it everything read from there is absent.',
    registers: [registry],
  });
  const metrics = new Map(
    Object.entries(METRICS).map(([name, described]) => [name, metricOf(registry, described)]),
  );
  return (figures) => {
    up.set(figures === null ? 0 : 1);
    for (const metric of metrics.values()) metric.reset();
    for (const { name, of, kind, value } of figures ?? []) {
      const described = METRICS[name];
      const labels = {
        [described.of]: of,
        ...(described.kind === undefined ? {} : { [described.kind]: kind }),
      };
      metrics.get(name)?.inc(labels, value);
    }
  };
}

function metricOf(registry: Registry, { metric: name, help, of, kind, counts }: Described): Gauge | Counter {
  const labelNames = [of, ...(kind === undefined ? [] : [kind])];
  const configuration = { name, help, labelNames, registers: [registry] };
  return counts === true ? new Counter(configuration) : new Gauge(configuration);
}
