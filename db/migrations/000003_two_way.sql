-- Up Migration
-- weavy <-> Webmecanik: records of both sides, which of them are one, and what each side held when they last agreed.

-- What a staged record is (`weavy/customer`, `mautic/contact`), and what it is known by on the other side: the e-mail of a
-- person, the chosen key of a company, folded. Null for the pairs whose records need neither.
alter table staged_record add column kind text;
alter table staged_record add column match_key text;
create index staged_record_match on staged_record (sync, match_key, kind) where match_key is not null;

-- Two records that are one company or one person; one of the two may be yet to come. This pair's link and its base.
create table couple (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  kind text not null check (kind in ('company', 'person')),
  weavy_record text,
  mautic_record text,
  -- proposed: matched, nothing agreed yet. orphaned: one side is gone. stopped: a person parted them.
  state text not null default 'proposed' check (state in ('proposed', 'active', 'orphaned', 'stopped')),
  origin text not null default 'adopted' check (origin in ('created', 'adopted', 'relinked')),
  -- weavy's field name -> what each side held
  base jsonb not null default '{}',
  -- weavy's field name -> the last alteration by a platform: side, sent, stored
  altered jsonb not null default '{}',
  paused_fields text[] not null default '{}',
  -- what an attempt is writing: side -> weavy's field name -> sent, and what the other side held
  pending jsonb not null default '{}',
  -- Mautic's company that the contact was brought to, and whether the link is of our making
  made_company text,
  company_is_ours boolean not null default false,
  -- when a bounce was first seen; null while there is none
  bounced_at timestamptz,
  -- whoever holds a lower one writes no more
  weavy_fence bigint not null default 0,
  mautic_fence bigint not null default 0,
  -- a create that may have happened
  creating_at timestamptz,
  create_ended_at timestamptz,
  linked_at timestamptz,
  updated_at timestamptz not null default now(),
  unique (sync, weavy_record),
  unique (sync, mautic_record),
  check (weavy_record is not null or mautic_record is not null)
);
create index couple_half on couple (sync, kind) where weavy_record is null or mautic_record is null;
create index couple_state on couple (sync, state);

-- The sides that an entry of a plan is to be written to; empty for the pairs that write to one side only.
alter table plan_entry add column sides text[] not null default '{}';

-- What the verdict behind a change was made from: both values, their base, both times.
alter table audit add column evidence jsonb;

-- Mapping documents by version, as they were in force.
create table mapping_version (
  sync text not null references sync,
  version integer not null,
  mapping jsonb not null,
  sha256 text not null,
  put_at timestamptz not null default now(),
  primary key (sync, version)
);
