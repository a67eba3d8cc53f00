import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Client } from '@temporalio/client';
import type * as workflows from '../../workflows';
import { historyToJson } from './history-json';

/** What a case of recorded histories works with. */
export interface Recorder<Scene> {
  scene: Scene;
  /** Stores the history of a closed execution; without `executionId` the latest one of this workflow id. */
  keep(
    workflow: keyof typeof workflows,
    name: string,
    workflowId: string,
    executionId?: string,
  ): Promise<void>;
}

/** Keeps histories as `<workflow>/<case>.<version of the package>.json`. */
export async function recorderOf<Scene>(scene: Scene, client: Client): Promise<Recorder<Scene>> {
  const { version } = JSON.parse(await readFile(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  return {
    scene,
    async keep(workflow, name, workflowId, executionId) {
      const history = await client.workflow.getHandle(workflowId, executionId).fetchHistory();
      const file = join(__dirname, workflow, `${name}.${version}.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, withoutMachine(historyToJson(history)));
      process.stdout.write(`${workflow}/${name}: ${history.events?.length ?? 0} events\n`);
    },
  };
}

/** Numbers of processes, names and folders of the machine that recorded are nobody's business. */
function withoutMachine(historyJson: string): string {
  const anonymous = historyJson.replaceAll(`${process.pid}@${hostname()}`, 'recorder');
  const strip = (key: string, value: unknown) => (key === 'stackTrace' ? undefined : value);
  return `${JSON.stringify(JSON.parse(anonymous, strip), null, 1)}\n`;
}
