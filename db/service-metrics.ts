import type { Queryable } from './pool';

/** What of a set of figures one is about. */
export type FigureName =
  | 'records'
  | 'due'
  | 'attention'
  | 'hooks'
  | 'hooks-oldest'
  | 'in-progress'
  | 'runs'
  | 'last-end'
  | 'last-duration'
  | 'last-writes'
  | 'last-outcome'
  | 'paused'
  | 'access-lost';

/** One number about a sync or about an account of a platform; `kind` is the outcome, the severity, or nothing. */
export interface Figure {
  name: FigureName;
  of: string;
  kind: string;
  value: number;
}

/**
 * Each part reads one index or one small table, so that a scrape costs the same to a sync with a hundred thousand bodies.
 * A last run is one that got to work: attempts that found the place taken have no counts, and plans write nothing.
 */
const FIGURES = `
  select 'records' as name, sync as of, coalesce(outcome, 'none') as kind, count(*)::float8 as value from staged_record group by sync, outcome
  union all select 'due', sync, '', count(*) from staged_record where due group by sync
  union all select 'attention', sync, severity, count(*) from attention_item where state = 'open' group by sync, severity
  union all select 'hooks', sync, '', count(*) from received_hook where delivered_at is null group by sync
  union all select 'hooks-oldest', sync, '', extract(epoch from clock_timestamp() - min(received_at)) from received_hook
    where delivered_at is null group by sync
  union all select 'in-progress', s.slug, '', count(p.sync) from sync s left join run_place p on p.sync = s.slug group by s.slug
  union all select 'runs', sync, outcome, count(*) from run where outcome is not null group by sync, outcome
  union all select 'paused', account, '', case when paused_until > now() then extract(epoch from paused_until - now()) else 0 end
    from platform_budget
  union all select 'access-lost', account, '', case when access_lost_at is null then 0 else 1 end from platform_budget`;

const LAST_RUNS = `
  select f.name, s.slug as of, f.kind, f.value::float8 as value
  from sync s
  cross join lateral (
    select * from run where sync = s.slug and mode <> 'plan' and finished_at is not null and (outcome <> 'cancelled' or counts is not null)
    order by id desc limit 1) r
  cross join lateral (values
    ('last-end', '', extract(epoch from r.finished_at)),
    ('last-duration', '', extract(epoch from r.finished_at - r.started_at)),
    ('last-writes', '', r.writes),
    ('last-outcome', r.outcome, 1)) as f(name, kind, value)`;

/** How all syncs and accounts stand now: counts, ages and times in seconds. No id of a record and no name is among them. */
export async function serviceFigures(db: Queryable): Promise<Figure[]> {
  const { rows } = await db.query<Figure>(`${FIGURES} union all ${LAST_RUNS}`);
  return rows;
}
