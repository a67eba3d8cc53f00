import { claim, type LinkKind, saveLink } from '../../db/links';
import { inTransaction } from '../../db/pool';
import { order, partner } from '../simulators/support';
import { type CommandStack, startCommandStack } from './command-stack';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack();
});
afterAll(() => stack.stop());

/** Six dossiers that are in step, as after a run. */
beforeEach(async () => {
  await stack.pool.query('truncate link, intent');
  const ids = ['1', '2', '3', '4', '5', '6'];
  await stack.planexpo.control.reset({
    orders: ids.map((id) =>
      order(id, { booking_contact: { last_name: `Martin ${id}`, email: `contact.${id}@exemple.fr` } }),
    ),
    products: [],
  });
  await stack.inwink.control.reset();
  for (const id of ids) {
    await addPartner(`p${id}`, id);
    await stack.inwink.control.put('registered', {
      action: 'upsert',
      id: `r${id}`,
      value: {
        email: `contact.${id}@exemple.fr`,
        lastname: `Martin ${id}`,
        customFields: { planexpo_order_id: id },
      },
    });
    await linkTo('partner', id, `p${id}`, id);
    await linkTo('participant', `email:contact.${id}@exemple.fr`, `r${id}`, id);
  }
  await stack.inwink.control.clearCounters();
});

async function addPartner(id: string, orderId: string): Promise<void> {
  const customFields = { planexpo_order_id: orderId, planexpo_public_order_id: `P${orderId}` };
  await stack.inwink.control.put('exhibitor', {
    action: 'upsert',
    id,
    value: partner(orderId, { customFields }),
  });
}

async function linkTo(
  kind: LinkKind,
  sourceKey: string,
  targetId: string,
  ownerRecord: string,
): Promise<void> {
  const entity = { sync: stack.sync, kind, sourceKey };
  const held = await claim(stack.pool, entity, { requestTimeoutMs: 1, searchLagMs: 1 });
  await inTransaction(stack.pool, (tx) =>
    saveLink(tx, held, {
      targetId,
      origin: 'created',
      ownerRecord,
      contactId: null,
      base: {},
      pausedFields: [],
    }),
  );
}

async function rowsWritten(): Promise<unknown> {
  const { rows } = await stack.pool.query(
    `select (select count(*) from staged_record) + (select count(*) from audit) + (select count(*) from attention_item)
       + (select count(*) from run) + (select count(*) from cursor) as written,
       (select md5(string_agg(l::text, ',' order by kind, source_key)) from link l) as links`,
  );
  return rows[0];
}

describe('passerelle reconcile', () => {
  it('finds nothing after a run that went well, and exits with 0', async () => {
    const { code, json } = await stack.run('reconcile', stack.sync, '--json');

    expect(json.differences).toEqual([]);
    expect({ code, expected: json.expected, inStep: json.inStep, read: json.read }).toEqual({
      code: 0,
      expected: 6,
      inStep: 6,
      read: { dossiers: 6, unreadable: 0, partners: 6, participants: 6, links: 12 },
    });
  });

  it('finds drift, a duplicate, an orphan and what is missing, and writes nothing anywhere', async () => {
    const { planexpo, inwink } = stack;
    await inwink.control.put('exhibitor', {
      action: 'patch',
      id: 'p1',
      value: { emplacement: 'Z9', name: 'Edited' },
    });
    await addPartner('p2-again', '2');
    await planexpo.control.put('orders', { action: 'delete', id: '3' });
    await inwink.control.put('exhibitor', { action: 'delete', id: 'p4' });
    await addPartner('p99', '99');
    await planexpo.control.put('orders', { action: 'upsert', value: order('7') });
    await inwink.control.clearCounters();
    const before = await rowsWritten();

    const { code, json } = await stack.run('reconcile', stack.sync, '--json');

    const found = json.differences.map(
      (one: { kind: string; record: string; targetIds: string[]; field: string | null }) =>
        `${one.kind} ${one.record} ${one.field ?? one.targetIds.join('+')}`,
    );
    expect(found.sort()).toEqual([
      'dossier-gone 3 p3',
      'drift 1 name',
      'duplicate 2 p2+p2-again',
      'missing 7 ',
      'target-gone 4 p4',
      'unlinked 99 p99',
    ]);
    expect({ code, inStep: json.inStep, expected: json.expected }).toEqual({
      code: 3,
      inStep: 2,
      expected: 6,
    });
    expect(await inwink.control.journal()).toEqual([]);
    expect(await rowsWritten()).toEqual(before);
  });

  it('shows ids and names of fields; values only when asked', async () => {
    await stack.inwink.control.put('registered', {
      action: 'patch',
      id: 'r1',
      value: { lastname: 'Edited' },
    });

    const plain = await stack.run('reconcile', stack.sync, '--json');
    const table = await stack.run('reconcile', stack.sync);
    const open = await stack.run('reconcile', stack.sync, '--json', '--values');

    expect(plain.json.differences).toMatchObject([{ entity: 'participant', record: '1', field: 'lastname' }]);
    expect(plain.stdout + table.stdout).not.toMatch(/Martin|Edited|exemple\.fr/);
    expect(open.json.differences).toMatchObject([{ held: 'Edited', wanted: 'Martin 1' }]);
  });

  it('lists as many as asked and counts them all', async () => {
    for (const id of ['1', '2', '3'])
      await stack.inwink.control.put('exhibitor', {
        action: 'patch',
        id: `p${id}`,
        value: { name: 'Edited' },
      });

    const { json } = await stack.run('reconcile', stack.sync, '--json', '--limit', '1');

    expect({ listed: json.differences.length, omitted: json.omitted, counts: json.counts }).toMatchObject({
      listed: 1,
      omitted: 2,
      counts: { drift: 3, missing: 0 },
    });
  });

  it('does not compare half a reading', async () => {
    await stack.planexpo.control.faults({ kind: 'status', status: 403, count: 100 });

    const { code, stdout } = await stack.run('reconcile', stack.sync, '--json');

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});
