import { signalRecord } from '../../../activities/signals';
import { dossierWorkflowId, runWorkflowId } from '../../../workflows/names';
import { until } from '../../harness/until';
import { dossierOrder, item, type Scene, startScene } from './scene';

const READ_ONE = 'GET /{event}/api/orders/{order_id}';
const CREATE_PARTNER = 'POST /{eventId}/exhibitor';
const CREATE_PARTICIPANT = 'POST /{eventId}/registered';
const RAISE_QUANTITY = 'PUT /{eventId}/exhibitor/{id}/product/{productId}';
/** Long enough to act while a call is on its way, shorter than the time-out of any call. */
const SLOW_MS = 2_000;

describe('signals that are repeated, late or beside the point', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  const readsOfOne = async () => (await scene.stack.planexpo.stats()).requests.byRoute[READ_ONE] ?? 0;
  const routesWritten = async () => (await scene.writes()).map((entry) => entry.route).sort();
  const onItsWay = (platform: 'planexpo' | 'inwink', route: string) =>
    until(`${route} is on its way`, async () => {
      const { requests } = await scene.stack[platform].stats();
      return (requests.byRoute[route] ?? 0) > 0;
    });

  it('ten at once with one version make one read and one write of each kind', async () => {
    await scene.begin([dossierOrder('1', { items: [item('p-32', 2)] })]);

    await Promise.all(Array.from({ length: 10 }, () => scene.signal('1', 1)));
    await scene.settled('1');

    expect(await readsOfOne()).toBe(1);
    expect(await routesWritten()).toEqual([CREATE_PARTNER, CREATE_PARTICIPANT, RAISE_QUANTITY].sort());
  });

  it('ten at once without a version make no duplicate and at most two reads', async () => {
    await scene.begin([dossierOrder('1')]);

    await Promise.all(Array.from({ length: 10 }, () => scene.signal('1')));
    await scene.settled('1');

    expect(await readsOfOne()).toBeLessThanOrEqual(2);
    expect(await routesWritten()).toEqual([CREATE_PARTNER, CREATE_PARTICIPANT].sort());
  });

  it('those that come during the read of the version they name ask for no second read', async () => {
    await scene.begin([dossierOrder('1', { version: 4 })]);
    await scene.stack.planexpo.faults({ kind: 'latency', ms: SLOW_MS, route: READ_ONE });
    await scene.signal('1', 4);
    await onItsWay('planexpo', READ_ONE);

    await Promise.all([3, 4, 4].map((version) => scene.signal('1', version)));
    await scene.settled('1');

    expect(await readsOfOne()).toBe(1);
    expect(await routesWritten()).toEqual([CREATE_PARTNER, CREATE_PARTICIPANT].sort());
  });

  it('one that names a newer version than the read under way will bring is followed by another read', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.planexpo.faults({ kind: 'latency', ms: SLOW_MS, when: 'after', route: READ_ONE });
    await scene.signal('1', 1);
    await onItsWay('planexpo', READ_ONE);

    await scene.edit('1', { company: { name: 'Renamed meanwhile' } });
    await scene.signal('1', 2);
    await scene.settled('1');

    expect(await readsOfOne()).toBe(2);
    expect(await scene.partner('1')).toMatchObject({ name: 'Renamed meanwhile' });
  });

  it('an old one during the writes of a newer version is no news', async () => {
    await scene.begin([dossierOrder('1', { version: 3 })]);
    await scene.stack.inwink.faults({ kind: 'latency', ms: SLOW_MS, route: CREATE_PARTNER });
    await scene.signal('1', 3);
    await onItsWay('inwink', CREATE_PARTNER);

    await Promise.all([1, 2, 3].map((version) => scene.signal('1', version)));
    await scene.settled('1');

    expect(await readsOfOne()).toBe(1);
    expect(await routesWritten()).toEqual([CREATE_PARTNER, CREATE_PARTICIPANT].sort());
  });

  it('an old one long after a newer pass puts nothing old back and writes nothing', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.edit('1', { company: { name: 'The newer name' } });
    await scene.signal('1', 2);
    await scene.settled('1');
    await scene.writes();

    await scene.signal('1', 1);
    await scene.settled('1');

    expect(await scene.writes()).toEqual([]);
    expect(await scene.partner('1')).toMatchObject({ name: 'The newer name' });
    expect(await scene.standing('1')).toEqual({ outcome: 'unchanged', reason: null, due: false });
  });

  it('one that says nothing new to a run at work is answered by that run’s own workflow of the dossier', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')]);
    await scene.stack.inwink.faults({
      kind: 'latency',
      ms: SLOW_MS,
      route: CREATE_PARTNER,
      where: { field: 'name', equals: 'Exemplar 1' },
    });
    const running = scene.run();
    await onItsWay('inwink', CREATE_PARTNER);

    await scene.signal('1', 1);
    const report = await running;

    expect(report).toMatchObject({ outcome: 'completed', writes: 4, counts: { read: 2, created: 2 } });
    expect(await scene.writes()).toHaveLength(4);
    expect((await latest('1')).parentExecution?.workflowId).toBe(runWorkflowId(scene.stack.sync));
  });

  it('one for an exhibitor that was not validated yet wakes its waiting co-exhibitors, and no one else', async () => {
    await scene.begin([
      dossierOrder('9', { status: 'submitted' }),
      dossierOrder('1', { parent_order_id: '9' }),
      dossierOrder('2', { parent_order_id: '9', status: 'draft' }),
      dossierOrder('3'),
    ]);
    await scene.signal('1', 1);
    await scene.settled('1');
    const waiting = await scene.standing('1');

    await scene.edit('9', { status: 'validated' });
    await scene.signal('9', 2);
    await scene.settled('9');
    await scene.settled('1');

    expect(waiting).toMatchObject({ outcome: 'waiting', reason: 'parent-not-there', due: true });
    const exhibitor = await scene.partner('9');
    expect(await scene.partner('1')).toMatchObject({ affiliatedToId: exhibitor.id });
    expect(await scene.partners()).toHaveLength(2);
    expect(await scene.items()).toEqual([]);
  });

  it('one for an id that Planexpo never had ends quietly: nothing written, nothing asked of anybody', async () => {
    await scene.begin([dossierOrder('1')]);

    await scene.signal('no-such-dossier', 1);
    await scene.settled('no-such-dossier');

    expect((await latest('no-such-dossier')).status.name).toBe('COMPLETED');
    expect(await scene.writes()).toEqual([]);
    expect(await scene.items()).toEqual([]);
    expect(await scene.run()).toMatchObject({ outcome: 'completed', counts: { read: 1, created: 1 } });
  });

  it('one for a dossier that was deleted before it ever reached Inwink asks nothing of anybody', async () => {
    await scene.begin([dossierOrder('1', { status: 'draft' })]);
    await scene.signal('1', 1);
    await scene.settled('1');
    await scene.stack.planexpo.put('orders', { action: 'delete', id: '1' });

    await scene.signal('1');
    await scene.settled('1');

    expect(await scene.standing('1')).toMatchObject({ outcome: 'skipped', reason: 'deleted-at-source' });
    expect(await scene.items()).toEqual([]);
  });

  it('a retry lets a held dossier through once its cause is gone, and closes the question', async () => {
    await scene.begin([dossierOrder('1', { status: 'on_hold' })]);
    await scene.run();
    const held = await scene.standing('1');
    await scene.edit('1', { status: 'validated' });

    await retry('1');

    expect(held).toMatchObject({ outcome: 'held', reason: 'unknown-status' });
    expect(await scene.standing('1')).toEqual({ outcome: 'created', reason: null, due: false });
    expect(await scene.items('1')).toEqual([]);
  });

  it('a retry does not answer in the place of the person who is asked', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.run();
    await scene.stack.inwink.put('exhibitor', {
      action: 'delete',
      id: String((await scene.partner('1')).id),
    });
    await scene.run({ full: true });
    await scene.writes();

    await retry('1');

    expect(await scene.standing('1')).toMatchObject({ outcome: 'held', reason: 'target-deleted' });
    expect(await scene.items('1')).toMatchObject([{ reason: 'target-deleted', state: 'open' }]);
    expect(await scene.writes()).toEqual([]);
    expect((await latest('1')).status.name).toBe('FAILED');
  });

  async function retry(recordId: string): Promise<void> {
    const record = { pair: 'planexpo-inwink', sync: scene.stack.sync, recordId };
    await signalRecord(scene.stack.client.workflow, record, 'retry');
    await scene.settled(recordId);
  }

  /** The dossier's latest workflow, as the Temporal UI shows it. */
  const latest = (recordId: string) =>
    scene.stack.client.workflow.getHandle(dossierWorkflowId(scene.stack.sync, recordId)).describe();
});
