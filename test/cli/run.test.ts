import type { LocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { startTestStack } from '../harness/stack';
import { type CommandStack, commandLine } from './command-stack';

describe('passerelle plan and passerelle run', () => {
  let stack: LocalStack;
  let passerelle: CommandStack['run'];

  beforeAll(async () => {
    stack = await startTestStack({ dossiers: 120 });
    passerelle = commandLine(stack.variables);
    await stack.startWorker();
  });

  afterAll(() => stack?.stop());

  it('refuse to run while a prerequisite fails, name it, and answer with exit code 2', async () => {
    await stack.pool.query(
      `update mask_version set mask = jsonb_set(mask, '{prerequisites,offerFrozen}', 'false')`,
    );

    const { code, stdout } = await passerelle('run', stack.sync);

    await stack.pool.query(
      `update mask_version set mask = jsonb_set(mask, '{prerequisites,offerFrozen}', 'true')`,
    );
    expect({ code, stdout }).toMatchObject({ code: 2, stdout: expect.stringContaining('offer-configured') });
    expect((await stack.inwink.stats()).writes).toBe(0);
  });

  it('show what would happen, in the words of the sync, and how to apply it', async () => {
    const { code, stdout } = await passerelle('plan', stack.sync);

    expect(code).toBe(0);
    expect(stdout).toMatch(/40003 +│ created +│ partner: \d+ fields/);
    expect(stdout).toMatch(/120 lus = 78 créé/);
    expect(stdout).toMatch(new RegExp(`passerelle run ${stack.sync} --plan \\d+`));
    expect((await stack.inwink.stats()).writes).toBe(0);
  });

  it('apply that plan and no other, and answer 3 because something needs a person', async () => {
    const plan = (await passerelle('plan', stack.sync, '--json')).json;

    const applied = await passerelle('run', stack.sync, '--plan', String(plan.runId), '--json');
    const unknown = await passerelle('run', stack.sync, '--plan', '4711');

    expect(applied.code).toBe(3);
    expect(applied.json).toMatchObject({ outcome: 'completed-with-attention', counts: { created: 78 } });
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('plan 4711 does not exist') });
  });

  it('bring one record in step with --only', async () => {
    await stack.planexpo.put('orders', {
      action: 'patch',
      id: '40003',
      value: { company: { name: 'Exemplar', website: null } },
    });

    const { json } = await passerelle('run', stack.sync, '--only', '40003', '--json');

    expect(json).toMatchObject({ counts: { read: 1, updated: 1 }, writes: 1 });
  });

  it.each([
    [['run', 'no-such-sync'], /"no-such-sync" is not configured \(known: salon-demo\)/],
    [['run', 'salon-demo', '--plan', 'last'], /--plan: "last" is not the number of a plan/],
  ])('refuse %j with exit code 2', async (args, reason) => {
    expect(await passerelle(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) });
  });
});
