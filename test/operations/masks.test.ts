import { addMask } from '../../db/masks';
import { inTransaction } from '../../db/pool';
import type { Mask } from '../../mappings/planexpo-inwink/mask/mask';
import { listMasks, maskFile, putMaskInForce } from '../../operations/masks';
import { type CommandStack, startCommandStack } from '../cli/command-stack';
import { contextOn, refusalOf } from './operation-context';

const updated_at = '2026-01-01T08:00:00Z';
const badge = { product_id: 'p-32', name: 'Badge', kind: 'option', pack_size: 1, active: true, updated_at };

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack({
    planexpo: { initial: { orders: [], products: [badge] } },
    inwink: {
      initial: {
        exhibitors: [],
        registered: [],
        products: [{ id: 'i-badge', name: 'Badge', packSize: 1, active: true }],
        fields: [],
      },
    },
  });
});
afterAll(() => stack.stop());

beforeEach(async () => {
  await stack.pool.query('truncate mask_version, audit');
  await imported('first', maskOf('Badge'));
  await imported('second', maskOf(null));
});

function maskOf(inwinkName: string | null): Mask {
  const row = { row: 2, planexpoId: 'p-32', planexpoName: 'Badge', planexpoPackSize: 1 };
  return {
    prerequisites: {
      salesOpenedOn: '2026-01-05',
      offerFrozen: true,
      planexpoManagerInformed: true,
      inwinkManagerInformed: true,
      planexpoEvent: null,
      inwinkEvent: null,
      confirmedBy: 'anna',
      confirmedOn: '2026-01-05',
    },
    rows: inwinkName === null ? [] : [{ ...row, inwinkId: 'i-badge', inwinkName, inwinkPackSize: 1 }],
    unmapped: inwinkName === null ? [row] : [],
  };
}

function imported(content: string, mask: Mask): Promise<number> {
  const added = { file: Buffer.from(content), fileSha256: content, mask, importedBy: 'bert' };
  return inTransaction(stack.pool, (tx) => addMask(tx, stack.sync, added));
}

const inForce = async () =>
  (await listMasks(contextOn(stack), stack.sync)).map(({ version, inForce }) => [version, inForce]);

describe('an earlier mask', () => {
  it('can be put in force again, and the audit says by whom', async () => {
    expect(await putMaskInForce(contextOn(stack), stack.sync, 1)).toEqual({ version: 1, before: 2 });

    expect(await inForce()).toEqual([
      [2, false],
      [1, true],
    ]);
    const { rows } = await stack.pool.query('select rule, actor, before, after from audit');
    expect(rows).toEqual([{ rule: 'mask.put-in-force', actor: 'anna', before: 2, after: 1 }]);
  });

  it('stays out of force when a product that it maps has changed since, and says in which row', async () => {
    await imported('third', maskOf('Badge visiteur'));
    await imported('fourth', maskOf('Badge'));

    const refusal = await refusalOf(putMaskInForce(contextOn(stack), stack.sync, 3));

    expect(refusal).toMatchObject({ kind: 'conflict', message: expect.stringContaining('2 (p-32)') });
    expect(refusal.problems).toEqual([expect.objectContaining({ code: 'renamed', side: 'inwink', row: 2 })]);
    expect((await inForce())[0]).toEqual([4, true]);
  });

  it('that is in force already, or that nobody imported, is refused', async () => {
    const refusals = [
      await refusalOf(putMaskInForce(contextOn(stack), stack.sync, 2)),
      await refusalOf(putMaskInForce(contextOn(stack), stack.sync, 9)),
    ];

    expect(refusals.map(({ kind }) => kind)).toEqual(['conflict', 'not-found']);
    expect((await inForce())[0]).toEqual([2, true]);
  });

  it('can be had as the file that was imported', async () => {
    expect((await maskFile(contextOn(stack), stack.sync, 1)).toString()).toBe('first');
    expect((await refusalOf(maskFile(contextOn(stack), stack.sync, 9))).kind).toBe('not-found');
  });
});
