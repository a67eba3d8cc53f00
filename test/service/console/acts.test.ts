import { mountAudit } from '../../../service/console/audit/mount-audit';
import { mountRecord } from '../../../service/console/record/mount-record';
import { mountRecords } from '../../../service/console/records/mount-records';
import { mountSync } from '../../../service/console/sync/mount-sync';
import { addRecord } from './run-console';
import { type SignedInPages, SYNCS, signedInPages } from './signed-in-pages';

const SYNC = SYNCS.dossiers;
let pages: SignedInPages;
beforeAll(async () => {
  pages = await signedInPages(mountAudit, mountRecord, mountRecords, mountSync);
});
afterAll(() => pages.stop());
beforeEach(async () => {
  await pages.pool.query(
    'truncate run, run_request, run_place, staged_record, audit restart identity cascade',
  );
  pages.breakTemporal(null);
});

const acts = async () =>
  (
    await pages.pool.query(
      `select rule, record_id as record, target_id as target, field, after from audit where actor = 'chloe' order by id`,
    )
  ).rows;

describe('what operators ask for is in the audit', () => {
  it('who asked for which run', async () => {
    const { location } = await pages.post(`/syncs/${SYNC}/run`, { what: 'full' });
    expect(location).toBe('/runs/1');

    const { rows } = await pages.pool.query('select workflow_run_id as id from run');
    const act = { rule: 'run.start', record: null, target: rows[0].id };
    expect(await acts()).toEqual([
      { ...act, field: 'mode', after: 'run' },
      { ...act, field: 'full', after: true },
    ]);
    expect((await pages.get('/audit')).text).toContain('Run asked for.');
    expect((await pages.get('/audit', { language: 'fr' })).text).toContain('Passage demandé.');
  });

  it('a run that did not start is none', async () => {
    pages.breakTemporal(new Error('away'));
    await pages.post(`/syncs/${SYNC}/run`, { what: 'run' }).catch(() => undefined);

    expect(await acts()).toEqual([]);
  });

  it('who asked for another attempt on a record, there and in its own history', async () => {
    await addRecord(pages.pool, SYNC, { id: 'd-1', name: 'Ateliers', outcome: 'held' });
    await pages.pool.query('update staged_record set body = null'); // could not be read

    await pages.post(`/syncs/${SYNC}/records/d-1/retry`, {});

    expect(await acts()).toEqual([{ rule: 'retry', record: 'd-1', target: null, field: null, after: null }]);
    for (const path of ['/audit', `/syncs/${SYNC}/records/d-1`]) {
      const { text } = await pages.get(path, { language: 'fr' });
      expect(text).toMatch(/Fiche décision .*Nouvel essai demandé\./);
    }
  });

  it('who asked for all that is not in step, record by record', async () => {
    await addRecord(pages.pool, SYNC, { id: 'd-1', name: 'Ateliers', outcome: 'held' });
    await addRecord(pages.pool, SYNC, { id: 'd-2', name: 'Maison', outcome: 'created' });
    await addRecord(pages.pool, SYNC, { id: 'd-3', name: 'Brûlerie', outcome: 'refused' });

    await pages.post(`/syncs/${SYNC}/retry`, {});

    const retried = (await acts()).map(({ rule, record }) => `${rule} ${record}`);
    expect(retried.sort()).toEqual(['retry d-1', 'retry d-3']);
  });
});
