import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { emailOf } from '../planexpo-inwink/engine/scene';
import { historyFromJson } from './history-json';

const FOLDER = __dirname;
const stored = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => join(name, file)));

describe('stored histories', () => {
  let todays: WorkflowBundleWithSourceMap;
  let broken: WorkflowBundleWithSourceMap;

  beforeAll(async () => {
    const logger = new DefaultLogger('ERROR', () => undefined); // a replay that fails says so by its rejection
    Runtime.install({
      logger,
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    });
    const bundle = (workflowsPath: string) => bundleWorkflowCode({ workflowsPath, logger });
    todays = await bundle(require.resolve('../../workflows'));
    broken = await bundle(require.resolve('../broken-workflows'));
  });

  it('exist for every workflow', () => {
    const workflows = Object.keys(jest.requireActual('../../workflows'));

    expect([...new Set(stored.map((file) => file.split('/')[0]))].sort()).toEqual(workflows.sort());
  });

  it('hold no machine, no folder and nobody', () => {
    const texts = stored.map((file) => decoded(readFileSync(join(FOLDER, file), 'utf8')));

    const telling = /stackTrace|node_modules|\d+@\w|Exemplar|Nom\d|Camille|99 00 12 34/;
    expect(texts.filter((text) => telling.test(text) || text.includes(emailOf('1')))).toEqual([]);
  });

  it.each(stored)("%s replays against today's workflows", async (file) => {
    await expect(Worker.runReplayHistory({ workflowBundle: todays }, read(file))).resolves.toBeUndefined();
  });

  it.each(stored)('%s does not replay against a copy with another step', async (file) => {
    await expect(Worker.runReplayHistory({ workflowBundle: broken }, read(file))).rejects.toBeInstanceOf(
      DeterminismViolationError,
    );
  });
});

function read(file: string): unknown {
  return historyFromJson(readFileSync(join(FOLDER, file), 'utf8'));
}

/** The file with what its base64 payloads say. */
function decoded(json: string): string {
  return json.replace(/"data": "([^"]*)"/g, (_, data: string) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
}
