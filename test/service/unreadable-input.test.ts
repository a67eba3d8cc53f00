import { request } from 'node:http';
import { serviceSchema } from '../../config/service';
import { type RunningService, startService } from '../../service/start-service';
import { freshDatabase, type TestDatabase } from '../setup/test-database';

let database: TestDatabase;
let service: RunningService;

beforeAll(async () => {
  database = await freshDatabase();
  service = await startService({
    configuration: { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse({}) },
    databaseUrl: database.url,
    temporal: { address: '127.0.0.1:1', namespace: 'default' },
    host: '127.0.0.1',
    port: 0,
  });
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

async function post(path: string, type: string, body: string, origin = service.url): Promise<number> {
  const headers = { 'content-type': type, origin };
  return (await fetch(`${service.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' })).status;
}

const FORM = 'application/x-www-form-urlencoded';

describe('what strangers may send', () => {
  it('is refused as unreadable when it holds what no text may hold', async () => {
    expect(await post('/login', FORM, 'login=a%00b&password=x')).toBe(400);
    expect((await fetch(`${service.url}/login?to=%00`)).status).toBe(400);
    expect((await fetch(`${service.url}/syncs/a%00b`, { redirect: 'manual' })).status).toBe(400);
  });

  it('is refused as unreadable when it is no form', async () => {
    expect(await post('/login', 'multipart/form-data', 'x')).toBe(400);
    expect(await post('/login', 'multipart/form-data; boundary=y', 'x')).toBe(400);
  });

  it('is refused as too large before it is read, also below /hooks/', async () => {
    const fields = 'a&'.repeat(10_000);
    expect(await post('/login', FORM, fields)).toBe(413);
    expect(await post('/hooks/a/b', FORM, 'a&'.repeat(300_000))).toBe(413);
  });

  it('is not read at all when another site sends it', async () => {
    expect(await post('/login', 'multipart/form-data', 'x', 'https://evil.example')).toBe(403);
  });

  it('may come without saying how long it is, and is cut where it grows too long', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': FORM, origin: service.url, 'transfer-encoding': 'chunked' };
      const asking = request(`${service.url}/login`, { method: 'POST', headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
      asking.on('error', reject);
      for (let part = 0; part < 40; part += 1) asking.write('a&'.repeat(500));
      asking.end();
    });

    expect(status).toBe(413);
  });
});
