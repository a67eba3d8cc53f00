import { freePlaces, holdPlaces } from '../../db/forget/hold-places';
import { inTransaction } from '../../db/pool';
import { forgetPerson } from '../../operations/forget';
import type { PlanexpoOrder } from '../../simulators/planexpo';
import { until } from '../harness/until';
import { bringInStep } from '../planexpo-inwink/engine/by-hand';
import { startPaused } from '../planexpo-inwink/engine/runs';
import { contactOf, dossierOrder, emailOf, type Scene, startScene } from '../planexpo-inwink/engine/scene';
import { everyRow, rowsWith, tablesWith } from './every-row';

const CONTACT = {
  ...contactOf('701'),
  last_name: 'Verlinden',
  first_name: 'Apolline',
  position: 'Fée des foires',
  phone_1: '+33 1 99 00 77 01',
  phone_2: '06 39 98 77 01',
};
/** All that tells of her, as typed and as sent. */
const HERS = [
  ...[emailOf('701'), 'Verlinden', 'Apolline', 'Fée des foires', '+33 1 99 00 77 01', '+33199007701'],
  ...['06 39 98 77 01', '+33639987701'],
];

/** A booking contact who asks to be forgotten. */
describe('forgetting a booking contact', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  const forget = (person: string, sync?: string) => {
    const { configuration, pool, client } = scene.stack;
    const context = { configuration, pool, temporal: async () => client, actor: 'test' };
    return forgetPerson(context, person, { sync });
  };

  /** Dossiers 701 and 702 name her, 703 somebody else; there are plans, edits, shared data and notes. */
  async function fill(): Promise<void> {
    const others = dossierOrder('703', { booking_contact: { ...contactOf('703'), phone_1: '01 99' } });
    await scene.begin([hers('701'), others]);
    await scene.run({ mode: 'plan' });
    await scene.run();
    await scene.stack.planexpo.put('orders', {
      action: 'upsert',
      value: { ...hers('702', { phone_1: 'poste 4 du 01 99 00 77 01' }) },
    });
    await scene.edit('701', { booking_contact: { ...CONTACT, position: 'Fée des foires en chef' } });
    await scene.run();
    await scene.writes();
  }

  it('leaves nothing of her in any table, and everything of others', async () => {
    await fill();
    const before = await everyRow(scene.stack.pool);
    expect(tablesWith(before, HERS).sort()).toEqual(
      expect.arrayContaining(['audit', 'intent', 'link', 'plan_entry', 'staged_record']),
    );

    const report = await forget(emailOf('701').toUpperCase());

    const after = await everyRow(scene.stack.pool);
    expect(tablesWith(after, HERS)).toEqual([]);
    expect(report).toMatchObject({ isForgotten: true, proof: { hits: [] } });
    expect(report.records).toEqual([
      { sync: scene.stack.sync, record: '701' },
      { sync: scene.stack.sync, record: '702' },
    ]);
    expect(rowsWith(before, emailOf('703')).length).toBeGreaterThan(3);
    expect(rowsWith(after, emailOf('703'))).toEqual(rowsWith(before, emailOf('703')));
    expect(rowsWith(after, 'Nom703')).toEqual(rowsWith(before, 'Nom703'));
  });

  it('keeps ids, companies and counts', async () => {
    await fill();
    const { counts } = await scene.run({ full: true });
    const before = await everyRow(scene.stack.pool);

    await forget(emailOf('701'));

    const after = await everyRow(scene.stack.pool);
    const [participant] = await scene.participants(emailOf('701'));
    expect(rowsWith(after, String(participant?.id)).length).toBeGreaterThan(0);
    expect(rowsWith(after, 'Exemplar 701').length).toBeGreaterThan(0);
    expect(after.filter(({ table }) => table === 'audit')).toHaveLength(
      before.filter(({ table }) => table === 'audit').length,
    );
    expect((await scene.run({ full: true })).counts).toEqual(counts);
  });

  it('is noted with who asked, a hash and counts, and no name', async () => {
    await fill();

    const { subject } = await forget(emailOf('701'));

    const { rows } = await scene.stack.pool.query(
      'select actor, operation, subject, detail from access_audit',
    );
    expect(rows.at(-1)).toMatchObject({
      actor: 'test',
      operation: 'forget',
      subject,
      detail: { records: 2 },
    });
    expect(subject).toMatch(/^[0-9a-f]{64}$/);
  });

  it('writes nothing in the next runs, due or full', async () => {
    await fill();
    const people = await scene.participants();
    const partners = await scene.partners();

    await forget(emailOf('701'));
    await scene.stack.pool.query('update staged_record set due = true, due_mark = due_mark + 1');
    const runs = [await scene.run(), await scene.run({ full: true })];

    expect(runs).toMatchObject([
      { outcome: 'completed', writes: 0 },
      { outcome: 'completed', writes: 0 },
    ]);
    expect(await scene.participants()).toEqual(people);
    expect(await scene.partners()).toEqual(partners);
    expect(tablesWith(await everyRow(scene.stack.pool), [emailOf('701')])).toEqual([]);
  });

  it('is over when Planexpo changes the dossier: the same participant goes on, with nothing blanked', async () => {
    await bringInStep(scene, [hers('701')]);
    const [before] = await scene.participants();
    await forget(emailOf('701'));
    await scene.edit('701', { booking_contact: { ...CONTACT, position: 'Présidente' } });

    await scene.run();

    expect(await scene.participants()).toEqual([
      { ...before, position: 'Présidente', updatedOn: expect.anything() },
    ]);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('goes by a dossier too, and takes every dossier that names the same contact', async () => {
    await fill();

    const report = await forget('PUB702');

    expect(report.isForgotten).toBe(true);
    expect(tablesWith(await everyRow(scene.stack.pool), HERS)).toEqual([]);
  });

  it('leaves the contact of today alone when it is the former one who is forgotten', async () => {
    await bringInStep(scene, [hers('701')]);
    await scene.edit('701', { booking_contact: contactOf('new') });
    await scene.run();
    const before = await everyRow(scene.stack.pool);

    const report = await forget(emailOf('701'));

    const after = await everyRow(scene.stack.pool);
    expect(report.isForgotten).toBe(true);
    expect(tablesWith(after, HERS)).toEqual([]);
    expect(rowsWith(after, emailOf('new'))).toEqual(rowsWith(before, emailOf('new')));
    await scene.writes();
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('follows a corrected e-mail back to the former one', async () => {
    await bringInStep(scene, [hers('701')]);
    await scene.edit('701', { booking_contact: { ...CONTACT, email: 'apolline@exemplar.example' } });
    await scene.run();

    await forget('apolline@exemplar.example');

    expect(tablesWith(await everyRow(scene.stack.pool), HERS)).toEqual([]);
  });

  it('says where a number of hers also belongs to somebody else, and leaves it there', async () => {
    await bringInStep(scene, [hers('701'), dossierOrder('703', { booking_contact: sharingPhone() })]);

    const { isForgotten, proof } = await forget(emailOf('701'));

    expect(isForgotten).toBe(true);
    expect(proof.stays).toEqual(
      expect.arrayContaining([{ column: 'staged_record.body', rows: 1, why: 'shared-phone' }]),
    );
    expect(tablesWith(await everyRow(scene.stack.pool), [emailOf('701')])).toEqual([]);
  });

  it('fails with the place when something of her stands where nobody may remove it', async () => {
    const named = { name: `Chez ${emailOf('701')}`, website: null, address: null };
    await bringInStep(scene, [hers('701'), dossierOrder('703', { company: named })]);

    const { isForgotten, proof } = await forget(emailOf('701'));

    expect(isForgotten).toBe(false);
    expect(proof.hits).toEqual(expect.arrayContaining([{ column: 'staged_record.body', rows: 1 }]));
  });

  it('is refused while a run is under way, and changes nothing', async () => {
    await bringInStep(scene, [hers('701')]);
    const run = await startPaused(scene, { input: { overrides: ['validated-dossiers'] } });
    const before = rowsWith(await everyRow(scene.stack.pool), emailOf('701'));

    await expect(forget(emailOf('701'))).rejects.toMatchObject({ kind: 'conflict' });

    expect(rowsWith(await everyRow(scene.stack.pool), emailOf('701'))).toEqual(before);
    await run.signal('resume');
    await run.result();
    expect(await forget(emailOf('701'))).toMatchObject({ isForgotten: true });
  });

  it('holds the place: a run that opens meanwhile begins when it is over', async () => {
    const { pool, sync } = scene.stack;
    await bringInStep(scene, [hers('701')]);
    let run: ReturnType<Scene['run']> | undefined;

    await inTransaction(pool, async (tx) => {
      expect(await holdPlaces(tx, [sync])).toBeNull();
      run = scene.run();
      await until('the run waits for its place', async () => {
        const { rows } = await pool.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%into run_place%'",
        );
        return rows.length > 0;
      });
      await freePlaces(tx, [sync]);
    });

    expect(await run).toMatchObject({ outcome: 'completed' });
    const { rows } = await pool.query("select 1 from run where workflow_id = 'forget'");
    expect(rows).toEqual([]);
  });

  it('is refused while somebody else works on the same records', async () => {
    const { pool, sync } = scene.stack;
    await bringInStep(scene, [hers('701')]);

    await inTransaction(pool, async (tx) => {
      await holdPlaces(tx, [sync]);
      await expect(forget(emailOf('701'))).rejects.toMatchObject({ kind: 'conflict' });
      await freePlaces(tx, [sync]);
    });

    expect(await forget(emailOf('701'))).toMatchObject({ isForgotten: true });
  }, 60_000);

  it('is refused while nobody knows whether her participant was just created', async () => {
    await bringInStep(scene, [hers('701')]);
    const doubt = "update intent set state = 'creating', sent_at = now() where kind = 'participant'";
    await scene.stack.pool.query(doubt);

    await expect(forget(emailOf('701'))).rejects.toMatchObject({ kind: 'conflict' });

    await scene.stack.pool.query("update intent set sent_at = now() - interval '2 hours'");
    expect(await forget(emailOf('701'))).toMatchObject({ isForgotten: true });
  });

  it('refuses what names nobody', async () => {
    await bringInStep(scene, [hers('701')]);

    await expect(forget('not@an@e-mail')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(forget('4711')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(forget(emailOf('701'), 'no-such-sync')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

function hers(id: string, contact: Partial<typeof CONTACT> = {}): PlanexpoOrder {
  return dossierOrder(id, { booking_contact: { ...CONTACT, ...contact } });
}

function sharingPhone() {
  return { ...contactOf('703'), phone_1: CONTACT.phone_1 };
}
