import { setTimeout as sleep } from 'node:timers/promises';
import { type SampleCrm, sampleCrm } from '../../../simulators/sample-data/crm';
import { executionsOf, textsOfExecution } from '../../harness/history-texts';
import { valuesIn } from '../../harness/personal-values';
import { type Scene, startScene } from './scene';

/** What tells of a person or of a company, by the names of both platforms. */
const TELLING =
  /^(email|firstname|lastname|jobtitle|position|phone|phonenumber|mobile|mobilephonenumber|city|postalcode|zipcode|name|address1|siret|company(name|address1|zipcode|city|phone|email|siret))$/i;
/** A shorter value is a part of many words. */
const SHORTEST = 5;

describe('what Temporal keeps of runs over persons and companies with every kind of dirt', () => {
  let scene: Scene;
  let texts: string;
  let values: string[];

  beforeAll(async () => {
    scene = await startScene();
    await scene.begin({ records: 160 });
    values = tellingValues(sampleCrm({ records: 160, seed: 1 }));
    await scene.stack.weavy.faults(
      { kind: 'truncate', route: 'POST /v1/Data/{projectCode}/Select', count: 1 },
      { kind: 'html', route: 'POST /v1/Data/{projectCode}/marketinginbound', count: 2 },
      { kind: 'refuse', route: 'PUT *', field: 'city', equals: 'Interdite-sur-Meuse' },
    );
    await scene.stack.mautic.faults({ kind: 'commit-then-drop', route: 'POST /api/contacts/batch/new' });
    await scene.run();
    await editAll(scene);
    await scene.run();
    await scene.run({ full: true });
    await scene.signal('mautic/contact/1');
    await scene.settled('mautic/contact/1');
    await scene.stack.weavy.faults({ kind: 'status', status: 500, route: 'PUT *', count: 1_000 });
    await scene.edit('mautic/contact/1', { city: 'Panne-sur-Meuse' });
    await scene.run();
    await scene.stack.weavy.clearFaults();
    await scene.stack.mautic.faults({ kind: 'status', status: 401, count: 1_000 });
    await scene.runEnd({ full: true });
    texts = await everything(scene);
  }, 240_000);

  afterAll(() => scene?.close());

  it('names every kind of execution, and records by their ids', () => {
    const told = ['syncRun', 'record', 'NeedsAttention', 'mautic/contact/1'];

    expect(told.filter((text) => !texts.includes(text))).toEqual([]);
    expect(values.length).toBeGreaterThan(500);
  });

  it('holds no name, no address, no e-mail and no phone number of anybody', () => {
    expect(valuesIn(texts, values)).toEqual([]);
    expect(texts).not.toMatch(/[\w.'-]+@[\w-]+\.example/);
  });

  it('holds nothing that people typed since', () => {
    expect(
      valuesIn(texts, ['Interdite-sur-Meuse', 'Panne-sur-Meuse', 'Fonction-secrète', 'x'.repeat(70)]),
    ).toEqual([]);
  });

  it('holds no password', () => {
    const secrets = Object.entries(scene.stack.variables)
      .filter(([name]) => name.startsWith('DEMO_'))
      .map(([, value]) => value);

    expect(secrets).toHaveLength(2);
    expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
  });
});

/** Edits that are delivered, refused, too long, taken; a merge, a deletion and a bounce. */
async function editAll(scene: Scene): Promise<void> {
  const emails = await scene.all('mautic/contact');
  await scene.edit('mautic/contact/1', { city: 'Interdite-sur-Meuse' });
  await scene.edit('mautic/contact/3', { position: 'Fonction-secrète' });
  await scene.edit('weavy/customercontact/C-000011', { jobTitle: 'x'.repeat(70) });
  await scene.edit('weavy/customercontact/C-000013', {
    email: emails.get('mautic/contact/15')?.email ?? null,
  });
  await scene.stack.mautic.act('merge', { winner: 9, loser: 11 });
  await scene.remove('mautic/contact/19');
  await scene.stack.mautic.act('bounce', { id: 17 });
}

/** The list of executions lags behind for a moment: asked until it stands still. */
async function everything({ stack }: Scene): Promise<string> {
  let known = -1;
  for (;;) {
    const executions = await executionsOf(stack.client);
    if (executions.length === known)
      return (await Promise.all(executions.map((one) => textsOfExecution(stack.client, one)))).join('\n');
    known = executions.length;
    await sleep(1_500);
  }
}

function tellingValues({ weavy, mautic }: SampleCrm): string[] {
  const found = new Set<string>();
  const rows = [
    ...(weavy.customer ?? []),
    ...(weavy.customercontact ?? []),
    ...(weavy.marketinginbound ?? []),
    ...(mautic.company ?? []),
    ...(mautic.contact ?? []),
  ];
  for (const { fields } of rows)
    for (const [name, value] of Object.entries(fields))
      if (TELLING.test(name) && typeof value === 'string' && value.trim().length >= SHORTEST)
        found.add(value.trim());
  return [...found];
}
