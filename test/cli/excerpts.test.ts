import { excerpts } from '../../cli/excerpts';

const long = 'Une longue description. '.repeat(20);

describe('excerpts', () => {
  it('leaves short values as they are, on one line', () => {
    expect(excerpts('Boucle\n du moulin', '')).toEqual(['Boucle du moulin', '']);
  });

  it('shows long texts where they begin to differ', () => {
    const [before, after] = excerpts(`${long}La fin.`, `${long}Le bout.`);

    expect(before).toMatch(/^….*La fin\.$/);
    expect(after).toMatch(/^….*Le bout\.$/);
    expect(Math.max(before.length, after.length)).toBeLessThan(150);
  });

  it('shows a text that is all new from its start', () => {
    const [before, after] = excerpts('', long);

    expect({ before, start: after.slice(0, 12), end: after.at(-1) }).toEqual({
      before: '',
      start: 'Une longue d',
      end: '…',
    });
  });

  it('shows that a text was cut short', () => {
    const [before, after] = excerpts(`${long}La fin.`, long.trim());

    expect(before).toContain('La fin.');
    expect(after).not.toBe('');
  });

  it('cuts no character in two', () => {
    const [before] = excerpts('🚲'.repeat(300), '');

    expect(before).toMatch(/^(🚲)+…$/u);
  });
});
