import { Connection } from '@temporalio/client';
import { startDevelopmentServer } from '../../local/temporal';
import { isAlive, startTypeScript, untilGone } from '../setup/run-script';

const START = `require('./local/temporal').startTemporal().then((server) => {
  console.log(JSON.stringify(server));
  setInterval(() => undefined, 1000);
});`;

/** What `startTemporal` answered in a process of its own. */
interface Started {
  kind: string;
  address: string;
  namespace: string;
  pid: number;
}

describe('the local Temporal server', () => {
  test('serves workflows and its UI on this machine alone, and is gone after its stop', async () => {
    const server = await startDevelopmentServer({ namespace: 'salons' });
    const connection = await Connection.connect({ address: server.address });
    const described = await connection.workflowService.describeNamespace({ namespace: 'salons' });
    const page = await fetch(server.uiUrl);
    await connection.close();

    await server.stop();

    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(described.namespaceInfo?.name).toBe('salons');
    expect(page.status).toBe(200);
    expect(isAlive(server.pid)).toBe(false);
  });

  test('two stand side by side', async () => {
    const [one, other] = await Promise.all([startDevelopmentServer(), startDevelopmentServer()]);

    expect(one.address).not.toBe(other.address);
    await Promise.all([one.stop(), other.stop()]);
  });

  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('ends when its starter dies by %s', async (signal) => {
    const starter = startTypeScript(START);
    const server: Started = JSON.parse(await starter.firstLine);
    expect(isAlive(server.pid)).toBe(true);

    starter.kill(signal);

    await starter.ended;
    await untilGone(server.pid);
  });

  test('is not started when TEMPORAL_ADDRESS names one', async () => {
    const starter = startTypeScript(START, {
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      TEMPORAL_NAMESPACE: 'salons',
    });
    const server: Started = JSON.parse(await starter.firstLine);
    starter.kill('SIGKILL');

    expect(server).toEqual({ kind: 'existing', address: 'temporal.example:7233', namespace: 'salons' });
  });

  test('says why it did not start, in the words of the server', async () => {
    const starting = startDevelopmentServer({ extraArgs: ['--no-such-option'] });

    await expect(starting).rejects.toThrow(/did not start(.|\n)*no-such-option/);
  });
});
