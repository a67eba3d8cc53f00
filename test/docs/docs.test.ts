import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup/run-script';
import { anchors, documents, relativeLinks, textOf } from './markdown';

/** Folders of a developer's or a builder's machine, where a reader has something else. */
const MACHINE_PATHS = /(?<![\w.~-])\/(work|root|home|Users|tmp|mnt)\//;

describe.each(documents())('%s', (document) => {
  const text = textOf(document);

  test('links to files and headings that exist', () => {
    const broken = relativeLinks(text).filter(({ path, anchor }) => {
      const target = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== null && !anchors(textOf(target)).has(decodeURIComponent(anchor));
    });

    expect(broken).toEqual([]);
  });

  test('names files of the project that are there', () => {
    const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\/?)`/g)].map(([, path]) => path ?? '');
    const ours = named.filter(
      (path) => existsSync(join(ROOT, path.split('/')[0] ?? '')) && !path.includes('NNNN'),
    );

    expect(ours.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names no folder of one machine and leaves nothing to be written', () => {
    const lines = text
      .split('\n')
      .filter((line) => MACHINE_PATHS.test(line) || /\b(TODO|FIXME|TBD)\b|@@/.test(line));

    expect(lines).toEqual([]);
  });

  test('closes every block of code that it opens', () => {
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
  });
});

describe('the decisions', () => {
  const decisions = documents().filter((document) => document.startsWith(join('docs', 'decisions')));

  test('are numbered without a gap and say context, choice, what was rejected and the consequence', () => {
    const numbers = decisions.map((document) => /(\d{4})-/.exec(document)?.[1]).sort();

    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
    for (const document of decisions) {
      const text = textOf(document);
      expect(text).toMatch(new RegExp(`^# ${/(\d{4})-/.exec(document)?.[1]}: `));
      expect(text).toMatch(/^## Context$/m);
      expect(text).toMatch(/^## Choice$/m);
      expect(text).toMatch(/^## Consequence$/m);
    }
  });

  test('fit on one screen', () => {
    const long = decisions.filter((document) => textOf(document).split('\n').length > 60);

    expect(long).toEqual([]);
  });
});
