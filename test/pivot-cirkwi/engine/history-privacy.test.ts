import { setTimeout as sleep } from 'node:timers/promises';
import type { SamplePivot } from '../../../simulators/sample-data/pivot';
import { executionsOf, textsOfExecution } from '../../harness/history-texts';
import { type Scene, startScene } from './scene';
import { decideTrack, drawInCirkwi, watch } from './track-scene';

/** Texts of offers that are long enough to be nobody else's words. */
const LEAST_LENGTH = 12;

describe('what Temporal keeps of runs over offers with every kind of dirt', () => {
  let scene: Scene;
  let texts: string;
  let offers: string[];

  beforeAll(async () => {
    scene = await startScene();
    const { notes, ...sample } = await scene.begin({ offers: 160 });
    offers = textsOf(sample.offers);
    await scene.stack.pivot.faults(
      { kind: 'truncate', route: 'POST /PivotWeb-3.1/query/paginated', count: 1 },
      { kind: 'html', route: 'GET /PivotWeb-3.1/media/{codeCgt}', count: 2 },
    );
    await scene.run();
    await scene.pull();
    await scene.run({ full: true });
    const [edited = ''] = notes.edit;
    await drawInCirkwi(scene, edited, 80);
    await watch(scene);
    await decideTrack(scene, edited, 'track-edited', 'return-track');
    const [unnamed = ''] = notes.noFrenchName;
    await scene.signal(unnamed);
    await scene.settled(unnamed);
    await scene.stack.pivot.faults({ kind: 'status', status: 401, count: 1_000 });
    await scene.runEnd({ full: true });
    texts = await everything(scene);
  }, 180_000);

  afterAll(() => scene?.close());

  it('names every kind of execution, and offers by their codes', () => {
    const told = ['syncRun', 'record', 'trackWatch', 'trackReturn', 'NeedsAttention', 'refused our access'];

    expect(told.filter((text) => !texts.includes(text))).toEqual([]);
    expect(offers.length).toBeGreaterThan(300);
  });

  it('holds no name and no text of any offer', () => {
    expect(offers.filter((text) => texts.includes(text))).toEqual([]);
  });

  it('holds no key, no password and no secret address', () => {
    const { variables } = scene.stack;
    const secrets = Object.entries(variables)
      .filter(([name]) => name.startsWith('DEMO_'))
      .map(([, value]) => value);

    expect(secrets).toHaveLength(3);
    expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
  });
});

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

function textsOf(value: SamplePivot['offers']): string[] {
  const found = new Set<string>();
  const collect = (part: unknown): void => {
    if (typeof part === 'string' && part.length >= LEAST_LENGTH && /[a-zà-ÿ] [a-zà-ÿ]/i.test(part))
      found.add(part);
    else if (Array.isArray(part)) part.forEach(collect);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(collect);
  };
  collect(value);
  return [...found];
}
