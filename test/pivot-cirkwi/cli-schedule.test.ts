import { scheduleId, watchScheduleId, watchWorkflowId } from '../../workflows/names';
import { type OfferCommands, startOfferCommands } from './cli-stack';

let commands: OfferCommands;

beforeAll(async () => {
  commands = await startOfferCommands('empty', { policies: { trackWatchEvery: '20m' } });
});
afterAll(() => commands?.stop());
afterEach(() => schedule('--remove'));

const schedule = (...options: string[]) =>
  commands.run('schedule', commands.stack.sync, '--json', ...options);
const handle = (id: string) => commands.stack.client.schedule.getHandle(id);

describe('passerelle schedule, for offers', () => {
  it('makes the runs and the watch over edited tracks, which looks as often as the sync says', async () => {
    const { sync } = commands.stack;

    const { json } = await schedule('--every', '30m');
    const watch = await handle(watchScheduleId(sync)).describe();

    expect(json).toMatchObject({ schedule: { everyMs: [1_800_000] }, watch: { everyMs: [1_200_000] } });
    expect(watch.action).toMatchObject({
      workflowType: 'trackWatch',
      workflowId: watchWorkflowId(sync),
      taskQueue: 'passerelle',
      args: [{ sync, trigger: 'schedule' }],
    });
    expect(watch.policies.overlap).toBe('SKIP');
  });

  it('pauses, resumes and removes both, and shows both', async () => {
    await schedule('--every', '30m');

    const paused = await schedule('--pause');
    const again = await schedule('--every', '15m');
    const resumed = await schedule('--resume');
    const text = await commands.run('schedule', commands.stack.sync, '--show');
    const removed = await schedule('--remove');

    expect([paused, again, resumed].map(({ json }) => [json.schedule.paused, json.watch.paused])).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
    expect(text.stdout).toMatch(
      /Toutes les : 15 min[\s\S]*tracés modifiés dans Cirkwi :\n {2}Toutes les : 20 min/,
    );
    expect(removed.json).toEqual({ sync: commands.stack.sync, did: 'removed', schedule: null, watch: null });
    await expect(handle(scheduleId(commands.stack.sync)).describe()).rejects.toThrow();
    await expect(handle(watchScheduleId(commands.stack.sync)).describe()).rejects.toThrow();
  });

  it('makes none when it knows no times for the runs', async () => {
    const { code } = await schedule();

    expect(code).toBe(2);
    expect((await schedule('--show')).json).toMatchObject({ did: 'absent', schedule: null, watch: null });
  });
});
