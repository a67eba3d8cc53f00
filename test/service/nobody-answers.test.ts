import { createServer, type Server, type Socket } from 'node:net';
import { serviceSchema } from '../../config/service';
import { type RunningService, startService } from '../../service/start-service';
import { temporalConnection } from '../../service/temporal-connection';

const services: RunningService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.stop())));

describe('the service', () => {
  it('tells people who open a page that the database does not answer, in their language', async () => {
    const service = await startService({
      configuration: { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse({}) },
      databaseUrl: 'postgres://nobody:none@127.0.0.1:1/none',
      temporal: { address: '127.0.0.1:1', namespace: 'default' },
      host: '127.0.0.1',
      port: 0,
    });
    services.push(service);

    const reply = await fetch(service.url, {
      headers: { cookie: `passerelle_session=${'x'.repeat(43)}`, 'accept-language': 'fr' },
    });

    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain('La base de données ne répond pas');
  });
});

describe('a Temporal server that takes questions and never answers', () => {
  let server: Server;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('keeps nobody waiting for ever', async () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const connection = temporalConnection({ address: `127.0.0.1:${port}`, connectTimeout: 100_000 });

    const asked = connection.workflowService.describeNamespace({ namespace: 'default' });

    await expect(asked).rejects.toMatchObject({ code: 4 }); // DEADLINE_EXCEEDED
    await connection.close();
  }, 60_000);
});
