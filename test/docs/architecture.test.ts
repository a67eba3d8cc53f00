import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureKind } from '../../platforms/failure';
import { ROOT } from '../setup/run-script';
import { tableBelow, textOf } from './markdown';

const PAGE = textOf('docs/architecture.md');

describe('docs/architecture.md', () => {
  test('says of every table of the database what it holds', () => {
    const folder = join(ROOT, 'db', 'migrations');
    const made = readdirSync(folder).flatMap((file) => tablesOf(readFileSync(join(folder, file), 'utf8')));

    const told = tableBelow(PAGE, 'Where things are kept').flatMap(([cell = '']) => namesIn(cell));

    expect(told.sort()).toEqual(made.sort());
  });

  test('says of every kind of failure what follows', () => {
    const told = tableBelow(PAGE, 'Failures and what follows').map(([kind]) => kind);

    expect(told.sort()).toEqual(Object.values(FailureKind).sort());
  });
});

function tablesOf(migration: string): string[] {
  return [...migration.matchAll(/^create table (\w+)/gm)].map(([, name]) => name ?? '');
}

/** A cell may name several: the reader of tables takes the marks off those that name one. */
function namesIn(cell: string): string[] {
  return cell.split(/[`, ]+/).filter((name) => name !== '');
}
