-- Up Migration
-- PIVOT -> Cirkwi: what is published for each offer, the documents that Cirkwi fetches, and every track that was ever held.

-- A change list as the source gave it, stored before it is applied and acknowledged only after.
create table change_answer (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  items jsonb not null,
  received_at timestamptz not null default now(),
  applied_at timestamptz,
  acknowledged_at timestamptz
);
create index change_answer_open on change_answer (sync, id) where acknowledged_at is null;

-- GPX files, once per content. They are never changed, and removed only when nothing refers to them any more.
create table track_body (
  hash text primary key,
  gpx bytea not null,
  -- of the line alone, whatever else stands in the file
  line_hash text not null,
  segments integer not null,
  points integer not null,
  length_m double precision not null,
  climb_m double precision,
  stored_at timestamptz not null default now()
);

-- The track of each offer as the source held it when we last fetched it.
create table offer_track (
  sync text not null references sync,
  record_id text not null,
  media_code text not null,
  media_modified_at text,
  -- the last usable file; `problem` says why the latest one is not
  track_hash text references track_body,
  problem jsonb,
  fetched_at timestamptz not null default now(),
  checked_run bigint references run,
  primary key (sync, record_id)
);

-- What is published for an offer, and how far it came: this pair's link and its base.
create table feed_object (
  sync text not null references sync,
  record_id text not null,
  kind text not null check (kind in ('circuit', 'poi')),
  state text not null check (state in ('staged', 'published', 'imported', 'verified', 'withdrawing', 'withdrawn', 'gone')),
  -- what the next publication is to hold
  fields jsonb not null,
  document text not null,
  content_hash text not null,
  track_hash text references track_body,
  -- what Cirkwi is offered now; null before the first publication and after a withdrawal
  published_kind text check (published_kind in ('circuit', 'poi')),
  published_fields jsonb,
  published_document text,
  published_hash text,
  published_track_hash text references track_body,
  published_at timestamptz,
  -- taken into a publication that is being made
  settling boolean not null default false,
  -- what Cirkwi calls it, once seen there, and the time of its last change there as we compared it
  cirkwi_id text,
  cirkwi_modified_at bigint,
  imported_at timestamptz,
  verified_at timestamptz,
  seen_at timestamptz,
  changed_at timestamptz not null default now(),
  -- what the next publication settles: whose work it is, and what became of the record
  staged_run bigint references run,
  staged_mark integer not null default 0,
  staged_outcome text check (staged_outcome in ('created', 'updated', 'withdrawn')),
  staged_reason text,
  staged_changes jsonb not null default '[]',
  primary key (sync, record_id),
  unique (sync, kind, cirkwi_id)
);
create index feed_object_state on feed_object (sync, state);
create index feed_object_in_line on feed_object (sync, record_id) where state in ('staged', 'withdrawing') or settling;
create index staged_record_cirkwi on staged_record (sync, (body->>'cirkwiId')) where body->>'cirkwiId' is not null;

-- Every track that was ever offered for an object: one of them seen in Cirkwi is no edit.
create table published_track (
  sync text not null references sync,
  record_id text not null,
  track_hash text not null references track_body,
  published_at timestamptz not null default now(),
  primary key (sync, record_id, track_hash)
);

-- A track that somebody edited in Cirkwi: kept first, whatever becomes of it.
create table track_edit (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  record_id text not null,
  cirkwi_id text not null,
  edited_hash text not null references track_body,
  -- the published track that it was compared with
  base_hash text references track_body,
  state text not null default 'kept' check (state in ('kept', 'offered', 'returning', 'returned', 'held', 'declined', 'superseded')),
  comparison jsonb not null default '{}',
  -- the media made of it at the source, and the relations that it takes the place of
  media_code text,
  replaced text[] not null default '{}',
  found_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (sync, record_id, edited_hash)
);
create index track_edit_open on track_edit (sync, record_id) where ended_at is null;

-- Circuits that people drew in Cirkwi: told apart from ours, and remembered until their twin is published.
create table foreign_drawing (
  sync text not null references sync,
  cirkwi_id text not null,
  modified_at bigint,
  line_hash text,
  primary key (sync, cirkwi_id)
);

-- The documents as served, in pieces; exactly one version of each kind is current.
create table feed_version (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  kind text not null check (kind in ('circuits', 'pois')),
  etag text not null,
  bytes bigint not null,
  objects integer not null,
  run_id bigint references run,
  published_at timestamptz not null default now(),
  current boolean not null default false
);
create unique index feed_version_current on feed_version (sync, kind) where current;

create table feed_chunk (
  version_id bigint not null references feed_version on delete cascade,
  seq integer not null,
  bytes bytea not null,
  primary key (version_id, seq)
);
