import * as workflows from '../../workflows';
import * as messages from '../../workflows/messages';
import * as names from '../../workflows/names';
import { blocks, tableBelow, textOf } from './markdown';

const SURFACE = textOf('docs/temporal-surface.md');

/** First column of the table below a heading. */
const told = (heading: string): string[] =>
  tableBelow(SURFACE, heading)
    .map(([first = '']) => first)
    .sort();

describe('docs/temporal-surface.md', () => {
  test('names exactly the workflow types', () => {
    expect(told('Workflow types')).toEqual(Object.keys(workflows).sort());
  });

  test('names exactly the task queues', () => {
    const queues = Object.entries(names).flatMap(([name, value]) =>
      name.endsWith('_QUEUE') && typeof value === 'string' ? [value] : [],
    );

    expect(told('Task queues')).toEqual(queues.sort());
  });

  test('names exactly the search attributes', () => {
    const attributes = Object.values(names).flatMap((value) =>
      typeof value === 'object' && 'type' in value && value.type === 'KEYWORD' ? [value.name] : [],
    );

    expect(told('Search attributes')).toEqual(attributes.sort());
  });

  test('names exactly the signals and queries, each with its kind', () => {
    const defined = Object.values(messages).map((definition) => [definition.name, definition.type]);

    const rows = tableBelow(SURFACE, 'Signals and queries').map(([name, kind]) => [name, kind]);

    expect(rows.sort()).toEqual(defined.sort());
  });

  test('shows ids as they are made', () => {
    const ids = [
      names.runWorkflowId('<sync>'),
      names.dossierWorkflowId('<sync>', '<order id>'),
      names.scheduleId('<sync>'),
    ];

    expect(told('Workflow ids')).toEqual(ids.sort());
  });

  test('gives a schema for every payload that its tables name', () => {
    const [json = '{}'] = blocks(SURFACE, 'json');
    const schemas = Object.keys(JSON.parse(json).$defs);
    const named = [
      ...tableBelow(SURFACE, 'Workflow types'),
      ...tableBelow(SURFACE, 'Signals and queries'),
    ].flatMap(
      (cells) =>
        cells.join(' ').match(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)*(?=`|$)|\bDecide\b|\bRunProgress\b/g) ?? [],
    );

    expect(schemas).toEqual(expect.arrayContaining([...new Set(named)]));
    expect(schemas.length).toBeGreaterThanOrEqual(7);
  });
});
