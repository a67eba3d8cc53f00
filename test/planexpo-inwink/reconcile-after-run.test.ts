import { createContexts } from '../../activities/contexts';
import { type Reconciliation, reconcile } from '../../activities/planexpo-inwink/reconcile';
import { runAndWait } from '../../operations/start-run';
import { startTestStack } from '../harness/stack';

let stack: Awaited<ReturnType<typeof startTestStack>>;
let before: Reconciliation;

beforeAll(async () => {
  stack = await startTestStack({ dossiers: 120 });
  before = await compare();
  await stack.startWorker();
  const run = { sync: stack.sync, mode: 'run', trigger: 'manual' } as const;
  expect(await runAndWait(stack.client, 'planexpo-inwink', run)).toMatchObject({ kind: 'report' });
});
afterAll(() => stack.stop());

const compare = () =>
  reconcile(createContexts(stack.configuration, stack.pool).of('planexpo-inwink')(stack.sync), {
    quantities: 'compare',
  });

describe('reconcile and a run', () => {
  it('agree after a run over an exhibition with every kind of dirt', async () => {
    const after = await compare();

    expect(before.differences.filter(({ kind }) => kind === 'missing').length).toBeGreaterThan(50);
    expect(after.differences).toEqual([]);
    expect(after.inStep).toBe(after.expected);
    expect(after.expected).toBeGreaterThan(50);
  });

  it('differ by what people did in Inwink since', async () => {
    const [edited, deleted] = await stack.inwink.records('exhibitor').then((partners) =>
      partners.filter((one) => {
        const fields = one.customFields as Record<string, unknown>; // the simulator's own form
        return fields.planexpo_order_id !== null && one.affiliatedToId === null;
      }),
    );
    await stack.inwink.put('exhibitor', {
      action: 'patch',
      id: String(edited?.id),
      value: { emplacement: 'Z9', name: 'X' },
    });
    await stack.inwink.put('exhibitor', { action: 'delete', id: String(deleted?.id) });

    const { differences } = await compare();

    const found = differences.map(
      ({ kind, targetIds, field }) => `${kind} ${targetIds.join('+')} ${field ?? ''}`,
    );
    expect(found).toEqual(
      expect.arrayContaining([`drift ${edited?.id} name`, `target-gone ${deleted?.id} `]),
    );
  });
});
