import { decideItem, getItem, openItem, resolveItem } from '../../db/attention';
import { stageRecords } from '../../db/staging';
import { listAttention } from '../../operations/attention';
import { decide, undoDecision } from '../../operations/decide';
import { type CommandStack, startCommandStack } from '../cli/command-stack';
import { contextOn, refusalOf } from './operation-context';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack();
});
afterAll(() => stack.stop());
beforeEach(() => stack.pool.query('truncate attention_item, audit, staged_record'));

const guardStopped = () =>
  openItem(stack.pool, stack.sync, null, { recordId: null, reason: 'guard-stopped', severity: 'action' });

async function stoppedDossier(): Promise<number> {
  const dossier = {
    id: '4711',
    publicId: 'EXPO-4711',
    parentId: null,
    status: 'validated',
    isTest: false,
    company: { name: 'Exemplar' },
    items: [],
    updatedAt: '2026-01-01T08:00:00Z',
  };
  await stageRecords(stack.pool, stack.sync, null, [
    { recordId: '4711', bodyHash: '1', dossier, unreadable: null, contactKey: null },
  ]);
  const reason = 'target-deleted';
  const id = await openItem(stack.pool, stack.sync, null, { recordId: '4711', reason, severity: 'action' });
  await decideItem(stack.pool, id, { decision: 'stop', argument: null, actor: 'bert' });
  await stack.pool.query('update staged_record set due = false');
  return id;
}

describe('taking a decision back', () => {
  it('opens the item again, ready for another answer, and says in the audit who did', async () => {
    const context = contextOn(stack);
    const id = await guardStopped();
    await decide(context, id, 'allow-once');

    const undone = await undoDecision({ ...context, actor: 'bert' }, id);

    expect(undone).toEqual({
      item: id,
      sync: stack.sync,
      record: null,
      reason: 'guard-stopped',
      decision: 'allow-once',
    });
    expect(await getItem(stack.pool, id)).toMatchObject({
      state: 'open',
      decision: null,
      argument: null,
      decided_by: null,
      decided_at: null,
    });
    const { rows } = await stack.pool.query('select rule, actor, before, after from audit order by id');
    expect(rows).toEqual([
      { rule: 'decide.allow-once', actor: 'anna', before: null, after: 'allow-once' },
      { rule: 'decide.undo', actor: 'bert', before: 'allow-once', after: null },
    ]);
    expect(await decide(context, id, 'allow-once')).toMatchObject({ follows: 'next-run' });
  });

  it('makes its record due, so that the next run looks at it without the answer', async () => {
    const id = await stoppedDossier();

    await undoDecision(contextOn(stack), id);

    const { rows } = await stack.pool.query('select due from staged_record');
    expect(rows).toEqual([{ due: true }]);
  });

  it('is refused once the decision was put into effect', async () => {
    const id = await guardStopped();
    await decide(contextOn(stack), id, 'allow-once');
    await resolveItem(stack.pool, id);

    const refusal = await refusalOf(undoDecision(contextOn(stack), id));

    expect(refusal).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('was put into effect'),
    });
    expect(await getItem(stack.pool, id)).toMatchObject({ state: 'resolved', decision: 'allow-once' });
    const { rows } = await stack.pool.query(`select 1 from audit where rule = 'decide.undo'`);
    expect(rows).toEqual([]);
  });

  it('is refused for an item that nobody answered, and for one that is not there', async () => {
    const id = await guardStopped();

    const refusals = [
      await refusalOf(undoDecision(contextOn(stack), id)),
      await refusalOf(undoDecision(contextOn(stack), id + 1_000)),
    ];

    expect(refusals.map(({ kind }) => kind)).toEqual(['conflict', 'not-found']);
    expect(refusals[0]?.message).toContain('nobody answered it');
  });

  it('happens once when two people ask at the same time', async () => {
    const id = await guardStopped();
    await decide(contextOn(stack), id, 'allow-once');

    const ends = await Promise.allSettled([
      undoDecision(contextOn(stack), id),
      undoDecision(contextOn(stack), id),
    ]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await stack.pool.query(`select 1 from audit where rule = 'decide.undo'`);
    expect(rows).toHaveLength(1);
  });
});

describe('the view of an item', () => {
  it('is in the language that was asked for, else in that of the sync', async () => {
    await guardStopped();

    const own = await listAttention(contextOn(stack), { sync: stack.sync, limit: 10 });
    const french = await listAttention(contextOn(stack), { limit: 10, language: 'fr' });

    expect(own.items[0]?.decisions[0]?.label).toBe('Allow once');
    expect(french.items[0]?.decisions[0]?.label).toBe('Autoriser une fois');
    expect(own.more).toBe(false);
  });
});
