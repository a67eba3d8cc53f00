import { request } from 'node:http';
import { createPool } from '../../../db/pool';
import { SECRETS, send, signedByMautic, signedByPlanexpo, signedByService } from './hook-sender';
import { type HookService, hookConfiguration, serveHooks, startHookService } from './hook-service';

let service: HookService;

beforeAll(async () => {
  service = await startHookService();
});
afterAll(() => service?.stop());
beforeEach(() => service.forget());

const order = (id: string, values: Record<string, unknown> = {}) =>
  JSON.stringify({
    id,
    type: 'order.updated',
    event: 'expo-2027',
    order_id: '48211',
    version: 3,
    occurred_at: new Date().toISOString(),
    ...values,
  });
const contact = (id: number) =>
  JSON.stringify({
    'mautic.lead_post_save_update': [{ contact: { id }, timestamp: new Date().toISOString() }],
  });
const changed = (id: string) => JSON.stringify({ id, type: 'record.changed', record: 'ITB-1' });

describe('an announcement', () => {
  test.each([
    ['of Planexpo', 'salon', order('e1'), signedByPlanexpo],
    ['of Mautic', 'crm', contact(81), signedByMautic],
    ['of any service', 'offers', changed('e1'), (body: string) => signedByService(body)],
  ])('%s is accepted once; a repeat is answered 200 and wakes nobody', async (_, sync, body, sign) => {
    const first = await send(service.url, sync, body, sign(body));
    const again = await send(service.url, sync, body, sign(body));

    expect(first).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect(again).toMatchObject({ status: 200, body: { accepted: 0 } });
    expect(await service.stored()).toHaveLength(1);
    expect(service.woken()).toBe(1);
  });

  test('with an id that another sync or another sender used is a new one', async () => {
    const ours = order('e1');
    const theirs = order('e1', { event: 'other-2027' });
    await send(service.url, 'salon', ours, signedByPlanexpo(ours));

    const other = await send(service.url, 'other-salon', theirs, signedByPlanexpo(theirs));
    const generic = changed('e1');
    const fromService = await send(service.url, 'salon', generic, signedByService(generic));

    expect([other.status, fromService.status]).toEqual([202, 202]);
  });

  test('sent ten times at the same time is accepted once', async () => {
    const body = order('e1');

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(service.url, 'salon', body, signedByPlanexpo(body))),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 202]);
    expect(await service.stored()).toHaveLength(1);
  });

  test('keeps nothing of what it says but the record, the version and its id', async () => {
    const body = order('e1', { company: { name: 'Exemplar' } });

    await send(service.url, 'salon', body, signedByPlanexpo(body));

    const { rows } = await service.pool.query('select to_jsonb(h) as row from received_hook h');
    expect(JSON.stringify(rows)).not.toContain('Exemplar');
  });
});

describe('a signature', () => {
  const body = order('e1');
  const good = signedByPlanexpo(body)['x-planexpo-signature'] ?? '';

  test.each<[string, string, Record<string, string>]>([
    ['that is missing', 'salon', {}],
    ['by another secret', 'salon', signedByPlanexpo(body, 'not-the-secret-at-all')],
    ['of another body', 'salon', signedByPlanexpo(order('e2'))],
    ['cut short', 'salon', { 'x-planexpo-signature': good.slice(0, -2) }],
    ['that is no hexadecimal', 'salon', { 'x-planexpo-signature': `sha256=${'z'.repeat(64)}` }],
    ['without its scheme', 'salon', { 'x-planexpo-signature': good.slice('sha256='.length) }],
    ['that is empty', 'salon', { 'x-planexpo-signature': '' }],
    ['of a form that the sync does not hear', 'salon', signedByMautic(body, SECRETS.planexpo)],
    ['beside a second one', 'salon', { ...signedByPlanexpo(body), ...signedByService(body) }],
    ['for a sync that hears nothing', 'deaf', signedByPlanexpo(body)],
    ['for a sync that does not exist', 'nowhere', signedByPlanexpo(body)],
    ['for what every object has', 'constructor', signedByPlanexpo(body)],
    ['of Mautic that is no base64', 'crm', { 'webhook-signature': '!'.repeat(44) }],
    ['in the generic form without a time', 'salon', { 'x-passerelle-signature': `v1=${'0'.repeat(64)}` }],
    ['of ten minutes ago', 'salon', signedByService(body, { secondsAgo: 600 })],
    ['of ten minutes to come', 'salon', signedByService(body, { secondsAgo: -600 })],
  ])('%s is refused in the same words, and nothing is stored', async (_, sync, headers) => {
    const reference = await send(service.url, 'salon', body, {});

    const answer = await send(service.url, sync, body, headers);

    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(reference.body);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await service.stored()).toEqual([]);
    expect(service.woken()).toBe(0);
  });

  test('with another time than the one that was signed is refused', async () => {
    const late = changed('e1');
    const header = signedByService(late, { secondsAgo: 600 })['x-passerelle-signature'] ?? '';
    const fresh = header.replace(/t=\d+/, `t=${Math.floor(Date.now() / 1_000)}`);

    expect((await send(service.url, 'offers', late, { 'x-passerelle-signature': fresh })).status).toBe(401);
  });

  test('in the generic form is good for as long as the sync says', async () => {
    const patient = await startHookService(hookConfiguration({ tolerance: '15m' }));
    const late = changed('e1');

    const answer = await send(patient.url, 'salon', late, signedByService(late, { secondsAgo: 600 }));
    await patient.stop();

    expect(answer.status).toBe(202);
  });

  test('may be made with the new secret or the one before while it is being changed', async () => {
    const planexpo = { secret: 'the-new-secret-of-planexpo', previous: { secret: SECRETS.planexpo } };
    const changing = await startHookService(hookConfiguration({ planexpo }));
    const [one, two, three] = [order('e1'), order('e2'), order('e3')];

    const answers = [
      await send(changing.url, 'salon', one, signedByPlanexpo(one, 'the-new-secret-of-planexpo')),
      await send(changing.url, 'salon', two, signedByPlanexpo(two)),
      await send(changing.url, 'salon', three, signedByPlanexpo(three, 'a-secret-of-nobody')),
    ];
    await changing.stop();

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 401]);
  });
});

