import { type AuditEntry, writeAudit } from '../../../db/audit';
import { addRecord, beginRun, type RunConsole, readingOf, startRunConsole } from './run-console';

let there: RunConsole;
beforeEach(async () => {
  there = await startRunConsole({
    syncs: { 'salon-2027': 'planexpo-inwink', 'salon-2028': 'planexpo-inwink' },
  });
});
afterEach(() => there.stop());

function write(recordId: string | null, entry: Partial<AuditEntry> = {}): Promise<void> {
  return writeAudit(there.pool, {
    sync: 'salon-2027',
    runId: null,
    recordId,
    kind: 'partner',
    targetId: 'p-1',
    operation: 'update',
    changes: [{ field: 'name', before: 'Brulerie', after: 'Brûlerie Cœur', rule: 'map.name' }],
    rule: 'map.name',
    ...entry,
  });
}

const decision = (actor: string, field = 'target-deleted'): Partial<AuditEntry> => ({
  kind: 'attention',
  operation: 'decision',
  changes: [{ field, before: null, after: 'recreate', rule: 'decide.recreate' }],
  rule: 'decide.recreate',
  actor,
});

it('shows what a run wrote, from what to what and why, and leads to the record and the run', async () => {
  const run = await beginRun(there.pool, 'salon-2027');
  await addRecord(there.pool, 'salon-2027', { id: 'd-1', name: 'Brûlerie Cœur', outcome: 'updated' });
  await write('d-1', { runId: run });
  const viewer = await there.as('viewer');

  const { text, status } = await viewer.get('/audit');

  expect(status).toBe(200);
  const reading = readingOf(text);
  expect(reading).toContain(
    `Run ${run} Brûlerie Cœur salon-2027 · d-1 Partner update name Brulerie Brûlerie Cœur The source changed.`,
  );
  expect(text).toContain(`href="/runs/${run}"`);
  expect(text).toContain('href="/syncs/salon-2027/records/d-1"');
});

it('is narrowed by sync, record, run, person, and to what people did', async () => {
  const run = await beginRun(there.pool, 'salon-2027');
  await addRecord(there.pool, 'salon-2027', { id: 'd-1', name: 'Ateliers', outcome: 'updated' });
  await addRecord(there.pool, 'salon-2028', { id: 'd-9', name: 'Maison', outcome: 'updated' });
  await write('d-1', { runId: run, changes: [{ field: 'by-run', before: 1, after: 2, rule: 'map.x' }] });
  await write('d-1', decision('chloe@example.com', 'by-chloe'));
  await write('d-2', decision('loic', 'by-loic'));
  await write('d-9', {
    sync: 'salon-2028',
    changes: [{ field: 'by-other', before: 1, after: 2, rule: 'map.x' }],
  });
  const viewer = await there.as('viewer');
  const fields = async (path: string) =>
    [...(await viewer.get(path)).text.matchAll(/<span class="mono">(by-[a-z]+)<\/span>/g)].map(
      ([, field]) => field,
    );

  expect(await fields('/audit')).toEqual(['by-other', 'by-loic', 'by-chloe', 'by-run']);
  expect(await fields('/audit?sync=salon-2028')).toEqual(['by-other']);
  expect(await fields(`/audit?run=${run}`)).toEqual(['by-run']);
  expect(await fields('/audit?record=D-1')).toEqual(['by-chloe', 'by-run']);
  // gone from what is staged, and still in the audit
  expect(await fields('/audit?sync=salon-2027&record=d-2')).toEqual(['by-loic']);
  expect(await fields('/audit?people=1')).toEqual(['by-loic', 'by-chloe']);

  const { text } = await viewer.get('/audit');
  const choice = /<option value="(\d+)">chloe@example\.com<\/option>/.exec(text)?.[1];
  expect(await fields(`/audit?by=${choice}`)).toEqual(['by-chloe']);
  const addresses = [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
  expect(addresses.filter((href) => href.includes('chloe'))).toEqual([]);
});

it('says when no record has the id that was typed, or several syncs have it', async () => {
  for (const sync of ['salon-2027', 'salon-2028'])
    await addRecord(there.pool, sync, { id: 'd-1', name: 'Ateliers', outcome: 'updated' });
  await write('d-1');
  const viewer = await there.as('viewer', 'fr');

  expect(readingOf((await viewer.get('/audit?record=d-7')).text)).toContain(
    'Aucune fiche n’a cet identifiant.',
  );
  const several = readingOf((await viewer.get('/audit?record=d-1')).text);
  expect(several).toContain('Plusieurs synchronisations ont une telle fiche (salon-2027, salon-2028)');
  expect(several).not.toContain('Brulerie');
});

it('goes on page after page without leaving an act out or showing one twice', async () => {
  await writeAudit(there.pool, {
    sync: 'salon-2027',
    runId: null,
    recordId: 'd-1',
    kind: 'partner',
    targetId: null,
    operation: 'update',
    changes: Array.from({ length: 120 }, (_, n) => ({
      field: `field-${n}`,
      before: null,
      after: n,
      rule: 'map.x',
    })),
    rule: 'map.x',
  });
  const viewer = await there.as('viewer');
  const seen: string[] = [];
  let path: string | undefined = '/audit?sync=salon-2027';
  while (path !== undefined) {
    const { text }: { text: string } = await viewer.get(path);
    seen.push(...[...text.matchAll(/>(field-\d+)</g)].map(([, field]) => field ?? ''));
    path = /<a href="([^"]*after=[^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
});

it('gives the acts that are shown as a file for a spreadsheet', async () => {
  await addRecord(there.pool, 'salon-2027', { id: 'd-1', name: 'Ateliers', outcome: 'updated' });
  await write('d-1', { changes: [{ field: 'name', before: null, after: '=1+1', rule: 'map.name' }] });
  await write('d-2', decision('loic'));
  const viewer = await there.as('viewer', 'fr');

  const { text, headers } = await viewer.get('/audit/export.csv?record=d-1');

  expect(headers.get('content-disposition')).toContain('passerelle-audit.csv');
  const [heads, row, ...others] = text.trimEnd().split('\r\n');
  expect(heads).toContain('Synchronisation;Passage;Par;Fiche');
  // a formula stays a text
  expect(row).toContain(`;d-1;;Ateliers;Partenaire;p-1;mise à jour;name;;'=1+1;La source a changé.`);
  expect(others).toEqual([]);
});

it('tells administrators, and nobody else, who came in and what changed for people', async () => {
  const chief = await there.as('administrator');
  const viewer = await there.as('viewer');
  await there.as('operator');

  const { text } = await chief.get('/audit/access');
  const reading = readingOf(text);

  expect(reading).toContain('viewer-en Signed in viewer-en by password');
  expect(reading).toContain('test Person added viewer-en role viewer');
  const choice = /<option value="(\d+)">operator-en<\/option>/.exec(text)?.[1];
  const narrowed = readingOf((await chief.get(`/audit/access?act=sign-in&by=${choice}`)).text);
  expect(narrowed).toContain('operator-en Signed in operator-en');
  expect(narrowed).not.toContain('Signed in viewer-en');
  expect((await viewer.get('/audit/access')).status).toBe(403);
  expect((await viewer.get('/audit')).text).not.toContain('/audit/access');
});
