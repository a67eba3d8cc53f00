-- Up Migration
-- Passerelle's memory: what was read, which record is which, what was done and why. Bodies live here, never in Temporal.

create table sync (
  slug text primary key,
  pair text not null,
  last_full_at timestamptz,
  created_at timestamptz not null default now()
);

create table run (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  mode text not null check (mode in ('run', 'plan', 'apply')),
  trigger text not null,
  full_read boolean not null default false,
  only_record text,
  plan_run bigint references run,
  overrides text[] not null default '{}',
  workflow_id text not null,
  workflow_run_id text not null unique,
  phase text not null default 'opening',
  outcome text check (outcome in ('completed', 'completed-with-attention', 'planned', 'stopped', 'failed', 'cancelled')),
  reason text,
  preflight jsonb,
  counts jsonb,
  writes integer not null default 0,
  attention integer not null default 0,
  planned integer,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index run_by_sync on run (sync, id desc);

-- Who may run a sync now. A Schedule gives its workflows ids of their own, so the workflow id alone is not the lock.
create table run_place (
  sync text primary key references sync,
  run_id bigint not null references run,
  workflow_id text not null,
  workflow_run_id text not null,
  taken_at timestamptz not null default now()
);

create table cursor (
  sync text not null references sync,
  name text not null,
  value jsonb not null,
  moved_at timestamptz not null default now(),
  primary key (sync, name)
);

-- The source as last read, and where each record stands.
create table staged_record (
  sync text not null references sync,
  record_id text not null,
  parent_id text,
  public_id text,
  status text not null,
  contact_key text,
  validated_at text,
  body jsonb,
  body_hash text not null,
  unreadable jsonb,
  source_version bigint,
  source_updated_at timestamptz,
  deleted_at timestamptz,
  seen_run bigint references run,
  staged_at timestamptz not null default now(),
  -- where it stands; null until the first pass over it
  outcome text check (outcome in ('created', 'updated', 'unchanged', 'withdrawn', 'skipped', 'waiting', 'held', 'refused')),
  reason text,
  -- hash of the mapped record at the last time it was in step
  settled_hash text,
  settled_at timestamptz,
  due boolean not null default true,
  -- grows each time the record becomes due, so that a pass that began earlier does not take that back
  due_mark integer not null default 0,
  primary key (sync, record_id)
);
create index staged_record_due on staged_record (sync, record_id) where due;
create index staged_record_parent on staged_record (sync, parent_id) where parent_id is not null;
create index staged_record_outcome on staged_record (sync, outcome);
create index staged_record_contact on staged_record (sync, contact_key) where contact_key is not null;

-- Promise 1: at most one target per source record, and one source record per target.
create table link (
  sync text not null references sync,
  kind text not null,
  source_key text not null,
  target_id text not null,
  state text not null default 'active' check (state in ('active', 'target-deleted', 'stopped')),
  origin text not null check (origin in ('created', 'adopted', 'relinked')),
  owner_record text,
  contact_id text,
  base jsonb not null default '{}',
  quantities jsonb not null default '{}',
  altered jsonb not null default '{}',
  paused_fields text[] not null default '{}',
  fence bigint not null,
  linked_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (sync, kind, source_key),
  unique (sync, kind, target_id)
);

-- Written before a create, so that a later attempt knows that a create may already have happened. The fence grows with
-- each attempt; every later statement of an attempt names its own and fails when a successor holds a higher one.
create table intent (
  sync text not null references sync,
  kind text not null,
  source_key text not null,
  fence bigint not null default 1,
  state text not null default 'idle' check (state in ('idle', 'creating')),
  sent_at timestamptz,
  ended_at timestamptz,
  primary key (sync, kind, source_key)
);

create table plan_entry (
  run_id bigint not null references run on delete cascade,
  record_id text not null,
  depth smallint not null default 0,
  outcome text not null,
  reason text,
  mapped_hash text,
  changes jsonb not null default '[]',
  notes jsonb not null default '[]',
  withdraws boolean not null default false,
  blanks boolean not null default false,
  needs_apply boolean not null default false,
  planned_at timestamptz not null default now(),
  primary key (run_id, record_id)
);
create index plan_entry_apply on plan_entry (run_id, depth, record_id) where needs_apply;

create table run_outcome (
  run_id bigint not null references run on delete cascade,
  record_id text not null,
  outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'withdrawn', 'skipped', 'waiting', 'held', 'refused')),
  reason text,
  writes integer not null default 0,
  at timestamptz not null default now(),
  primary key (run_id, record_id)
);

create table audit (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  run_id bigint,
  record_id text,
  kind text not null,
  target_id text,
  operation text not null,
  field text,
  before jsonb,
  after jsonb,
  rule text not null,
  actor text,
  at timestamptz not null default now()
);
create index audit_by_record on audit (sync, record_id, id desc);
create index audit_by_run on audit (run_id);

create table attention_item (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  record_id text,
  reason text not null,
  -- what part of the record: a field, a sheet and cell, a product; '' for the whole record
  place text not null default '',
  detail jsonb not null default '{}',
  -- 'action' needs a person; 'info' only tells
  severity text not null default 'action' check (severity in ('action', 'info')),
  state text not null default 'open' check (state in ('open', 'decided', 'resolved')),
  opened_run bigint,
  opened_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  decision text,
  argument text,
  decided_by text,
  decided_at timestamptz,
  resolved_at timestamptz
);
create unique index attention_item_once on attention_item (sync, coalesce(record_id, ''), reason, place) where state <> 'resolved';
create index attention_item_open on attention_item (sync, state, id);

create table mask_version (
  sync text not null references sync,
  version integer not null,
  file bytea not null,
  file_sha256 text not null,
  mask jsonb not null,
  in_force boolean not null default false,
  imported_by text not null,
  imported_at timestamptz not null default now(),
  primary key (sync, version)
);
create unique index mask_version_in_force on mask_version (sync) where in_force;

-- Mapping rows that stopped because a product changed on one side after the mask was put in force.
create table mask_drift (
  sync text not null references sync,
  planexpo_id text not null,
  side text not null,
  code text not null,
  detail jsonb not null,
  seen_at timestamptz not null default now(),
  primary key (sync, planexpo_id, side)
);

create table received_hook (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  event_id text not null,
  type text not null,
  record_id text,
  received_at timestamptz not null default now(),
  delivered_at timestamptz,
  unique (sync, event_id)
);

-- One budget per platform account, shared by all workers (promise 7).
create table platform_budget (
  account text primary key,
  -- theoretical arrival time of the next call (GCRA)
  next_at timestamptz not null default '-infinity',
  paused_until timestamptz not null default '-infinity',
  access_lost_at timestamptz
);
