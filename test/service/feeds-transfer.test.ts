import { randomBytes } from 'node:crypto';
import { BrokenFeed, currentFeed, feedChunks } from '../../db/feeds';
import { getCursor } from '../../db/staging';
import { until } from '../harness/until';
import { ask, begin, type FeedStack, publish, SYNC, startFeeds } from './feeds-support';

/** More than the sockets between service and reader take in at once, and of a kind that does not shrink. */
const PIECES = Array.from({ length: 48 }, () => randomBytes(1024 * 1024));
const DOCUMENT = Buffer.concat(PIECES);

let stack: FeedStack;

beforeEach(async () => {
  stack = await startFeeds();
  await publish(stack.pool, PIECES);
});
afterEach(() => stack.stop());

describe('a long transfer', () => {
  it('gives a slow reader the whole of the document it began, although another one was published meanwhile', async () => {
    const slow = await begin(stack.at('circuits.xml'));
    await publish(stack.pool, [Buffer.from('<circuits version="2"/>')]);
    const next = await ask(stack.at('circuits.xml'));

    const { body, whole } = await slow.rest();

    expect({ whole, same: body.equals(DOCUMENT) }).toEqual({ whole: true, same: true });
    expect(next.body.toString()).toBe('<circuits version="2"/>');
  });

  it.each(['identity', 'gzip'])(
    'is broken off, never ended short, when Postgres goes away in the middle (%s)',
    async (encoding) => {
      const reading = await begin(stack.at('circuits.xml'), { headers: { 'accept-encoding': encoding } });
      await stack.database.drop();

      const { status, body, whole } = await reading.rest();

      expect({ status, whole }).toEqual({ status: 200, whole: false });
      expect(body.length).toBeLessThan(DOCUMENT.length);
    },
  );

  it.each(['identity', 'gzip'])(
    'is broken off when a piece of the document is missing (%s)',
    async (encoding) => {
      await stack.pool.query('delete from feed_chunk where seq = 47');

      const { whole } = await ask(stack.at('circuits.xml'), { headers: { 'accept-encoding': encoding } });

      expect(whole).toBe(false);
      const visit = await until('the visit', () => getCursor(stack.pool, SYNC, 'feed-visit/circuits'));
      expect(visit).toMatchObject({ status: 200, transfer: 'broken' });
    },
  );

  it('takes a piece from the database when the reader is ready for it, not before', async () => {
    const feed = await currentFeed(stack.pool, SYNC, 'circuits');
    const chunks = feedChunks(stack.pool, feed?.version ?? 0);

    const first = await chunks.next();
    await stack.pool.query('delete from feed_chunk where seq > 0');

    expect(first.value?.equals(PIECES[0] ?? Buffer.alloc(0))).toBe(true);
    await expect(chunks.next()).rejects.toThrow(BrokenFeed);
  });
});
