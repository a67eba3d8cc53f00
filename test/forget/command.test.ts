import { Readable } from 'node:stream';
import { type CommandStack, startCommandStack } from '../cli/command-stack';
import { everyRow, tablesWith } from './every-row';

const EMAIL = 'apolline.verlinden@exemplar.example';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack();
});
afterAll(() => stack?.stop());
afterEach(() => jest.restoreAllMocks());

/** One dossier with a contact, and how its participant was made. */
async function fill(company = 'Exemplar'): Promise<void> {
  const { pool, sync } = stack;
  const contact = { lastName: 'Verlinden', firstName: 'Apolline', email: EMAIL };
  const body = { id: '701', publicId: 'PUB701', company: { name: company }, bookingContact: contact };
  await pool.query('truncate staged_record, link, audit');
  await pool.query(
    `insert into staged_record (sync, record_id, public_id, status, contact_key, body, body_hash) values ($1, '701', 'PUB701', 'validated', $2, $3, 'h')`,
    [sync, `email:${EMAIL}`, body],
  );
  await pool.query(
    `insert into link (sync, kind, source_key, target_id, origin, owner_record, fence) values ($1, 'participant', $2, 'p-1', 'created', '701', 1)`,
    [sync, `email:${EMAIL}`],
  );
  await pool.query(
    `insert into audit (sync, record_id, kind, target_id, operation, field, after, rule) values ($1, '701', 'participant', 'p-1', 'create', 'email', $2, 'create')`,
    [sync, JSON.stringify(EMAIL)],
  );
}

const typed = (text: string) =>
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([text]) as typeof process.stdin); // a line is all that is read of it

test('an e-mail from the standard input is forgotten, and stands in no line of the answer', async () => {
  await fill();
  typed(`${EMAIL}\n`);

  const { code, stdout, stderr } = await stack.run('forget', '-');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^Person forgotten\.$/m);
  expect(stdout).toMatch(/Rows changed: staged_record 1, link 1, audit 1$/m);
  expect(stdout).toMatch(/comes back with their next read/);
  expect(stdout + stderr).not.toContain(EMAIL);
  expect(tablesWith(await everyRow(stack.pool), [EMAIL, 'Verlinden'])).toEqual([]);
});

test('a record names the person too, and programs get the report', async () => {
  await fill();

  const { code, json } = await stack.run('forget', 'PUB701', '--sync', stack.sync, '--json');

  expect(code).toBe(0);
  expect(json).toMatchObject({
    isForgotten: true,
    records: [{ sync: stack.sync, record: '701' }],
    proof: { hits: [], stays: [] },
  });
  expect(json.proof.columns).toBeGreaterThan(100);
});

test('what is still there afterwards is told by table and column, and the command fails', async () => {
  await fill(`Chez ${EMAIL}`);
  typed(EMAIL);

  const { code, stdout } = await stack.run('forget', '-');

  expect(code).toBe(1);
  expect(stdout).toMatch(/^Something of this person is still there:\n(.*\n)* {2}staged_record\.body \(1\)$/m);
});

test('the name of a company stays, also when it is called like the person', async () => {
  await fill('Apolline Verlinden');

  const { code, json } = await stack.run('forget', '701', '--json');

  expect(code).toBe(0);
  expect(json.proof.stays).toContainEqual({ column: 'staged_record.body', rows: 1, why: 'company-name' });
});

test.each([
  ['nobody', '\n', /names nobody/],
  ['no e-mail', 'a@b@c\n', /no e-mail/],
])('%s on the standard input is a mistake of the caller', async (_, text, message) => {
  await fill();
  typed(text);

  const { code, stderr } = await stack.run('forget', '-');

  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
