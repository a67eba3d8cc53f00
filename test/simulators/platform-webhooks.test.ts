import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mautic, stopMautic } from './mautic-support';
import { order, planexpo, stopSimulators } from './support';

interface Call {
  headers: IncomingHttpHeaders;
  text: string;
}

const listeners: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  await Promise.all([stopSimulators(), stopMautic()]);
  await Promise.all(listeners.splice(0).map((stop) => stop()));
});

describe('the webhook of Planexpo, as assumed', () => {
  const start = async () => {
    const { url, calls, answers } = await listener();
    const { control } = await planexpo({
      initial: { orders: [order('1', { status: 'submitted' })], products: [] },
    });
    const edit = (value: Record<string, unknown>) =>
      control.put('orders', { action: 'patch', id: '1', value });
    return { url, calls, answers, control, edit };
  };
  const bodies = (calls: Call[]) => calls.map(({ text }) => JSON.parse(text));

  test('tells of each change with the version that it made, signed, and nothing of what changed', async () => {
    const { url, calls, control, edit } = await start();
    await control.act('webhook', { url, secret: 'hush' });

    await edit({ status: 'validated' });
    await edit({ company: { name: 'Renamed' } });
    await edit({ status: 'cancelled' });
    await control.put('orders', { action: 'delete', id: '1' });
    await control.act('webhooks');

    const told = bodies(calls).map(({ type, order_id, version }) => `${version} ${type} ${order_id}`);
    expect(told.sort()).toEqual([
      '2 order.validated 1',
      '3 order.updated 1',
      '4 order.cancelled 1',
      '4 order.deleted 1',
    ]);
    const [first] = calls;
    const digest = createHmac('sha256', 'hush')
      .update(first?.text ?? '')
      .digest('hex');
    expect(first?.headers['x-planexpo-signature']).toBe(`sha256=${digest}`);
    expect(Object.keys(JSON.parse(first?.text ?? '{}')).sort()).toEqual([
      'event',
      'id',
      'occurred_at',
      'order_id',
      'type',
      'version',
    ]);
  });

  test('may tell of an event twice, under one id', async () => {
    const { url, calls, control, edit } = await start();
    await control.act('webhook', { url, twiceEvery: 2 });

    await edit({ is_test: false });
    await edit({ is_test: true });
    await control.act('webhooks');

    expect(calls).toHaveLength(3);
    expect(new Set(bodies(calls).map(({ id }) => id)).size).toBe(2);
  });

  test('tells again of what was answered 503, and gives up what was answered 401', async () => {
    const { url, calls, answers, control, edit } = await start();
    await control.act('webhook', { url });
    answers.push(503, 202, 401);

    await edit({ is_test: false });
    await control.act('webhooks');
    await edit({ is_test: true });
    const status = await control.act('webhooks');

    expect(calls).toHaveLength(3);
    expect(status).toEqual({ events: 2, delivered: 1, failed: 2 });
  });

  test('is taken away by a null address, and by a reset', async () => {
    const { url, calls, control, edit } = await start();
    await control.act('webhook', { url });
    await control.act('webhook', { url: null });
    await edit({ is_test: false });
    await control.act('webhook', { url });
    await control.reset();
    await edit({ is_test: false });
    await control.act('webhooks');

    expect(calls).toEqual([]);
  });
});

test('Mautic in queue mode tells of up to ten events in one call, oldest first', async () => {
  const { url, calls } = await listener();
  const { call, control } = await mautic();
  await control.act('webhook', { url, perCall: 10 });

  for (let n = 1; n <= 12; n += 1) await call('POST', '/contacts/new', { email: `${n}@x.fr` });
  await control.act('webhooks');

  const numbers = calls.map(({ text }) =>
    JSON.parse(text)['mautic.lead_post_save_new'].map(
      (event: { contact: { id: number } }) => event.contact.id,
    ),
  );
  expect(numbers).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [11, 12],
  ]);
});

/** Answers with what is in `answers`, one after the other, and 202 when there is nothing more. */
async function listener(): Promise<{ url: string; calls: Call[]; answers: number[] }> {
  const calls: Call[] = [];
  const answers: number[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      calls.push({ headers: message.headers, text: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.shift() ?? 202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listeners.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo; // TCP has an address of this form
  return { url: `http://127.0.0.1:${port}/hook`, calls, answers };
}
