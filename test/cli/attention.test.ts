import { decideItem, getItem, type NewItem, openItem } from '../../db/attention';
import { claim, saveLink } from '../../db/links';
import { inTransaction } from '../../db/pool';
import { stageRecords } from '../../db/staging';
import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import { dossierWorkflowId } from '../../workflows/names';
import { type CommandStack, startCommandStack } from './command-stack';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack({
    inwinkAccount: { recordUrl: 'https://inwink.example/{eventId}/partner/{id}' },
    temporal: { uiUrl: 'https://temporal.example/' },
  });
});
afterAll(() => stack.stop());

beforeEach(async () => {
  await stack.pool.query('truncate attention_item, audit, link, intent, staged_record');
  await stageRecords(stack.pool, stack.sync, null, [staged('4711'), staged('4712')]);
});

function staged(id: string) {
  const dossier: Dossier = {
    id,
    publicId: `EXPO-${id}`,
    parentId: null,
    status: 'validated',
    isTest: false,
    company: { name: `Exemplar ${id}` },
    items: [],
    updatedAt: '2026-01-01T08:00:00Z',
  };
  return { recordId: id, bodyHash: id, dossier, unreadable: null, contactKey: null };
}

function open(item: Partial<NewItem> & { reason: string }): Promise<number> {
  return openItem(stack.pool, stack.sync, null, { recordId: '4711', severity: 'action', ...item });
}

/** Signals that Temporal holds for a dossier, in order; null when it has no workflow. The workflow is ended afterwards. */
async function signalsOf(recordId: string): Promise<string[] | null> {
  const handle = stack.client.workflow.getHandle(dossierWorkflowId(stack.sync, recordId));
  try {
    await handle.describe();
    const { events } = await handle.fetchHistory();
    await handle.terminate('the test has seen it');
    return (events ?? []).flatMap(
      (event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? [],
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowNotFoundError') return null;
    throw error;
  }
}

async function standsOf(id: number): Promise<{ state: string; decision: string | null }> {
  const item = await getItem(stack.pool, id);
  return { state: item?.state ?? 'gone', decision: item?.decision ?? null };
}

describe('passerelle attention', () => {
  it('exits with 0 when nothing needs a person, and with 3 when something does', async () => {
    const quiet = await stack.run('attention', stack.sync);
    await open({ reason: 'target-deleted' });
    const asked = await stack.run('attention');

    expect([quiet.code, asked.code]).toEqual([0, 3]);
    expect(quiet.stdout).toBe('Nothing needs your attention.\n');
  });

  it('tells what happened, what to do and the decisions on offer', async () => {
    const id = await open({ reason: 'target-deleted', detail: { partner: 'p1' } });

    const { json } = await stack.run('attention', stack.sync, '--json');
    const { stdout } = await stack.run('attention', stack.sync);

    expect(json.items).toMatchObject([
      { id, record: '4711', reason: 'target-deleted', detail: { partner: 'p1' }, what: expect.any(String) },
    ]);
    expect(json.items[0].decisions).toMatchObject([
      { code: 'recreate', argument: null },
      { code: 'relink', argument: 'inwink-id' },
      { code: 'stop', argument: null },
    ]);
    expect(stdout).toMatch(/relink <inwink-id>/);
  });

  it('keeps what only informs, and what is decided, for --all', async () => {
    await open({ reason: 'no-email', severity: 'info' });

    const plain = await stack.run('attention', stack.sync, '--json');
    const all = await stack.run('attention', stack.sync, '--json', '--all');

    expect({ code: all.code, plain: plain.json.items.length, all: all.json.items.length }).toEqual({
      code: 0,
      plain: 0,
      all: 1,
    });
  });
});

describe('passerelle decide', () => {
  it('notes the answer with its author and tells the dossier', async () => {
    const id = await open({ reason: 'target-deleted' });

    const { code, json } = await stack.run('decide', String(id), 'relink', ' p-9 ', '--json');

    expect({ code, follows: json.follows, argument: json.argument }).toEqual({
      code: 0,
      follows: 'dossier-told',
      argument: 'p-9',
    });
    expect(await standsOf(id)).toEqual({ state: 'decided', decision: 'relink' });
    expect(await signalsOf('4711')).toEqual(['decide']);
    const { rows } = await stack.pool.query('select operation, record_id, rule, actor from audit');
    expect(rows).toEqual([
      {
        operation: 'decision',
        record_id: '4711',
        rule: 'decide.relink',
        actor: expect.stringContaining('@'),
      },
    ]);
  });

  it('closes an acknowledged item without another pass, which would only find the same again', async () => {
    const id = await open({ reason: 'target-deleted' });
    const seen = await open({ reason: 'duplicate-target', place: 'partner.p2' });

    const { code, json } = await stack.run('decide', String(seen), 'acknowledge', '--json');

    expect({ code, follows: json.follows }).toEqual({ code: 0, follows: 'closed' });
    expect((await standsOf(seen)).state).toBe('resolved');
    expect((await standsOf(id)).state).toBe('open');
    expect(await signalsOf('4711')).toBeNull();
  });

  it('leaves "allow once" for the next run to use up', async () => {
    const id = await open({ reason: 'guard-stopped', recordId: null });

    const { code, json } = await stack.run('decide', String(id), 'allow-once', '--json');

    expect({ code, follows: json.follows }).toEqual({ code: 0, follows: 'next-run' });
    expect(await standsOf(id)).toEqual({ state: 'decided', decision: 'allow-once' });
  });

  const mistakes: Array<[string, string[], RegExp]> = [
    ['a decision that is not on offer', ['unpublish'], /not on offer.*[\s\S]*recreate/],
    ['a missing argument', ['relink'], /needs the id of the Inwink record/],
    ['an argument that is blank', ['relink', '  '], /needs the id of the Inwink record/],
    ['an argument too many', ['recreate', 'p-9'], /takes no argument/],
  ];
  it.each(mistakes)('refuses %s and changes nothing', async (_what, args, words) => {
    const id = await open({ reason: 'target-deleted' });

    const { code, stderr } = await stack.run('decide', String(id), ...args);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(words) });
    expect(await standsOf(id)).toEqual({ state: 'open', decision: null });
    expect(await signalsOf('4711')).toBeNull();
  });

  it.each(['99999', 'twelve', '-1'])('refuses %s, which is no item', async (id) => {
    const { code } = await stack.run('decide', '--', id, 'stop');

    expect(code).toBe(2);
  });

  it('refuses a second answer and tells who gave the first', async () => {
    const id = await open({ reason: 'target-deleted' });
    await decideItem(stack.pool, id, { decision: 'stop', argument: null, actor: 'marie@desk' });

    const { code, stderr } = await stack.run('decide', String(id), 'recreate');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('marie@desk') });
    expect(await standsOf(id)).toEqual({ state: 'decided', decision: 'stop' });
  });
});

