import { createServer, type Server, type Socket } from 'node:net';
import { serviceSchema } from '../../config/service';
import { type RunningService, startService } from '../../service/start-service';
import { temporalConnection } from '../../service/temporal-connection';

const services: RunningService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.stop())));

/** Whatever `onConnection` does with its visitors. */
async function listening(onConnection: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => onConnection(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

describe('the service', () => {
  it('tells people who open a page that the database does not answer, in their language', async () => {
    const { server, port } = await listening((socket) => socket.destroy());
    const service = await startService({
      configuration: { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse({}) },
      databaseUrl: `postgres://nobody:none@127.0.0.1:${port}/none`,
      temporal: { address: '127.0.0.1:1', namespace: 'default' },
      host: '127.0.0.1',
      port: 0,
    });
    services.push(service);

    const reply = await fetch(service.url, {
      headers: { cookie: `passerelle_session=${'x'.repeat(43)}`, 'accept-language': 'fr' },
    });

    server.close();
    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain('La base de données ne répond pas');
  });
});

describe('a Temporal server that takes questions and never answers', () => {
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    ({ server, port } = await listening((socket) => void sockets.push(socket)));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('keeps nobody waiting for ever', async () => {
    const connection = temporalConnection({ address: `127.0.0.1:${port}`, connectTimeout: 100_000 });

    const asked = connection.workflowService.describeNamespace({ namespace: 'default' });

    await expect(asked).rejects.toMatchObject({ code: 4 }); // DEADLINE_EXCEEDED
    await connection.close();
  }, 60_000);
});
