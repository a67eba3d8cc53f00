import { createPool, type Queryable } from '../db/pool';
import { ACTIVITY, PEOPLE, PLATFORM_SIDE } from './console-activity';
import { DOSSIER, OFFER, PERSON, PREFLIGHT } from './console-bodies';
import { DOSSIER_ID, OFFER_ID, OUTCOME, REASON, SYNCS } from './console-ids';

/** How much the database is to hold: `records` of one sync, a tenth of it of each of two others, `runs` over the three. */
export interface ConsoleSize {
  records: number;
  runs: number;
}

/** What was made, by the names that pages need. */
export interface ConsoleData {
  /** The sync with all the records. */
  offers: string;
  dossiers: string;
  crm: string;
  /** The newest finished run of `offers`, with an outcome for each record. */
  run: number;
  /** The newest plan of `offers`, with an entry for each record. */
  plan: number;
}

/** Text of the i-th record's place in a list of words. */
const word = (list: string[], of: string): string =>
  `(array[${list.map((each) => `'${each}'`).join(', ')}])[1 + (${of}) % ${list.length}]`;

const FIRST_NAMES = word(
  ['Chloé', 'Jean-Noël', 'Maëlys', 'Björn', 'Inès', 'Zoë', 'Marie', 'Loïc', 'Ana', 'Cœline'],
  'i',
);
const LAST_NAMES = word(
  ['Lefèvre', 'Müller', 'Dupont', 'Garçon', 'Peña', 'Œhler', 'Bœuf', 'Martin', 'Août', 'Brûlé', 'Noël'],
  'i / 10',
);
const WALKS = word(['Balade', 'Circuit', 'Randonnée', 'Sentier', 'Boucle', 'Chemin', 'Promenade'], 'i');
const PLACES = word(
  [
    'de la Forêt',
    'du Château',
    'des Crêtes',
    'de l’Église',
    'du Moulin',
    'des Étangs',
    'de la Semois',
    'du Hérou',
    'des Fagnes',
    'du Pèlerin',
    'de 100 % nature',
  ],
  'i / 7',
);
const COMPANIES = word(
  ['Ateliers', 'Société', 'Brûlerie', 'Maison', 'Cœur & fils', 'Éditions', 'Groupe', 'Menuiserie'],
  'i',
);

const RECORD = `sync, record_id, parent_id, public_id, status, contact_key, body, body_hash, source_updated_at, outcome, reason, settled_hash,
  settled_at, due, kind, match_key, seen_run`;
const STANDING = `now() - i * interval '7 seconds', ${OUTCOME('i')}, ${REASON('i')}, md5(i::text), now() - i * interval '3 seconds',
  i % 100 in (0, 1, 2, 8)`;

const OFFERS = `insert into staged_record (${RECORD})
  select '${SYNCS.offers}', ${OFFER_ID('i')}, null, null, 'publishable', null,
    $2::jsonb || jsonb_build_object('code', ${OFFER_ID('i')}, 'name', jsonb_build_object('fr', ${WALKS} || ' ' || ${PLACES} || ' ' || i)),
    md5(i::text), ${STANDING}, null, null, null
  from generate_series(1, $1::int) as i`;

const DOSSIERS = `insert into staged_record (${RECORD})
  select '${SYNCS.dossiers}', ${DOSSIER_ID('i')}, case when i % 10 = 9 then ${DOSSIER_ID('i - 1')} end, 'EXP-' || i, 'validated', 'exposant' || i || '@example.com',
    $2::jsonb || jsonb_build_object('id', ${DOSSIER_ID('i')}, 'publicId', 'EXP-' || i, 'company', ($2::jsonb->'company') || jsonb_build_object('name', ${COMPANIES} || ' ' || ${LAST_NAMES}),
      'bookingContact', ($2::jsonb->'bookingContact') || jsonb_build_object('email', 'exposant' || i || '@example.com')),
    md5(i::text), ${STANDING}, null, null, null
  from generate_series(1, $1::int) as i`;