describe('passerelle retry', () => {
  it('reads one record again, named by its public id, and takes back a decision to stop', async () => {
    const id = await open({ reason: 'target-deleted' });
    await decideItem(stack.pool, id, { decision: 'stop', argument: null, actor: 'marie@desk' });

    const { code, json } = await stack.run('retry', stack.sync, 'EXPO-4711', '--json');

    expect({ code, json }).toEqual({
      code: 0,
      json: { sync: stack.sync, record: '4711', retried: 1, resumed: true },
    });
    expect((await standsOf(id)).state).toBe('resolved');
    expect(await signalsOf('4711')).toEqual(['retry']);
  });

  it('without a record reads all that did not get through, and no other', async () => {
    await stageRecords(stack.pool, stack.sync, null, [staged('4713'), staged('4714')]);
    await stack.pool.query(
      `update staged_record set due = false, outcome = case record_id when '4711' then 'held' when '4712' then 'refused'
         when '4713' then 'waiting' else 'unchanged' end`,
    );

    const { json } = await stack.run('retry', stack.sync, '--json');

    expect(json.retried).toBe(3);
    for (const id of ['4711', '4712', '4713']) expect(await signalsOf(id)).toEqual(['retry']);
    expect(await signalsOf('4714')).toBeNull();
    const { rows } = await stack.pool.query('select record_id from staged_record where due order by 1');
    expect(rows.map((row: { record_id: string }) => row.record_id)).toEqual(['4711', '4712', '4713']);
  });

  it('refuses a record that nobody knows', async () => {
    const { code, stderr } = await stack.run('retry', stack.sync, 'EXPO-0');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('"EXPO-0"') });
  });
});

describe('passerelle show', () => {
  it('shows where a record stands, what it is linked to, its items and its history', async () => {
    const entity = { sync: stack.sync, kind: 'partner' as const, sourceKey: '4711' };
    const held = await claim(stack.pool, entity, { requestTimeoutMs: 1, searchLagMs: 1 });
    await inTransaction(stack.pool, (tx) =>
      saveLink(tx, held, {
        targetId: 'p/1',
        origin: 'created',
        ownerRecord: '4711',
        contactId: null,
        base: {},
        pausedFields: ['website'],
      }),
    );
    await stack.pool.query(
      `insert into audit (sync, run_id, record_id, kind, target_id, operation, field, before, after, rule)
       values ($1, 7, '4711', 'partner', 'p/1', 'update', 'name', '"Old"', '"New"', 'map.name')`,
      [stack.sync],
    );
    await stack.pool.query(
      `update staged_record set outcome = 'held', reason = 'target-deleted' where record_id = '4711'`,
    );
    await open({ reason: 'target-deleted' });

    const { code, json } = await stack.run('show', stack.sync, 'EXPO-4711', '--json');
    const text = await stack.run('show', stack.sync, '4711');

    expect(code).toBe(3);
    expect(json).toMatchObject({
      record: '4711',
      publicId: 'EXPO-4711',
      status: 'validated',
      outcome: 'held',
      reason: { code: 'target-deleted', what: expect.stringMatching(/\w/) },
      workflow: `https://temporal.example/namespaces/${stack.namespace}/workflows/dossier%2F${stack.sync}%2F4711`,
      links: [
        {
          kind: 'partner',
          targetId: 'p/1',
          url: 'https://inwink.example/event-1/partner/p%2F1',
          pausedFields: ['website'],
        },
      ],
      attention: [{ reason: 'target-deleted' }],
      history: [
        { run: 7, operation: 'update', field: 'name', before: 'Old', after: 'New', rule: 'map.name' },
      ],
    });
    expect(text.stdout).toMatch(/name.*Old.*New.*map\.name.*7/);
  });

  it('exits with 0 for a record that needs nobody, and with 2 for one that nobody knows', async () => {
    const known = await stack.run('show', stack.sync, '4712');
    const unknown = await stack.run('show', stack.sync, 'nobody');

    expect([known.code, unknown.code]).toEqual([0, 2]);
    expect(known.stdout).toContain('not yet looked at');
  });
});
