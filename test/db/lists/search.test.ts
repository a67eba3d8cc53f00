import { listPlanEntriesPage } from '../../../db/lists/plans';
import { listRecords } from '../../../db/lists/records';
import { listRunOutcomes } from '../../../db/lists/runs';
import { createPool, type Pool } from '../../../db/pool';
import { findRecords } from '../../../db/reading';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const EMAIL = 'chloe.secrete@example.com';

describe('searching records', () => {
  let database: TestDatabase;
  let pool: Pool;
  const found = async (text: string, sync = 'salon'): Promise<string[]> =>
    (await listRecords(pool, sync, { text, limit: 100 })).rows.map((row) => row.recordId);

  beforeAll(async () => {
    database = await freshDatabase();
    pool = createPool(database.url, 2);
    await pool.query(
      `insert into sync (slug, pair) values ('salon', 'planexpo-inwink'), ('crm', 'weavy-webmecanik')`,
    );
    await pool.query(
      `insert into staged_record (sync, record_id, public_id, status, contact_key, body, body_hash)
       select 'salon', id, public_id, 'validated', $1, jsonb_build_object('company', jsonb_build_object('name', name), 'bookingContact', jsonb_build_object('email', $1::text)), ''
       from (values ('a1f0', 'EXP-77', 'Éditions du Cœur'), ('b2e9', 'EXP-770', 'EDITIONS DE L’OURS'), ('c3d8', null, '100 % Nature'),
         ('d4c7', 'EXP_9', 'Brûlerie Müller'), ('e5b6', 'EXPX9', '1000 Natures')) as v(id, public_id, name)`,
      [EMAIL],
    );
    await pool.query(
      `insert into staged_record (sync, record_id, status, kind, match_key, body, body_hash)
       values ('crm', 'mautic/contact/81', 'active', 'mautic/contact', $1, $2, ''), ('crm', 'weavy/customercontact/810', 'active', 'weavy/customercontact', null, $3, '')`,
      [
        EMAIL,
        { fields: { firstname: 'Zoë', lastname: 'Peña', email: EMAIL } },
        { fields: { firstName: 'Zoé', lastName: 'Durand', email: EMAIL } },
      ],
    );
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it.each(['éditions', 'EDITIONS', 'edit', 'Éditions', 'e\u0301dition'])(
    'minds neither accents nor capitals: %s',
    async (text) => {
      expect(await found(text)).toEqual(['a1f0', 'b2e9']);
    },
  );

  it('wants every word, in any order', async () => {
    expect(await found('cœur éditions')).toEqual(['a1f0']);
    expect(await found('coeur editions')).toEqual(['a1f0']);
    expect(await found('Müller brul')).toEqual(['d4c7']);
    expect(await found('brul ours')).toEqual([]);
  });

  it('finds by part of the id and of the public id', async () => {
    expect(await found('1f0')).toEqual(['a1f0']);
    expect(await found('exp-77')).toEqual(['a1f0', 'b2e9']);
    expect(await found('exp-770')).toEqual(['b2e9']);
  });

  it('takes % and _ for what they are', async () => {
    expect(await found('100 %')).toEqual(['c3d8']);
    expect(await found('exp_9')).toEqual(['d4c7']);
    expect(await found('a%0')).toEqual([]);
    expect(await found('exp\\')).toEqual([]);
  });

  it('finds nobody by signs alone, and everybody without a text', async () => {
    expect(await found('%')).toEqual([]);
    expect(await found('___')).toEqual([]);
    expect(await found('  ')).toHaveLength(5);
  });

  it('looks for one or two letters where an id or a word begins', async () => {
    expect(await found('c')).toEqual(['a1f0', 'c3d8']); // of Cœur, and of the id
    expect(await found('na')).toEqual(['c3d8', 'e5b6']);
    expect(await found('81', 'crm')).toEqual(['mautic/contact/81', 'weavy/customercontact/810']);
  });

  it('finds people of a CRM by either name', async () => {
    expect(await found('zoe', 'crm')).toEqual(['mautic/contact/81', 'weavy/customercontact/810']);
    expect(await found('pena zoe', 'crm')).toEqual(['mautic/contact/81']);
  });

  it.each([EMAIL, 'chloe.secrete', 'example.com', 'secrete', 'exa'])(
    'finds nothing by an e-mail, of which records have one: %s',
    async (text) => {
      expect(await found(text)).toEqual([]);
      expect(await found(text, 'crm')).toEqual([]);
      expect(await findRecords(pool, 'crm', text)).toEqual([]);
    },
  );

  it('is the same among the outcomes of a run and the entries of a plan', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into run (sync, mode, trigger, workflow_id, workflow_run_id) values ('salon', 'plan', 'manual', 'run/salon', 'one') returning id`,
    );
    const run = rows[0]?.id ?? 0;
    await pool.query(
      `insert into run_outcome (run_id, record_id, outcome) select $1, record_id, 'updated' from staged_record where sync = 'salon'`,
      [run],
    );
    await pool.query(
      `insert into plan_entry (run_id, record_id, outcome) select $1, record_id, 'updated' from staged_record where sync = 'salon'`,
      [run],
    );

    const outcomes = await listRunOutcomes(pool, run, { text: 'editions', limit: 10 });
    const entries = await listPlanEntriesPage(pool, run, { text: 'editions', limit: 10 });
    expect(outcomes.rows.map((row) => row.name)).toEqual(['Éditions du Cœur', 'EDITIONS DE L’OURS']);
    expect(entries.rows.map((row) => row.recordId)).toEqual(['a1f0', 'b2e9']);
    expect((await listRunOutcomes(pool, run, { text: EMAIL, limit: 10 })).rows).toEqual([]);
    expect((await listPlanEntriesPage(pool, run, { text: EMAIL, limit: 10 })).rows).toEqual([]);
  });

  it('by an id as people write it finds that record before others', async () => {
    const idsOf = async (sync: string, id: string) =>
      (await findRecords(pool, sync, id)).map((row) => row.recordId);
    expect(await idsOf('salon', 'exp-77')).toEqual(['a1f0']);
    expect(await idsOf('salon', 'EXP_9')).toEqual(['d4c7']);
    expect(await idsOf('salon', 'A1F0')).toEqual(['a1f0']);
    expect(await idsOf('crm', '81')).toEqual(['mautic/contact/81']);
    expect(await idsOf('crm', 'Contact/81')).toEqual(['mautic/contact/81']);
    expect(await idsOf('crm', '8')).toEqual([]);
  });
});
