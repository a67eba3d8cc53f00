import { inspect } from 'node:util';
import { FailureKind } from '../../platforms/failure';
import { failureOf } from './failures';
import { type Answer, dropped, json, raw } from './local-server';
import { PASSWORD, stopWeavyServers, weavyAccount } from './weavy-account';

afterEach(async () => {
  jest.restoreAllMocks();
  await stopWeavyServers();
});

const row = { customer_ID: 'T-1', srvDateUTC: '2026-03-01T08:15:22', srvAttrib: 0, name: 'Acme' };

/** Tokens t1, t2 ... and a project that takes only those it is told to. */
function numbered(
  accepts: (token: string) => boolean,
  expiresIn: number,
): { signIn: Answer; answer: Answer } {
  let issued = 0;
  return {
    signIn: (reply, request) => {
      issued += 1;
      json(200, { authToken: `t${issued}`, expiresIn })(reply, request);
    },
    answer: (reply, request) => {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      (accepts(token) ? json(200, row) : json(401, { message: 'Token expired' }))(reply, request);
    },
  };
}

describe('signing in', () => {
  test('happens once for ten calls at the same time, with the words that weavy documents', async () => {
    const { signIn, answer } = numbered(() => true, 43_200);
    const { client, signIns, calls } = await weavyAccount(answer, { signIn });

    await Promise.all(Array.from({ length: 10 }, () => client.get('customer', 'T-1')));

    expect(signIns().map(({ body }) => JSON.parse(body))).toEqual([
      { scope: 'API', projectCode: 'ACME', userName: 'svc', password: PASSWORD },
    ]);
    expect(calls()).toHaveLength(10);
  });

  test('happens again before a token ends, after four fifths of its life', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
    const { signIn, answer } = numbered(() => true, 100);
    const { client, signIns } = await weavyAccount(answer, { signIn });
    const signInsAfter = async (seconds: number) => {
      clock.mockReturnValue(1_000 + seconds * 1_000);
      await client.get('customer', 'T-1');
      return signIns().length;
    };

    expect(await signInsAfter(0)).toBe(1);
    expect(await signInsAfter(79)).toBe(1);
    expect(await signInsAfter(81)).toBe(2);
  });

  test('happens once more when a token is refused in the middle of a run, and the call succeeds', async () => {
    const { signIn, answer } = numbered((token) => token !== 't1', 43_200);
    const { client, signIns } = await weavyAccount(answer, { signIn });

    expect(await client.get('customer', 'T-1')).toMatchObject({ id: 'T-1' });
    expect(signIns()).toHaveLength(2);
  });

  test('is not tried a third time: access is lost', async () => {
    const { signIn, answer } = numbered(() => false, 43_200);
    const { client, calls } = await weavyAccount(answer, { signIn });

    const failure = await failureOf(client.create('customer', 'WM-1', { name: 'Acme' }));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(calls()).toHaveLength(2);
  });

  test.each<[string, Answer, FailureKind]>([
    ['wrong credentials', json(401, { message: 'Bad credentials' }), FailureKind.accessLost],
    ['an unknown project', json(400, { message: 'Unknown project' }), FailureKind.accessLost],
    ['a wrong address', raw(404, 'text/html', '<html></html>'), FailureKind.accessLost],
    ['a fault of weavy', raw(502, 'text/html', '<html></html>'), FailureKind.transient],
    ['a lost answer', dropped, FailureKind.transient],
    ['a page of HTML', raw(200, 'text/html', '<html></html>'), FailureKind.defect],
  ])('with %s: the create that waits for it was not sent', async (_name, signIn, kind) => {
    const { client, calls } = await weavyAccount(json(200, row), { signIn });

    const failure = await failureOf(client.create('customer', 'WM-1', { name: 'Acme' }));

    expect(failure.kind).toBe(kind);
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(PASSWORD);
    expect(calls()).toHaveLength(0);
  });
});

describe('a probe', () => {
  const aDay = 86_400_000;
  const dated =
    (aheadMs: number, answer: (date: Record<string, string>) => Answer): Answer =>
    (reply, request) =>
      answer({ Date: new Date(Date.now() + aheadMs).toUTCString() })(reply, request);

  test('tells how far the clock of weavy is ahead and when the password ends', async () => {
    const { client } = await weavyAccount(
      dated(aDay, (date) => json(200, { fields: [] }, date)),
      {
        signIn: json(200, {
          authToken: 't',
          expiresIn: 43200,
          passwordExpiryUTC: '2026-09-01T08:00:00.1234567Z',
        }),
      },
    );

    const { skewMs, passwordExpiresAt } = await client.probe();

    expect(Math.round((skewMs ?? 0) / 60_000)).toBe(aDay / 60_000);
    expect(passwordExpiresAt).toBe('2026-09-01T08:00:00.123Z');
  });

  test('asks again each time, so that a clock that moved is noticed', async () => {
    let aheadMs = 0;
    const { client, signIns } = await weavyAccount((reply, request) =>
      dated(aheadMs, (date) => json(200, { fields: [] }, date))(reply, request),
    );

    await client.probe();
    aheadMs = -aDay;

    expect(Math.round(((await client.probe()).skewMs ?? 0) / 60_000)).toBe(-aDay / 60_000);
    expect(signIns()).toHaveLength(1);
  });

  test('succeeds without any right on the table it asks about', async () => {
    const refusal = json(403, { message: 'no', code: 'API_RIGHT', right: 'READ' });
    const signIn = dated(aDay, (date) => json(200, { authToken: 't', expiresIn: 43200 }, date));
    const { client } = await weavyAccount(refusal, { signIn });

    const { skewMs, passwordExpiresAt } = await client.probe();

    expect(Math.round((skewMs ?? 0) / 60_000)).toBe(aDay / 60_000);
    expect(passwordExpiresAt).toBeNull();
  });

  test('fails when the account as a whole is refused', async () => {
    const { client } = await weavyAccount(json(403, { message: 'API access is off' }));

    expect((await failureOf(client.probe())).kind).toBe(FailureKind.accessLost);
  });
});
