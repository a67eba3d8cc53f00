import { openItem } from '../../db/attention';
import { stageRecords } from '../../db/staging';
import { findRecord } from '../../operations/find-record';
import { recordView } from '../../operations/record-view';
import { type CommandStack, startCommandStack } from '../cli/command-stack';
import { contextOn, refusalOf } from './operation-context';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack();
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
  const item = { recordId: '4711', reason: 'target-deleted', severity: 'action' as const };
  await openItem(stack.pool, stack.sync, null, item);
});
afterAll(() => stack.stop());

describe('the view of a record', () => {
  it('is in the language of its reader, else in that of its sync', async () => {
    const context = contextOn(stack);
    const record = await findRecord(stack.pool, stack.sync, 'expo-4711');

    const own = await recordView(context, stack.sync, record, { lines: 10 });
    const french = await recordView(context, stack.sync, record, { lines: 10, language: 'fr' });

    expect(own).toMatchObject({ record: '4711', publicId: 'EXPO-4711', name: 'Exemplar' });
    expect(own.attention[0]?.decisions.map(({ code }) => code)).toContain('recreate');
    expect(french.attention[0]?.what).not.toBe(own.attention[0]?.what);
  });

  it('is refused by name for a sync that nobody configured and a record that nobody read', async () => {
    const record = await findRecord(stack.pool, stack.sync, '4711');

    const refusals = [
      await refusalOf(recordView(contextOn(stack), 'constructor', record, { lines: 10 })),
      await refusalOf(findRecord(stack.pool, stack.sync, '9999')),
    ];

    expect(refusals.map(({ kind }) => kind)).toEqual(['not-found', 'not-found']);
  });
});
