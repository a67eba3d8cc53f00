-- The HTTP service: people and programs who may ask, announcements that were received, and what lists are searched by.

create extension if not exists pg_trgm;

-- People who sign in. `login` is compared in small letters; without a password they come through OpenID Connect.
create table account (
  id bigint generated always as identity primary key,
  login text not null,
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'administrator')),
  password_hash text,
  oidc_subject text unique,
  language text not null default 'fr' check (language in ('fr', 'en')),
  disabled_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  password_at timestamptz,
  last_login_at timestamptz
);
create unique index account_login on account (lower(login));

-- A signed-in browser. Only the hash of what the cookie holds is kept.
create table session (
  token_hash bytea primary key,
  account_id bigint not null references account (id) on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

-- A link that signs in once: printed by `dev`, `demo` and `user invite`.
create table one_time_login (
  token_hash bytea primary key,
  account_id bigint not null references account (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- A sign-in under way at an OpenID provider.
create table oidc_login (
  state_hash bytea primary key,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);

-- Programs that ask. Only the hash of the token is kept; `prefix` is what people know it by.
create table api_token (
  id bigint generated always as identity primary key,
  name text not null,
  scope text not null check (scope in ('read', 'operate', 'administer')),
  token_hash bytea not null unique,
  prefix text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_by text,
  revoked_at timestamptz
);

-- Failed sign-ins by account and by address (the columns are those of rate-limiter-flexible).
create table login_attempt (
  key text primary key,
  points integer not null default 0,
  expire bigint
);

-- Who was let in, refused, given or denied a right; who asked that a person be forgotten.
create table access_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  operation text not null,
  subject text,
  detail jsonb not null default '{}'
);

-- An announcement waits here until its workflow was told, however long Temporal is away.
alter table received_hook
  add column signal text,
  add column version bigint,
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz not null default now(),
  add column problem text;
create index received_hook_waiting on received_hook (next_attempt_at, id) where delivered_at is null;
create index received_hook_received on received_hook (received_at);

-- How names are compared: small letters without accents.
create function folded(value text) returns text immutable parallel safe language sql
  return replace(replace(translate(lower(value), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'), 'œ', 'oe'), 'æ', 'ae');

-- What people call a record. Never an e-mail.
create function record_name(kind text, body jsonb) returns text immutable parallel safe language sql
  return coalesce(
    body -> 'company' ->> 'name', body -> 'name' ->> 'fr', body -> 'name' ->> 'nl', body -> 'name' ->> 'en', body -> 'name' ->> 'de',
    case
      when kind in ('weavy/customer', 'mautic/company') then coalesce(body -> 'fields' ->> 'name', body -> 'fields' ->> 'companyname')
      when kind is not null then nullif(trim(
        coalesce(body -> 'fields' ->> 'firstName', body -> 'fields' ->> 'firstname', '') || ' ' ||
        coalesce(body -> 'fields' ->> 'lastName', body -> 'fields' ->> 'lastname', '')), '')
    end);

-- Kept beside the body, so that lists and searches need not open a hundred thousand of them. `searched` is stored because
-- folding takes longer than reading: a search looks at every record that the index brings.
alter table staged_record
  add column name text generated always as (record_name(kind, body)) stored,
  add column searched text generated always as (
    folded(record_id || ' ' || coalesce(public_id, '') || ' ' || coalesce(record_name(kind, body), ''))) stored;
create index staged_record_search on staged_record using gin (searched gin_trgm_ops);

-- Lists by outcome are paged by id.
drop index staged_record_outcome;
create index staged_record_outcome on staged_record (sync, outcome, record_id);
create index run_outcome_by_outcome on run_outcome (run_id, outcome, record_id);
-- with what a plan is summed up by, so that counting 100,000 entries opens none of them
create index plan_entry_by_outcome on plan_entry (run_id, outcome, record_id) include (needs_apply, withdraws, blanks);
create index plan_entry_to_apply on plan_entry (run_id, record_id) where needs_apply;
create index plan_entry_harm on plan_entry (run_id, record_id) where withdraws or blanks;
create index audit_by_sync on audit (sync, id desc);
create index audit_by_person on audit (id desc) where actor is not null;
create index run_finished on run (finished_at);
create index attention_item_state on attention_item (state, id);

-- The records of a plan that a person chose to have applied; the run that applies them is told the number only.
create table plan_choice (
  id bigint generated always as identity primary key,
  plan_run bigint not null references run (id) on delete cascade,
  record_ids text[] not null,
  actor text not null,
  at timestamptz not null default now()
);

-- Who asked for a run: a workflow's history names no people.
create table run_request (
  workflow_run_id text primary key,
  actor text not null,
  at timestamptz not null default now()
);

-- Items that are not over; those that are, by far the most after some years, are in none of these.
create index attention_item_current on attention_item (id) where state <> 'resolved';
create index attention_item_record on attention_item (sync, record_id) where state <> 'resolved';
create index attention_item_told on attention_item (sync, reason, severity, state, id) include (opened_at) where state <> 'resolved';
drop index audit_by_run;
create index audit_by_run on audit (run_id, id desc);
create index audit_by_actor on audit (actor, id desc) where actor is not null;
create index access_audit_by_actor on access_audit (actor, id desc);
create index run_by_plan on run (plan_run) where plan_run is not null;
create index track_edit_by_sync on track_edit (sync, id);

-- Counts read an index alone where the table was vacuumed since it changed: soon after each run, not after a fifth of all.
alter table staged_record set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
alter table run_outcome set (autovacuum_vacuum_insert_scale_factor = 0.02);
alter table plan_entry set (autovacuum_vacuum_insert_scale_factor = 0.02);
alter table attention_item set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
