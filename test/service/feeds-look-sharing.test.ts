import { type LookEnd, shareLooks } from '../../service/feed-look';
import { looksByHand, SYNC } from './feeds-support';

describe('a look that several requests wait for', () => {
  const MINUTE = 60_000;

  it('is one that began after each of them came in, and one for all that wait', async () => {
    const looks = looksByHand();
    const look = shareLooks(looks.lastLook);
    const settled: string[] = [];
    const asked = (name: string) => look(SYNC, MINUTE).then((end) => settled.push(`${name} ${end}`));

    const first = asked('first');
    await looks.begins(1);
    const others = [asked('second'), asked('third')];
    looks.end('looked');
    await first;
    await looks.begins(2);
    expect(settled).toEqual(['first looked']);

    const fourth = asked('fourth');
    looks.end('failed');
    await Promise.all(others);
    expect(settled).toEqual(['first looked', 'second failed', 'third failed']);

    await looks.begins(3);
    looks.end('looked');
    await fourth;
    expect(settled.at(-1)).toBe('fourth looked');
    expect(looks.begun()).toBe(3);
  });

  it('is not that of another sync', async () => {
    const looks = looksByHand();
    const look = shareLooks(looks.lastLook);

    const both = [look('one', MINUTE), look('other', MINUTE)];
    await looks.begins(2);
    looks.end('looked');
    looks.end('failed');

    expect(await Promise.all(both)).toEqual(['looked', 'failed']);
  });

  it('makes nobody wait longer than was asked for, and holds up no later one', async () => {
    const ends: Array<Promise<LookEnd>> = [new Promise(() => {}), Promise.resolve('looked')];
    const look = shareLooks(() => ends.shift() ?? Promise.resolve('failed'));

    expect(await look(SYNC, 50)).toBe('failed');
    expect(await look(SYNC, MINUTE)).toBe('looked');
  });
});