/** Every second number is one person on both sides. */
const PERSONS = `insert into staged_record (${RECORD})
  select '${SYNCS.crm}', side.kind || '/' || i, null, null, 'active', null,
    $2::jsonb || jsonb_build_object('kind', side.kind, 'id', i::text, 'fields', ($2::jsonb->'fields') || jsonb_build_object(
      side.first, ${FIRST_NAMES}, side.last, ${LAST_NAMES}, 'email', 'personne' || i || '@example.com')),
    md5(i::text), ${STANDING}, side.kind, 'personne' || i || '@example.com', null
  from generate_series(1, $1::int / 2) as i,
    (values ('weavy/customercontact', 'firstName', 'lastName'), ('mautic/contact', 'firstname', 'lastname')) as side(kind, first, last)`;

const RUNS = `insert into run (id, sync, mode, trigger, full_read, plan_run, workflow_id, workflow_run_id, phase, outcome, reason, preflight, counts,
    writes, attention, planned, started_at, finished_at)
  overriding system value
  select i, r.sync, r.mode, case when i % 4 = 0 then 'manual' else 'schedule' end, i % 24 = 0, null, 'run/' || r.sync, md5('run' || i), 'closed',
    case when r.mode = 'plan' then 'planned' when i % 17 = 0 then 'stopped' else 'completed-with-attention' end, case when i % 17 = 0 then 'guard-stopped' end, $2::jsonb,
    jsonb_build_object('read', 100, 'created', i % 3, 'updated', i % 7, 'unchanged', 90 - i % 7 - i % 3, 'withdrawn', 1, 'skipped', 2, 'waiting', 3, 'held', 2, 'refused', 2),
    i % 7, 7, 100, now() - ($1::int - i) * interval '1 hour', now() - ($1::int - i) * interval '1 hour' + interval '95 seconds'
  from generate_series(1, $1::int) as i, lateral (
    select (array['${SYNCS.dossiers}', '${SYNCS.offers}', '${SYNCS.crm}'])[1 + i % 3] as sync, case when i % 5 = 0 then 'plan' else 'run' end as mode) r`;

/**
 * Fills a migrated, empty database with what an installation of some years holds: three syncs, their runs with outcomes,
 * a plan, items, audit, people, tracks. The same rows each time. 100,000 records take about a minute.
 */
export async function fillConsoleDatabase(databaseUrl: string, size: ConsoleSize): Promise<ConsoleData> {
  const pool = createPool(databaseUrl, 1);
  try {
    await pool.query('set statement_timeout = 0'); // on a slow machine a statement here takes more than a minute
    await pool.query(`insert into sync (slug, pair, last_full_at) values ('${SYNCS.offers}', 'pivot-cirkwi', now() - interval '1 day'),
      ('${SYNCS.dossiers}', 'planexpo-inwink', now() - interval '2 days'), ('${SYNCS.crm}', 'weavy-webmecanik', null)`);
    await pool.query(RUNS, [size.runs, JSON.stringify(PREFLIGHT)]);
    await pool.query(`select setval(pg_get_serial_sequence('run', 'id'), $1)`, [size.runs]);
    const tenth = Math.ceil(size.records / 10);
    await pool.query(DOSSIERS, [tenth, JSON.stringify(DOSSIER)]);
    await pool.query(PERSONS, [tenth, JSON.stringify(PERSON)]);
    await pool.query(OFFERS, [size.records, JSON.stringify(OFFER)]);
    for (const statement of PEOPLE) await pool.query(statement);
    for (const statement of [...ACTIVITY, ...PLATFORM_SIDE]) await pool.query(statement, [size.records]);
    await pool.query('vacuum analyze');
    return { ...SYNCS, ...(await newestRuns(pool)) };
  } finally {
    await pool.end();
  }
}

async function newestRuns(db: Queryable): Promise<{ run: number; plan: number }> {
  const { rows } = await db.query<{ run: number; plan: number }>(
    `select max(id) filter (where mode = 'run') as run, max(id) filter (where mode = 'plan') as plan from run where sync = '${SYNCS.offers}'
     and finished_at is not null`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('there are too few runs for a plan');
  return row;
}
