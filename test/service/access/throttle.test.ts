import type { Pool } from '../../../db/pool';
import { addPerson } from '../../../operations/people';
import { signInWithPassword } from '../../../service/access/sign-in';
import { type AccessStack, PASSWORD, startAccess } from './access-stack';

let stack: AccessStack;

beforeAll(async () => {
  stack = await startAccess({ publicUrl: 'https://passerelle.example' });
});
afterAll(() => stack.stop());
beforeEach(() => stack.pool.query('delete from login_attempt'));

/** A visitor behind the declared proxy, who claims to be forwarded for others too. */
const from = (address: string) => stack.browser({ 'x-forwarded-for': `10.9.9.9, ${address}` });

async function fail(
  times: number,
  attempt: (index: number) => Promise<{ status: number }>,
): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index++) statuses.push((await attempt(index)).status);
  return statuses;
}

/** As if that many attempts had failed just now. */
async function failedBefore(pool: Pool, key: string, points: number): Promise<void> {
  await pool.query('insert into login_attempt (key, points, expire) values ($1, $2, $3)', [
    key,
    points,
    Date.now() + 600_000,
  ]);
}

describe('failed sign-ins', () => {
  it('make an account wait after the fifth, from wherever they come, the right password too', async () => {
    await stack.person('anne');

    const failures = await fail(5, (index) => from(`192.0.2.${index}`).signIn('anne', 'wrong'));
    const right = await from('192.0.2.99').signIn('ANNE', PASSWORD);

    expect(failures).toEqual([401, 401, 401, 401, 401]);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect(right.text).toMatch(/role="alert"[^>]*>Trop d’essais : réessayez dans 15 minutes\./);
  });

  it('make a login that does not exist wait just the same', async () => {
    const failures = await fail(6, (index) => from(`192.0.2.${index}`).signIn('nobody-here', 'wrong'));

    expect(failures).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('count once each when they come all at once', async () => {
    await stack.person('bruno');

    const ends = await Promise.all(
      Array.from({ length: 8 }, (_, index) => from(`192.0.2.${index}`).signIn('bruno', 'wrong')),
    );

    expect(ends.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it('are forgotten with a right password', async () => {
    await stack.person('carla');

    await fail(4, () => from('192.0.2.1').signIn('carla', 'wrong'));
    const right = await from('192.0.2.1').signIn('carla', PASSWORD);
    const later = await fail(4, () => from('192.0.2.1').signIn('carla', 'wrong'));

    expect(right.status).toBe(303);
    expect(later).toEqual([401, 401, 401, 401]);
  });

  it('make an address wait after the twentieth, whatever it types, and only that address', async () => {
    await stack.person('dora');
    await failedBefore(stack.pool, 'address:192.0.2.7', 19);

    const failures = await fail(3, (index) => from('192.0.2.7').signIn(`guess-${index}`, 'wrong'));
    const theirs = await from('192.0.2.7').signIn('dora', PASSWORD);
    const others = await from('192.0.2.8').signIn('dora', PASSWORD);

    expect([...failures, theirs.status, others.status]).toEqual([401, 429, 429, 429, 303]);
  });

  it('count an IPv6 address by its network, in whichever way it is written', async () => {
    await failedBefore(stack.pool, 'address:2001:db8:0:1::/64', 20);

    const same = await fail(2, (index) =>
      from(['2001:db8:0:1::5', '2001:0DB8:0000:0001:ffff:1:2:3'][index] ?? '').signIn('x', 'wrong'),
    );
    const other = await from('2001:db8:0:2::5').signIn('x', 'wrong');

    expect([...same, other.status]).toEqual([429, 429, 401]);
  });

  it('are in the audit without what was typed, and the waiting once only', async () => {
    await fail(8, () => from('192.0.2.55').signIn('typed-by-mistake', 'wrong'));

    const { rows } = await stack.pool.query(
      `select operation, subject, count(*) from access_audit where detail ->> 'address' = '192.0.2.55' group by 1, 2 order by 1`,
    );

    expect(rows).toEqual([
      { operation: 'sign-in-failed', subject: null, count: 5 },
      { operation: 'sign-in-throttled', subject: null, count: 1 },
    ]);
    expect(await stack.databaseText()).not.toContain('typed-by-mistake');
  });

  it('are counted over all processes', async () => {
    await addPerson(stack.context, { login: 'elsewhere', role: 'viewer', password: PASSWORD });

    for (let index = 0; index < 5; index++)
      await signInWithPassword(stack.pool, {
        login: 'elsewhere',
        password: 'wrong',
        address: `198.51.100.${index}`,
      });
    const here = await from('192.0.2.1').signIn('elsewhere', PASSWORD);

    expect(here.status).toBe(429);
  });
});

describe('behind TLS', () => {
  it('the cookie goes over TLS only, and no other host of the domain can set it', async () => {
    await stack.person('frank');
    const browser = from('192.0.2.1');

    await browser.signIn('frank', PASSWORD);

    expect(browser.setCookies[0]).toMatch(/^__Host-passerelle_session=[\w-]{43}; .*Secure/);
    expect((await browser.get('/room')).status).toBe(200);
  });
});

describe('without a proxy', () => {
  it('a visitor cannot choose the address that is counted', async () => {
    const bare = await startAccess();
    try {
      await failedBefore(bare.pool, 'address:127.0.0.1', 20);

      const claimed = await bare.browser({ 'x-forwarded-for': '192.0.2.1' }).signIn('x', 'wrong');

      expect(claimed.status).toBe(429);
    } finally {
      await bare.stop();
    }
  });
});
