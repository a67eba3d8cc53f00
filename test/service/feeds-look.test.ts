import { listOpenItems } from '../../db/attention';
import type { LastLook, LookEnd } from '../../service/feed-look';
import {
  ask,
  type FeedSettings,
  type FeedStack,
  looksByHand,
  publish,
  SYNC,
  startFeeds,
} from './feeds-support';

const DOCUMENT = Buffer.from('<circuits version="2"/>');

let stack: FeedStack;

async function start(settings: FeedSettings): Promise<void> {
  stack = await startFeeds(settings);
  await publish(stack.pool, [DOCUMENT]);
  await publish(stack.pool, [Buffer.from('<pois version="2"/>')], { kind: 'pois' });
}
afterEach(() => stack.stop());

async function openItems(): Promise<unknown[]> {
  const items = await listOpenItems(stack.pool, SYNC, 10);
  return items.map(({ reason, place, record_id }) => ({ reason, place, record_id }));
}
const ITEM = { reason: 'track-look-failed', place: 'feed', record_id: null };

describe('the last look before Cirkwi gets the circuits', () => {
  it('comes before the answer, also when that says that nothing is new', async () => {
    const looks = looksByHand();
    await start({ lastLook: looks.lastLook });

    const first = ask(stack.at('circuits.xml'));
    await looks.begins(1);
    const newer = Buffer.from('<circuits version="2"><!-- made while we looked --></circuits>');
    const etag = await publish(stack.pool, [newer]);
    looks.end('looked');
    expect((await first).body.toString()).toBe(newer.toString());

    const again = ask(stack.at('circuits.xml'), { headers: { 'if-none-match': `"${etag}"` } });
    await looks.begins(2);
    looks.end('looked');
    expect((await again).status).toBe(304);
  });

  it('is none of the business of points, of tracks and of whoever asks for headers only', async () => {
    const looks = looksByHand();
    await start({ lastLook: looks.lastLook });

    expect((await ask(stack.at('pois.xml'))).status).toBe(200);
    expect((await ask(stack.at('circuits.xml'), { method: 'HEAD' })).status).toBe(200);
    expect(looks.begun()).toBe(0);
  });

  it.each<[string, LastLook]>([
    ['fails', async () => 'failed'],
    ['rejects', () => Promise.reject(new Error('no worker'))],
    [
      'throws',
      () => {
        throw new Error('no client');
      },
    ],
    ['does not end in time', () => new Promise(() => {})],
  ])('keeps the feed back when it %s, and asks a person', async (_how, lastLook) => {
    await start({ lastLook, policies: { lastLookWithin: '300ms' } });

    const { status, headers } = await ask(stack.at('circuits.xml'));

    expect({ status, again: headers['retry-after'] }).toEqual({ status: 503, again: '600' });
    expect(await openItems()).toEqual([ITEM]);
  });

  it('that failed lets the feed out all the same when the sync says so, and still asks a person', async () => {
    await start({ lastLook: async () => 'failed', policies: { protectTracks: 'best-effort' } });

    const { status, body } = await ask(stack.at('circuits.xml'));

    expect({ status, body }).toEqual({ status: 200, body: DOCUMENT });
    expect(await openItems()).toEqual([ITEM]);
  });

  it('closes the question once it succeeds, and opens it once however often it fails', async () => {
    const ends: LookEnd[] = ['failed', 'failed', 'looked'];
    await start({ lastLook: async () => ends.shift() ?? 'looked' });

    await ask(stack.at('circuits.xml'));
    await ask(stack.at('circuits.xml'));
    expect(await openItems()).toEqual([ITEM]);
    expect((await ask(stack.at('circuits.xml'))).status).toBe(200);

    expect(await openItems()).toEqual([]);
  });

  it('is not made for a feed that does not exist yet', async () => {
    const looks = looksByHand();
    stack = await startFeeds({ lastLook: looks.lastLook });

    expect((await ask(stack.at('circuits.xml'))).status).toBe(503);
    expect(looks.begun()).toBe(0);
  });
});
