import { DOSSIER_ID, OFFER_ID, OUTCOME, REASON, SYNCS } from './console-ids';

/** Statements that fill what happened to the records; `$1` is the number of records of the largest sync. */

/** The newest three runs of each sync passed over every record, the forty-seven before over one in a hundred. */
const RUN_OUTCOMES = `insert into run_outcome (run_id, record_id, outcome, reason, writes, at)
  select r.id, s.record_id, coalesce(s.outcome, 'unchanged'), s.reason, case when s.outcome in ('created', 'updated') then 1 else 0 end, r.finished_at
  from (select id, sync, finished_at, row_number() over (partition by sync order by id desc) as age from run where mode = 'run') r
  join staged_record s on s.sync = r.sync
  where r.age <= 50 and $1::int > 0 and (r.age <= 3 or hashtext(s.record_id) % 100 = 0)`;

const CHANGES = `jsonb_build_array(
  jsonb_build_object('kind', 'circuit', 'targetId', i::text, 'field', 'title.fr', 'before', 'Ancien titre ' || i, 'after', 'Nouveau titre ' || i, 'rule', 'map.title.fr'),
  jsonb_build_object('kind', 'circuit', 'targetId', i::text, 'field', 'description.fr', 'before', repeat('Texte d’avant. ', 12), 'after', repeat('Texte d’après. ', 12), 'rule', 'map.description.fr'),
  jsonb_build_object('kind', 'circuit', 'targetId', i::text, 'field', 'locomotion.duree', 'before', 120, 'after', 150, 'rule', 'map.duration'))`;

const PLAN = `insert into plan_entry (run_id, record_id, depth, outcome, reason, mapped_hash, changes, notes, withdraws, blanks, needs_apply)
  select (select max(id) from run where sync = '${SYNCS.offers}' and mode = 'plan'), ${OFFER_ID('i')}, 0, coalesce(${OUTCOME('i')}, 'unchanged'), ${REASON('i')}, md5(i::text),
    case when i % 100 in (3, 5, 6, 7) then ${CHANGES} else '[]' end,
    case when i % 20 = 0 then '[{"field":"website","code":"malformed","raw":"htp:/example","sent":null}]'::jsonb else '[]' end,
    i % 100 = 3, i % 1000 = 6, i % 100 in (3, 5, 6, 7)
  from generate_series(1, $1::int) as i`;

/** Items by the hundred: open for people, open to know, decided, and twice as many that are over. */
const ITEMS = `insert into attention_item (sync, record_id, reason, detail, severity, state, opened_run, opened_at, decision, decided_by, decided_at, resolved_at)
  select '${SYNCS.offers}', ${OFFER_ID('1 + i % $1::int')}, k.reason, jsonb_build_object('field', 'title.fr', 'value', 'Titre ' || i), case when i % 4 = 3 then 'info' else 'action' end,
    k.state, 1, now() - i * interval '1 minute', case when k.state = 'decided' then 'keep' end, case when k.state = 'decided' then 'chloe' end,
    case when k.state = 'decided' then now() end, case when k.state = 'resolved' then now() end
  from generate_series(1, $1::int * 3 / 5) as i, lateral (
    select (array['edited-in-cirkwi', 'no-track', 'refused-by-target', 'field-altered', 'unknown-value', 'malformed-value'])[1 + i % 6] as reason,
      case when i % 3 > 0 then 'resolved' when i % 60 = 0 then 'decided' else 'open' end as state) k`;

const SMALL_ITEMS = `insert into attention_item (sync, record_id, reason, severity)
  select '${SYNCS.dossiers}', ${DOSSIER_ID('i')}, 'missing-name', 'action' from generate_series(1, least(40, $1::int / 10)) as i
  union all select '${SYNCS.crm}', 'mautic/contact/' || i, 'email-taken', 'action' from generate_series(1, least(40, $1::int / 20)) as i`;

/** Five rows for each record; one act in a thousand is a person's. */
const AUDIT = `insert into audit (sync, run_id, record_id, kind, target_id, operation, field, before, after, rule, actor, at)
  select a.sync, a.run, a.record_id, 'circuit', i::text, case when i % 1000 = 0 then 'decision' else 'update' end, 'title.fr', to_jsonb('Ancien titre ' || i), to_jsonb('Nouveau titre ' || i),
    'map.title.fr', case when i % 1000 = 0 then (array['chloe', 'loic', 'ines'])[1 + i / 1000 % 3] end, now() - ($1::int * 5 - i) * interval '1 second'
  from generate_series(1, $1::int * 5) as i, lateral (
    select case when i % 10 = 0 then '${SYNCS.dossiers}' when i % 10 = 1 then '${SYNCS.crm}' else '${SYNCS.offers}' end as sync,
      case when i % 10 = 0 then ${DOSSIER_ID('1 + i / 10 % ($1::int / 10)')} when i % 10 = 1 then 'mautic/contact/' || (1 + i / 10 % ($1::int / 20)) else ${OFFER_ID('1 + i % $1::int')} end as record_id,
      1 + i % (select max(id) from run) as run) a`;

/** A run of the largest sync is under way. */
const UNDER_WAY = `with opened as (
    insert into run (sync, mode, trigger, workflow_id, workflow_run_id, phase)
    select '${SYNCS.offers}', 'run', 'schedule', 'run/${SYNCS.offers}', 'under-way', 'apply' where $1::int > 0 returning id)
  insert into run_place (sync, run_id, workflow_id, workflow_run_id) select '${SYNCS.offers}', id, 'run/${SYNCS.offers}', 'under-way' from opened`;

