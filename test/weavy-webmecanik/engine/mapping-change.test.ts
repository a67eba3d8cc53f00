import type { FieldMapping, FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { OperationContext } from '../../../operations/context';
import {
  asDocument,
  draftMapping,
  followFile,
  keepMapping,
  putDraftInForce,
} from '../../../operations/weavy-webmecanik/mapping-draft';
import { previewMapping } from '../../../operations/weavy-webmecanik/mapping-preview';
import { mappingStanding } from '../../../operations/weavy-webmecanik/mapping-standing';
import { known, mauticContact, weavyContact, withPairs } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const asked = (): OperationContext => ({
  configuration: scene.stack.configuration,
  pool: scene.stack.pool,
  temporal: async () => scene.stack.client,
  actor: 'anne',
});
const standing = () => mappingStanding(asked(), scene.stack.sync);

/** What the console does: a draft, then in force. */
async function change(changes: Record<string, Partial<FieldPair>>): Promise<void> {
  const { mapping } = await standing();
  await put(withPairs(mapping, 'contacts', changes));
}

async function put(mapping: FieldMapping): Promise<void> {
  expect(await draftMapping(asked(), scene.stack.sync, asDocument(mapping))).toEqual([]);
  const { draft } = await standing();
  await putDraftInForce(asked(), scene.stack.sync, draft?.sha256 ?? '');
}

/** The worker in this process goes on; only its configuration's document is another one. */
function editFile(changes: Record<string, Partial<FieldPair>>): void {
  Object.assign(scene.configuration.mapping, withPairs(scene.configuration.mapping, 'contacts', changes));
}

const jobs = async () => [
  (await scene.fields(weavyContact(1))).jobTitle,
  (await scene.fields(mauticContact(1))).position,
];

describe('a mapping that somebody changed in the console', () => {
  beforeEach(async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
  });

  it('is what the next run does, with the worker that was there', async () => {
    await scene.edit(mauticContact(1), { position: 'Buyer' });
    await scene.run();
    expect(await jobs()).toEqual(['Buyer', 'Buyer']);

    await change({ jobTitle: { direction: 'toMautic' } });
    await scene.edit(mauticContact(1), { position: 'Seller' });
    await scene.run();

    expect(await jobs()).toEqual(['Buyer', 'Buyer']);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  it('is at work from the next run on, and not before: a single record is still judged by the one at work', async () => {
    await change({ jobTitle: { direction: 'toMautic' } });
    expect(await standing()).toMatchObject({ isTakenUp: false, newest: { version: 2, by: 'anne' } });
    await scene.edit(mauticContact(1), { position: 'Buyer' });
    await scene.signal(mauticContact(1));
    await scene.settled(mauticContact(1));

    expect(await jobs()).toEqual(['Buyer', 'Buyer']);

    await scene.run();
    expect(await standing()).toMatchObject({ isTakenUp: true });
  });

  it('has every record looked at again, and a field that is new to it filled on both sides', async () => {
    const { mapping } = await standing();
    const fields = mapping.contacts?.fields ?? [];
    const without = fields.filter(({ weavy }) => weavy !== 'jobTitle');
    await put({
      ...mapping,
      contacts: mapping.contacts && { ...mapping.contacts, fields: without },
    });
    await scene.edit(weavyContact(1), { jobTitle: 'Pilot' });
    await scene.run();
    expect((await scene.fields(mauticContact(1))).position).not.toBe('Pilot');

    await put(mapping);
    const shown = await previewMapping(asked(), scene.stack.sync, mapping);
    const run = await scene.run();

    expect(shown.records).not.toEqual([]);
    expect(run.counts?.read).toBe(4);
    expect(await jobs()).toEqual(['Pilot', 'Pilot']);
  });

  it('stays when the file of the configuration changes, until somebody takes the file', async () => {
    await change({ jobTitle: { direction: 'toMautic' } });
    expect((await standing()).file).toBe('aside');
    editFile({ city: { direction: 'toWeavy' } });

    expect(await standing()).toMatchObject({ file: 'changed' });
    await scene.run();
    expect((await standing()).newest).toMatchObject({ version: 2, origin: 'console' });
    await keepMapping(asked(), scene.stack.sync);
    expect((await standing()).file).toBe('aside');

    await followFile(asked(), scene.stack.sync);
    await scene.edit(mauticContact(1), { position: 'Buyer' });
    await scene.run();

    expect(await jobs()).toEqual(['Buyer', 'Buyer']);
    expect(await standing()).toMatchObject({ file: 'leads', newest: { version: 3, origin: 'file' } });
  });

  it('in the file is not at work before it fits both platforms, neither for the run nor for a single record', async () => {
    editFile({ jobTitle: { direction: 'toMautic' }, phoneNumber: { as: 'number' } });
    const run = await scene.run();
    expect(run).toMatchObject({ outcome: 'stopped', code: 'prerequisites' });
    expect(await standing()).toMatchObject({ isTakenUp: false, newest: { version: 1 } });
    await scene.edit(mauticContact(1), { position: 'Buyer' });
    await scene.signal(mauticContact(1));
    await scene.settled(mauticContact(1));

    expect(await jobs()).toEqual(['Buyer', 'Buyer']);

    editFile({ phoneNumber: { as: 'phone' } });
    await scene.run();
    expect(await standing()).toMatchObject({ isTakenUp: true, newest: { version: 2 } });
  });

  it('is refused when it does not fit a platform, when it changes nothing, and when another came first', async () => {
    const { mapping, sha256 } = await standing();
    const misfit = withPairs(mapping, 'contacts', { jobTitle: { mautic: 'no_such_field' } });

    await expect(put(misfit)).rejects.toThrow(/does not fit both platforms.*jobTitle -> no_such_field/);
    await expect(put(mapping)).rejects.toThrow(/changes nothing/);
    await draftMapping(
      asked(),
      scene.stack.sync,
      asDocument(withPairs(mapping, 'contacts', { city: { direction: 'toWeavy' } })),
    );
    const { draft } = await standing();
    editFile({ jobTitle: { direction: 'toMautic' } });
    await expect(putDraftInForce(asked(), scene.stack.sync, draft?.sha256 ?? '')).rejects.toThrow(
      /put in force .* since/,
    );
    await expect(putDraftInForce(asked(), scene.stack.sync, sha256)).rejects.toThrow(/has changed the draft/);
  });

  it('leaves a trace with who and what', async () => {
    await change({ jobTitle: { direction: 'toMautic' } });

    const { rows } = await scene.stack.pool.query(
      `select field, before, after, actor from audit where sync = $1 and rule = 'mapping.put-in-force' order by id`,
      [scene.stack.sync],
    );
    expect(rows).toEqual([
      { field: 'version', before: 1, after: 2, actor: 'anne' },
      {
        field: 'contacts, jobTitle -> position, direction',
        before: 'both',
        after: 'toMautic',
        actor: 'anne',
      },
    ]);
  });
});