describe('a body', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'of type "%s" is not taken',
    async (type) => {
      const body = order('e1');

      const answer = await send(service.url, 'salon', body, {
        ...signedByPlanexpo(body),
        'content-type': type,
      });

      expect(answer.status).toBe(415);
      expect(await service.stored()).toEqual([]);
    },
  );

  test('with a character set beside its type is taken', async () => {
    const body = order('e1');
    const headers = { ...signedByPlanexpo(body), 'content-type': 'application/json; charset=utf-8' };

    expect((await send(service.url, 'salon', body, headers)).status).toBe(202);
  });

  test('that is compressed is not taken', async () => {
    const body = order('e1');
    const headers = { ...signedByPlanexpo(body), 'content-encoding': 'gzip' };

    expect((await send(service.url, 'salon', body, headers)).status).toBe(415);
  });

  test.each([
    ['that is no JSON', 'salon', '{"id":', signedByPlanexpo],
    ['without a record', 'salon', JSON.stringify({ id: 'e1', type: 'order.updated' }), signedByPlanexpo],
    ['of Mautic that is a list', 'crm', '[]', signedByMautic],
    [
      'about a record that the pair cannot have',
      'crm',
      JSON.stringify({ id: 'e1', type: 'record.changed', record: 'contact 81' }),
      (body: string) => signedByService(body),
    ],
    [
      'with a line break in the id of its record',
      'salon',
      JSON.stringify({ id: 'e1', type: 'record.changed', record: 'a\nb' }),
      (body: string) => signedByService(body),
    ],
    [
      'with one bad announcement of two',
      'offers',
      JSON.stringify({ events: [JSON.parse(changed('e1')), { id: 'e2' }] }),
      (body: string) => signedByService(body),
    ],
    [
      'with more than a hundred announcements',
      'offers',
      JSON.stringify({ events: Array.from({ length: 101 }, (_, n) => JSON.parse(changed(`e${n}`))) }),
      (body: string) => signedByService(body),
    ],
  ])('%s is refused with what is wrong, once its signature is right', async (_, sync, body, sign) => {
    const answer = await send(service.url, sync, body, sign(body));

    expect(answer.status).toBe(400);
    expect(answer.body.problems.length).toBeGreaterThan(0);
    expect(await service.stored()).toEqual([]);
  });

  test('of more than 256 KiB is refused by its announced length, before any of it came', async () => {
    expect(await refusedAfter({ 'content-length': String(5 * 1024 * 1024) }, 0)).toBe(413);
  });

  test('of unknown length is refused as soon as it is too long, however much is to come', async () => {
    expect(await refusedAfter({ 'transfer-encoding': 'chunked' }, 300 * 1024)).toBe(413);
  });

  test('of 5 MB is answered 413 to forty senders at once, also to those that send all of it first', async () => {
    const body = 'x'.repeat(5 * 1024 * 1024);

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => send(service.url, 'salon', body, signedByPlanexpo('another body'))),
    );

    expect(answers.every(({ status }) => status === 413)).toBe(true);
    expect(await service.stored()).toEqual([]);
  });

  test('of exactly 256 KiB is heard', async () => {
    const bare = order('e1', { filler: '' });
    const body = order('e1', { filler: 'x'.repeat(256 * 1024 - Buffer.byteLength(bare)) });

    expect(Buffer.byteLength(body)).toBe(256 * 1024);
    expect((await send(service.url, 'salon', body, signedByPlanexpo(body))).status).toBe(202);
  });
});

test('without its database it answers 503 and when to come back, to every sender', async () => {
  const pool = createPool('postgres://nobody@127.0.0.1:1/none', 1);
  const homeless = await serveHooks(
    { configuration: hookConfiguration(), pool, logger: null },
    () => undefined,
  );
  const bodies = [order('e1'), contact(1), changed('e1')] as const;

  const answers = [
    await send(homeless.url, 'salon', bodies[0], signedByPlanexpo(bodies[0])),
    await send(homeless.url, 'crm', bodies[1], signedByMautic(bodies[1])),
    await send(homeless.url, 'offers', bodies[2], signedByService(bodies[2])),
  ];
  await homeless.stop();
  await pool.end();

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  for (const { headers } of answers) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
});

/** The answer to a request that sends so many bytes of its body and never ends it. */
function refusedAfter(headers: Record<string, string>, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${service.url}/hooks/salon`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    asking.once('response', (reply) => {
      resolve(reply.statusCode);
      asking.destroy();
    });
    asking.once('error', reject);
    asking.flushHeaders();
    if (bytes > 0) asking.write(Buffer.alloc(bytes, 'x'));
  });
}
