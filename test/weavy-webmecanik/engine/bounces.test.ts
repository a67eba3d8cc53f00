import { contactInMautic, contactInWeavy, known, mauticContact, weavyContact } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const bounce = (reason: 1 | 2 | 3) => scene.stack.mautic.act('bounce', { id: 1, reason });
const lift = () => scene.edit(mauticContact(1), {}, { also: { doNotContact: [] } });
const dateOf = async () => (await scene.fields(weavyContact(1))).bouncedEmailDetected ?? null;

async function linked() {
  await scene.begin({ records: known(2) });
  await scene.run();
}

describe('an e-mail that comes back (NPAI, J27)', () => {
  test('is dated once in weavy, at the time at which we first saw it', async () => {
    await linked();
    const before = Date.now();
    await bounce(2);

    const run = await scene.run();
    const first = await dateOf();
    const again = await scene.run();
    const full = await scene.run({ full: true });

    expect(run.writes).toBe(1);
    expect(first).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
    const at = Date.parse(`${first}Z`);
    expect(at).toBeGreaterThanOrEqual(before - 1_000);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect([again.writes, full.writes]).toEqual([0, 0]);
    expect(await dateOf()).toBe(first);
  });

  test.each([
    ['who unsubscribed', 1],
    ['whom somebody blocked by hand', 3],
  ] as const)('is not that of a reader %s', async (_, reason) => {
    await linked();
    await bounce(reason);

    const run = await scene.run();

    expect(run.writes).toBe(0);
    expect(await dateOf()).toBeNull();
  });

  test('keeps the date that stands in weavy already', async () => {
    const date = '2025-04-11T10:00:00';
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, { bouncedEmailDetected: date })] },
        mautic: { contact: [contactInMautic(1, {}, { doNotContact: [{ reason: 2 }] })] },
      },
    });

    const run = await scene.run();

    expect(run.writes).toBe(0);
    expect(await dateOf()).toBe(date);
  });

  test('that is known from the beginning is written by the first run', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1)] },
        mautic: { contact: [contactInMautic(1, {}, { doNotContact: [{ reason: 2 }] })] },
      },
    });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect(await dateOf()).not.toBeNull();
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('cleared by a person the date stays cleared, until another one comes back', async () => {
    await linked();
    await bounce(2);
    await scene.run();
    await scene.edit(weavyContact(1), { bouncedEmailDetected: null });

    const cleared = await scene.run();
    const full = await scene.run({ full: true });
    const left = await dateOf();
    await lift();
    await scene.run();
    const lifted = await dateOf();
    await bounce(2);
    await scene.run();

    expect([cleared.writes, full.writes]).toEqual([0, 0]);
    expect([left, lifted]).toEqual([null, null]);
    expect(await dateOf()).not.toBeNull();
  });

  test('and is lifted again in Mautic: weavy keeps the date', async () => {
    await linked();
    await bounce(2);
    await scene.run();
    const date = await dateOf();
    await lift();

    const run = await scene.run();

    expect(run.writes).toBe(0);
    expect(await dateOf()).toBe(date);
  });

  test('goes in one write with an edit of the same contact', async () => {
    await linked();
    await bounce(2);
    await scene.edit(mauticContact(1), { city: 'Liège' });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège' });
    expect(await dateOf()).not.toBeNull();
  });

  test('of a person who is an Entrant is not written: Entrants have no such field', async () => {
    await scene.begin({
      records: { mautic: { contact: [contactInMautic(1, {}, { doNotContact: [{ reason: 2 }] })] } },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 1 });
    expect((await scene.run({ full: true })).writes).toBe(0);
  });
});
