import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { buildProgram } from '../../cli/program';
import { ROOT } from '../setup/run-script';
import { commandLines, documents, textOf } from './markdown';

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).scripts;

interface Quoted {
  document: string;
  line: string;
}

const quoted: Quoted[] = documents().flatMap((document) =>
  commandLines(textOf(document)).map((line) => ({ document, line })),
);

/** What stands after `passerelle`, in words; `docker compose run` hands its words to it too. */
const ours = quoted.flatMap(({ document, line }) => {
  const found =
    /^(?:npx )?passerelle (?!<)(\S.*)$/.exec(line) ?? /^docker compose run --rm worker (\S.*)$/.exec(line);
  return found === null ? [] : [{ document, line, words: (found[1] ?? '').split(/\s+/) }];
});

describe('commands in the documents', () => {
  test('there are some', () => {
    expect(ours.length).toBeGreaterThan(30);
  });

  test('each names a command, and options that this command has', () => {
    const wrong = ours.filter(({ words }) => problemOf(buildProgram(), words) !== null);

    expect(wrong.map(({ document, line }) => `${document}: ${line}`)).toEqual([]);
  });

  test('each npm script exists', () => {
    const named = quoted.flatMap(({ document, line }) => {
      const script = /^npm run (?:-s )?([\w:-]+)/.exec(line)?.[1];
      return script === undefined || script in scripts ? [] : [`${document}: ${line}`];
    });

    expect(named).toEqual([]);
  });

  test('the README names every command', () => {
    const named = new Set(
      ours.filter(({ document }) => document === 'README.md').map(({ words }) => words[0]),
    );
    const npm = quoted.filter(({ document }) => document === 'README.md').map(({ line }) => line);
    for (const [name] of Object.entries(scripts))
      if (npm.some((line) => line.startsWith(`npm run ${name}`))) named.add(name);

    expect(
      buildProgram()
        .commands.map((command) => command.name())
        .filter((name) => !named.has(name)),
    ).toEqual([]);
  });
});

/** Null when the program would take these words; else what it has not. */
function problemOf(program: Command, words: string[]): string | null {
  let command = program;
  let rest = words;
  for (;;) {
    const next = command.commands.find((child) => child.name() === rest[0]);
    if (next === undefined) break;
    command = next;
    rest = rest.slice(1);
  }
  if (command === program && !rest[0]?.startsWith('--')) return `no command ${rest[0]}`;
  const options = new Set(command.options.flatMap((option) => [option.long, option.short]));
  const unknown = rest.find(
    (word) => word.startsWith('-') && word !== '-' && word !== '--help' && !options.has(word),
  );
  if (unknown !== undefined) return `no option ${unknown}`;
  const group =
    command !== program && command.commands.length > 0 && rest.length > 0 && !rest[0]?.startsWith('-');
  return group ? `no command ${rest[0]} in ${command.name()}` : null;
}
