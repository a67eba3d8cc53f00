import { fieldMappingSchema } from '../../config/field-mapping';
import { putMapping } from '../../db/field-mappings';
import { inTransaction } from '../../db/pool';
import { type CrmCommandStack, startCrmCommandStack } from './crm-command-stack';

const email = { weavy: 'email', mautic: 'email', as: 'email' };
const FITTING = {
  companies: {
    key: { weavy: 'name', mautic: 'companyname' },
    fields: [{ weavy: 'name', mautic: 'companyname' }],
  },
  contacts: { fields: [email, { weavy: 'phoneNumber', mautic: 'phone', as: 'phone' }] },
  inbounds: { fields: [email] },
};
const withContactField = (field: object) => ({
  ...FITTING,
  contacts: { fields: [...FITTING.contacts.fields, field] },
});

let stack: CrmCommandStack;
beforeAll(async () => {
  stack = await startCrmCommandStack(FITTING);
});
afterAll(() => stack.stop());
beforeEach(async () => {
  await stack.map(FITTING);
  await stack.pool.query('truncate mapping_version');
});

function store(mapping: unknown): Promise<boolean> {
  return inTransaction(stack.pool, (tx) => putMapping(tx, stack.sync, fieldMappingSchema.parse(mapping)));
}

describe('passerelle mapping check', () => {
  it('finds that a mapping fits both platforms, and writes to neither', async () => {
    const { code, json } = await stack.run('mapping', 'check', stack.sync, '--json');

    expect({ code, ok: json.ok }).toEqual({ code: 0, ok: true });
    expect(json.problems.filter((problem: { severity: string }) => problem.severity === 'fail')).toEqual([]);
    expect([await stack.weavy.control.journal(), await stack.mautic.control.journal()]).toEqual([[], []]);
  });

  it('says at once what to write instead of a form that does not fit', async () => {
    await stack.map(withContactField({ weavy: 'generictype_ID_country', mautic: 'country' }));

    const { code, stdout } = await stack.run('mapping', 'check', stack.sync);
    const { json } = await stack.run('mapping', 'check', stack.sync, '--json');

    expect(code).toBe(2);
    expect(stdout).toContain('✗ to correct');
    expect(json.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          object: 'contacts',
          place: 'generictype_ID_country -> country',
          code: 'read-only',
          message: expect.stringContaining('direction: toMautic'),
        }),
        expect.objectContaining({ code: 'form', message: expect.stringContaining('write as: country') }),
      ]),
    );
  });

  it('sees a custom field as soon as it exists on both sides', async () => {
    await stack.map(withContactField({ weavy: 'loyalty', mautic: 'loyalty', as: 'boolean' }));
    expect((await stack.run('mapping', 'check', stack.sync)).code).toBe(2);

    await stack.weavy.control.put('field', {
      action: 'upsert',
      id: 'customercontact/loyalty',
      value: { fieldType: 'boolean' },
    });
    await stack.mautic.control.put('field', {
      action: 'upsert',
      id: 'contact/loyalty',
      value: { label: 'Loyalty', type: 'boolean' },
    });

    expect((await stack.run('mapping', 'check', stack.sync)).code).toBe(0);
  });

  it('names the box of weavy’s studio to tick, and judges the other objects', async () => {
    await stack.weavy.control.put('right', {
      action: 'upsert',
      id: 'marketinginbound/READ',
      value: { allowed: false },
    });
    try {
      const { code, json } = await stack.run('mapping', 'check', stack.sync, '--json');

      expect({ code, ok: json.ok }).toEqual({ code: 0, ok: true });
      const [problem] = json.problems.filter((each: { code: string }) => each.code === 'no-right');
      expect(problem.message).toMatch(/tick "API lecture".*for the table "Marketing \/ Entrant"/);
    } finally {
      await stack.weavy.control.put('right', {
        action: 'upsert',
        id: 'marketinginbound/READ',
        value: { allowed: true },
      });
    }
  });

  it('refuses a sync of another pair', async () => {
    const { code, stderr } = await stack.run('mapping', 'check', 'salon');

    expect(code).toBe(2);
    expect(stderr).toContain(
      'sync "salon" is of the pair planexpo-inwink: this command is for weavy-webmecanik',
    );
  });

  it('names the file and line of a mapping that cannot be used', async () => {
    await stack.map({ contacts: { fields: [email, { ...email, as: 'mail' }] } });

    const { code, stderr } = await stack.run('mapping', 'check', stack.sync);

    expect(code).toBe(2);
    expect(stderr).toMatch(/crm-mapping\.yaml line \d+: contacts\.fields\.1\.as/);
  });
});

describe('passerelle mapping diff', () => {
  it('says what the configuration would change in the version in force', async () => {
    await store(FITTING);
    expect((await stack.run('mapping', 'diff', stack.sync)).stdout).toBe('No difference.\n');

    await stack.map(withContactField({ weavy: 'city', mautic: 'city', direction: 'toMautic' }));
    const { code, stdout } = await stack.run('mapping', 'diff', stack.sync);

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'contacts, added: city -> city (toMautic, as: text)\n',
    });
  });

  it('tells two stored versions apart, and one of them from the configuration', async () => {
    await store(FITTING);
    await store(withContactField({ weavy: 'city', mautic: 'city' }));

    const stored = await stack.run('mapping', 'diff', stack.sync, '1', '2', '--json');
    const against = await stack.run('mapping', 'diff', stack.sync, '2', '--json');

    expect(stored.json).toMatchObject({ before: 1, after: 2, differences: [{ kind: 'pair-added' }] });
    expect(against.json).toMatchObject({ before: 2, after: null, differences: [{ kind: 'pair-removed' }] });
  });

  it('takes everything for new before the first run', async () => {
    const { json } = await stack.run('mapping', 'diff', stack.sync, '--json');

    expect(json.before).toBeNull();
    expect(json.differences.filter((each: { kind: string }) => each.kind === 'object-added')).toHaveLength(3);
  });

  it('names the versions that there are', async () => {
    await store(FITTING);

    const { code, stderr } = await stack.run('mapping', 'diff', stack.sync, '7');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('known: 1 to 1') });
  });
});
