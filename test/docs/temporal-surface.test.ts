import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as workflows from '../../workflows';
import * as messages from '../../workflows/messages';
import * as names from '../../workflows/names';
import { ROOT } from '../setup/run-script';
import { blocks, tableBelow, textOf } from './markdown';

const SURFACE = textOf('docs/temporal-surface.md');
const MESSAGES = readFileSync(join(ROOT, 'workflows', 'messages.ts'), 'utf8');

const payloads = z.object({
  $defs: z.record(
    z.string(),
    z.object({
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
    }),
  ),
});

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
      names.recordWorkflowId('<sync>', 'offer', '<code>'),
      names.trackWorkflowId('<sync>', '<code>'),
      names.watchWorkflowId('<sync>'),
      names.scheduleId('<sync>'),
      names.watchScheduleId('<sync>'),
    ];

    expect(told('Workflow ids')).toEqual(ids.sort());
  });

  test('names exactly the phases of a run and the ends of a track on its way back', () => {
    const { RunProgress, TrackReturnReport } = payloads.parse(
      JSON.parse(blocks(SURFACE, 'json')[0] ?? ''),
    ).$defs;

    expect(enumOf(RunProgress?.properties?.phase)).toEqual(wordsOf(/^export type Phase =([^;]*);/m));
    expect(enumOf(TrackReturnReport?.properties?.outcome)).toEqual(
      wordsOf(/^export interface TrackReturnReport \{\n {2}outcome: ([^;]*);/m),
    );
  });

  test('tells apart the Schedules and the workflows that a record of each pair has', () => {
    expect(names.recordWorkflow('pivot-cirkwi', '<sync>', '<code>')).toEqual({
      type: 'record',
      id: 'record/<sync>/offer/<code>',
    });
    expect(names.recordWorkflow('planexpo-inwink', '<sync>', '<order id>').type).toBe('dossier');
  });

  test.each([
    'DossierInput',
    'DossierReport',
    'RecordInput',
    'RecordReport',
    'TrackReturnInput',
    'TrackReturnReport',
    'TrackWatchInput',
    'TrackWatchReport',
    'SyncRunInput',
    'RunReport',
    'RunProgress',
  ])('describes %s with exactly its keys, required where they are', (name) => {
    const { properties = {}, required } =
      payloads.parse(JSON.parse(blocks(SURFACE, 'json')[0] ?? '')).$defs[name] ?? {};
    const keys = keysOf(name);

    expect(Object.keys(properties).sort()).toEqual(keys.map((key) => key.replace('?', '')).sort());
    // what a workflow answers is always whole
    if (name.endsWith('Input')) expect(required).toEqual(keys.filter((key) => !key.endsWith('?')));
  });

  test('gives a schema for every payload that its tables name', () => {
    const schemas = Object.keys(payloads.parse(JSON.parse(blocks(SURFACE, 'json')[0] ?? '')).$defs);
    const cells = [
      ...tableBelow(SURFACE, 'Workflow types'),
      ...tableBelow(SURFACE, 'Signals and queries'),
    ].flat();
    const named = cells.flatMap((cell) => /^`?([A-Z]\w+)`?(?:, or none)?$/.exec(cell)?.[1] ?? []);

    expect([...new Set([...named, 'RunProgress'])].sort()).toEqual(schemas.sort());
  });
});

/** The quoted words of a type in `messages.ts`. */
function wordsOf(type: RegExp): string[] {
  return [...(type.exec(MESSAGES)?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, word]) => word ?? '');
}

function enumOf(property: unknown): string[] {
  return z.object({ enum: z.array(z.string()) }).parse(property).enum;
}

/** Keys of an interface in `messages.ts`, a `?` behind those that may be left out. */
function keysOf(name: string): string[] {
  const body = new RegExp(`^export interface ${name} \\{\n([\\s\\S]*?)^\\}`, 'm').exec(MESSAGES)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(\w+\??):/gm)].map(([, key]) => key ?? '');
}