const HOOKS = `insert into received_hook (sync, event_id, type, record_id, received_at, delivered_at, signal)
  select '${SYNCS.dossiers}', 'event-' || i, 'validated', ${DOSSIER_ID('i')}, now() - i * interval '1 minute', case when i > 25 then now() end, 'recordValidated'
  from generate_series(1, least(20000, $1::int)) as i`;

export const ACTIVITY: readonly string[] = [RUN_OUTCOMES, PLAN, ITEMS, SMALL_ITEMS, AUDIT, UNDER_WAY, HOOKS];

const LINKS = `insert into link (sync, kind, source_key, target_id, origin, base, fence)
  select '${SYNCS.dossiers}', 'partner', ${DOSSIER_ID('i')}, 'partner-' || i, 'created', jsonb_build_object('name', 'Société ' || i, 'address.city', 'Lyon', 'website', 'https://www.example.com'), 1
  from generate_series(1, $1::int / 10) as i where i % 100 > 8`;

const COUPLES = `insert into couple (sync, kind, weavy_record, mautic_record, state, base, linked_at)
  select '${SYNCS.crm}', 'person', 'weavy/customercontact/' || i, 'mautic/contact/' || i, 'active',
    jsonb_build_object('firstName', jsonb_build_object('weavy', 'Chloé', 'mautic', 'Chloé'), 'email', jsonb_build_object('weavy', 'personne' || i || '@example.com', 'mautic', 'personne' || i || '@example.com')), now()
  from generate_series(1, $1::int / 20) as i`;

const TRACKS = `insert into track_body (hash, gpx, line_hash, segments, points, length_m, climb_m)
  select md5('track' || i), convert_to('<?xml version="1.0"?><gpx version="1.1" creator="passerelle" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>' || (
      select string_agg(format('<trkpt lat="%s" lon="%s"><ele>%s</ele></trkpt>', round((50 + i * 0.001 + sin(p * 0.02) * 0.01)::numeric, 6), round((5 + cos(p * 0.02) * (0.01 + i % 2 * 0.0005))::numeric, 6), 350 + p % 60), '' order by p)
      from generate_series(1, 300) as p) || '</trkseg></trk></gpx>', 'UTF8'), md5('line' || i), 1, 300, 8400 + i, 210
  from generate_series(1, 400) as i where $1::int > 0`;

const EDITS = `insert into track_edit (sync, record_id, cirkwi_id, edited_hash, base_hash, state, comparison, ended_at, found_at)
  select '${SYNCS.offers}', ${OFFER_ID('i')}, (70000 + i)::text, md5('track' || (2 * i)), md5('track' || (2 * i - 1)), k.state, '{"lengthBeforeM": 8400, "lengthAfterM": 8650, "largestDistanceM": 84}',
    case when k.state in ('returned', 'declined') then now() end, now() - i * interval '1 hour'
  from generate_series(1, least(200, $1::int)) as i, lateral (select (array['offered', 'returned', 'declined', 'held'])[1 + i % 4] as state) k`;

const FEED_OBJECTS = `insert into feed_object (sync, record_id, kind, state, fields, document, content_hash, published_kind, published_fields, published_document, published_hash,
    published_at, cirkwi_id, imported_at, verified_at, seen_at)
  select '${SYNCS.offers}', o.id, 'circuit', 'verified', o.fields, o.document, md5(o.document), 'circuit', o.fields, o.document, md5(o.document), now(), (70000 + i)::text, now(), now(), now()
  from generate_series(1, $1::int) as i, lateral (select ${OFFER_ID('i')} as id, jsonb_build_object('code', ${OFFER_ID('i')}, 'title.fr', 'Balade ' || i, 'publie_cirkwi', '1') as fields,
    '<circuit id="' || i || '"><title>Balade ' || i || '</title><description>' || repeat('Le sentier suit la rivière. ', 12) || '</description></circuit>' as document) o
  where i % 100 not in (0, 1, 2, 3, 4, 8)`;

const BUDGETS = `insert into platform_budget (account, paused_until, access_lost_at)
  select * from (values ('pivot', '-infinity'::timestamptz, null::timestamptz), ('cirkwi', now() + interval '10 minutes', null), ('inwink', '-infinity', now())) as b where $1::int > 0`;

export const PLATFORM_SIDE: readonly string[] = [LINKS, COUPLES, TRACKS, EDITS, FEED_OBJECTS, BUDGETS];

/** Who may ask, and what they were let do. */
export const PEOPLE: readonly string[] = [
  `insert into account (login, name, role, password_hash, created_by) select 'personne' || i, 'Personne ' || i, (array['viewer', 'operator', 'administrator'])[1 + i % 3], 'unusable', 'bench'
   from generate_series(1, 60) as i`,
  `insert into api_token (name, scope, token_hash, prefix, created_by, revoked_at) select 'Service ' || i, (array['read', 'operate', 'administer'])[1 + i % 3], decode(md5('token' || i), 'hex'), left(md5('token' || i), 8), 'bench',
     case when i % 4 = 0 then now() end from generate_series(1, 40) as i`,
  `insert into access_audit (actor, operation, subject, at) select 'personne' || i % 60, (array['login', 'logout', 'login-refused', 'token-made'])[1 + i % 4], 'personne' || i % 60, now() - i * interval '1 minute'
   from generate_series(1, 50000) as i`,
];
