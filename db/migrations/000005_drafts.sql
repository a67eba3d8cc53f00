-- What people change in the console, and what is not in force yet.

-- A mapping comes from the configuration, or from a person. Runs work with the newest version that one of them has taken up.
alter table mapping_version
  add column origin text not null default 'file' check (origin in ('file', 'console')),
  add column put_by text,
  -- when a run first worked with it, having everything read anew
  add column taken_up_at timestamptz,
  -- hash of the configuration's document that people have seen and left aside for this version
  add column file_left_aside text;
update mapping_version set taken_up_at = put_at;

-- A mapping that is being changed: one per sync, checked and previewed before it is put in force.
create table mapping_draft (
  sync text primary key references sync,
  mapping jsonb not null,
  sha256 text not null,
  -- hash of the mapping that it began with: what was put in force since then is not overwritten unseen
  based_on text not null,
  drafted_by text not null,
  drafted_at timestamptz not null default now()
);

-- A workbook without problems between its upload and the decision to put it in force: one per person and sync, for a day.
create table mask_upload (
  id bigint generated always as identity primary key,
  sync text not null references sync,
  file bytea not null,
  file_sha256 text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  unique (sync, uploaded_by)
);
