import { addMask } from '../../db/masks';
import { inTransaction } from '../../db/pool';
import type { Mask } from '../../mappings/planexpo-inwink/mask/mask';
import { order } from '../simulators/support';
import { type CommandStack, startCommandStack } from './command-stack';

const READY: Mask = {
  prerequisites: {
    salesOpenedOn: '2026-01-05',
    offerFrozen: true,
    planexpoManagerInformed: true,
    inwinkManagerInformed: true,
    planexpoEvent: 'expo-2027',
    inwinkEvent: 'event-1',
    confirmedBy: 'exhibitor manager',
    confirmedOn: '2026-01-05',
  },
  rows: [
    {
      row: 2,
      planexpoId: 'p-1',
      planexpoName: 'Badge',
      planexpoPackSize: 1,
      inwinkId: 'i-1',
      inwinkName: 'Badge',
      inwinkPackSize: 1,
    },
  ],
  unmapped: [],
};

let stack: CommandStack;
let masks = 0;

beforeAll(async () => {
  stack = await startCommandStack();
});
afterAll(() => stack.stop());

beforeEach(async () => {
  const updated_at = '2026-01-01T08:00:00Z';
  await stack.planexpo.control.clearFaults();
  await stack.inwink.control.clearFaults();
  await stack.planexpo.control.reset({
    orders: ['1', '2', '3'].map((id) => order(id)),
    products: [{ product_id: 'p-1', name: 'Badge', kind: 'option', pack_size: 1, active: true, updated_at }],
  });
  await stack.inwink.control.reset({
    exhibitors: [],
    registered: [],
    products: [{ id: 'i-1', name: 'Badge', packSize: 1, active: true }],
    fields: [
      { entity: 'exhibitor', key: 'planexpo_order_id', type: 'text' },
      { entity: 'exhibitor', key: 'planexpo_public_order_id', type: 'text' },
      { entity: 'registered', key: 'planexpo_order_id', type: 'text' },
    ],
  });
  await putMask(READY);
});

async function putMask(mask: Mask): Promise<void> {
  masks += 1;
  const fileSha256 = String(masks);
  await inTransaction(stack.pool, (tx) =>
    addMask(tx, stack.sync, { file: Buffer.from(''), fileSha256, mask, importedBy: 'test' }),
  );
}

async function resultOf(code: string): Promise<{ exit: number; result: string; advice: string }> {
  const { code: exit, json } = await stack.run('check', stack.sync, '--json');
  const check = json.checks.find((one: { code: string }) => one.code === code);
  return { exit, result: check?.result, advice: check?.advice };
}

describe('passerelle check', () => {
  it('passes every prerequisite of an event that is ready, and writes to neither platform', async () => {
    const { code, json } = await stack.run('check', stack.sync, '--json');

    expect({ code, ok: json.ok, results: json.checks.map((c: { result: string }) => c.result) }).toEqual({
      code: 0,
      ok: true,
      results: Array.from({ length: 10 }, () => 'pass'),
    });
    expect(await stack.inwink.control.journal()).toEqual([]);
  });

  it('prints a table with words, not only signs', async () => {
    const { code, stdout } = await stack.run('check', stack.sync);

    expect(code).toBe(0);
    expect(stdout).toMatch(/sales-open.*✓ pass.*Sales opened on 2026-01-05/);
    expect(stdout).toContain('Everything is ready.');
  });

  const failing: Array<[string, () => Promise<unknown>]> = [
    [
      'sales-open',
      () => putMask({ ...READY, prerequisites: { ...READY.prerequisites, salesOpenedOn: '2999-01-01' } }),
    ],
    ['offer-configured', () => stack.planexpo.control.put('products', { action: 'delete', id: 'p-1' })],
    ['validated-dossiers', () => stack.planexpo.control.put('orders', { action: 'delete', id: '3' })],
    [
      'managers-informed',
      () => putMask({ ...READY, prerequisites: { ...READY.prerequisites, inwinkManagerInformed: false } }),
    ],
    [
      'inwink-fields',
      () => stack.inwink.control.put('field', { action: 'delete', id: 'exhibitor/planexpo_order_id' }),
    ],
    ['connection-planexpo', () => stack.planexpo.control.put('keys', { action: 'delete', id: 'key-1' })],
    [
      'connection-inwink',
      () => stack.inwink.control.put('client', { action: 'upsert', id: 'client', value: { allowed: false } }),
    ],
  ];
  it.each(failing)('fails %s with something to do, and exits with 2', async (code, spoil) => {
    await spoil();

    const found = await resultOf(code);

    expect(found).toEqual({ exit: 2, result: 'fail', advice: expect.stringMatching(/\w+/) });
  });

  const warning: Array<[string, () => Promise<unknown>]> = [
    ['mask-complete', () => putMask({ ...READY, rows: [] })],
    [
      'product-drift',
      () => stack.inwink.control.put('product', { action: 'patch', id: 'i-1', value: { name: 'Pass' } }),
    ],
    [
      'second-writer',
      () =>
        stack.inwink.control.put('exhibitor', {
          action: 'upsert',
          value: { name: 'Someone', customFields: { planexpo_order_id: '77' } },
        }),
    ],
  ];
  it.each(warning)('warns about %s and still exits with 0', async (code, spoil) => {
    await spoil();

    const found = await resultOf(code);

    expect(found).toEqual({ exit: 0, result: 'warn', advice: expect.stringMatching(/\w+/) });
  });

  it('fails a platform that is out of order for a while, without a stack', async () => {
    await stack.planexpo.control.faults({ kind: 'status', status: 503, count: 100 });

    const { code, stdout, stderr } = await stack.run('check', stack.sync);

    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/connection-planexpo.*✗ fail/);
  });

  it('refuses a sync that nobody configured, and names those there are', async () => {
    const { code, stderr } = await stack.run('check', 'salon-2099');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(stack.sync) });
  });
});
