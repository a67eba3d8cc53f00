import { discoverSchemas } from '../../activities/weavy-webmecanik/discover-schemas';
import { type CrmSyncFindings, checkCrmSync } from '../../mappings/weavy-webmecanik/check-crm-sync';
import { checkMapping } from '../../mappings/weavy-webmecanik/check-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { field, mapping, pair, schemas } from './mapping-fixtures';

const NOW = Date.parse('2026-03-01T08:00:00Z');

function findings(more: Partial<CrmSyncFindings> = {}): CrmSyncFindings {
  const discovered = more.schemas ?? fitting();
  const given = more.mapping ?? mapping();
  return {
    sync: 'crm-acme',
    now: NOW,
    weavyProblem: null,
    mauticProblem: null,
    mauticVersion: '3.0.12-atmt',
    skewMs: { weavy: 0, mautic: 1_200 },
    passwordExpiresAt: null,
    mapping: given,
    schemas: discovered,
    problems: checkMapping(given, discovered),
    missingRights: [],
    linkedBefore: true,
    firstRun: 'plan',
    ...more,
  };
}

/** The sample without the warning about a company's name. */
function fitting() {
  const discovered = schemas();
  for (const each of discovered.weavy.customer) each.length = null;
  return discovered;
}

function checkOf(code: string, more: Partial<CrmSyncFindings>) {
  return checkCrmSync(findings(more)).find((check) => check.code === code);
}

describe('the prerequisites of a weavy <-> Webmecanik sync', () => {
  it('are all met by two platforms that answer and a mapping that fits', () => {
    const checks = checkCrmSync(findings());

    expect(checks.map((check) => `${check.code} ${check.result}`)).toEqual([
      'weavy-connection pass',
      'mautic-connection pass',
      'version-floor pass',
      'clocks pass',
      'password-expiry pass',
      'rights pass',
      'mapping pass',
      'first-run pass',
    ]);
  });

  it('judge nothing else while a platform does not answer', () => {
    const checks = checkCrmSync(findings({ mauticProblem: 'Mautic refused our access.' }));

    expect(checks.map((check) => `${check.code} ${check.result}`)).toEqual([
      'weavy-connection pass',
      'mautic-connection fail',
    ]);
    expect(checks[1]?.evidence.en).toBe('Mautic refused our access.');
  });

  it.each([
    ['2.16.3', 'warn'],
    [null, 'warn'],
    ['3.0.12-atmt', 'pass'],
    ['5.1.0', 'pass'],
    ['10.0.0', 'pass'],
  ])('find Mautic %s to be a %s', (mauticVersion, result) => {
    expect(checkOf('version-floor', { mauticVersion })?.result).toBe(result);
  });

  it('warn of a clock more than 30 seconds away, and say whose it is', () => {
    expect(checkOf('clocks', { skewMs: { weavy: 30_000, mautic: null } })?.result).toBe('pass');
    const far = checkOf('clocks', { skewMs: { weavy: 1_000, mautic: -95_000 } });

    expect(far?.result).toBe('warn');
    expect(far?.evidence.en).toContain('Webmecanik is 95 s behind');
    expect(far?.evidence.fr).toContain('weavy avance de 1 s');
  });

  it('warn of a password that ends within 14 days, taken as UTC with or without its Z', () => {
    expect(checkOf('password-expiry', { passwordExpiresAt: '2026-03-15T08:00:01' })?.result).toBe('pass');
    const near = checkOf('password-expiry', { passwordExpiresAt: '2026-03-15T08:00:00Z' });

    expect(near).toMatchObject({ result: 'warn', evidence: { en: expect.stringContaining('2026-03-15') } });
  });

  it('name the box to tick, and let the other objects go on', () => {
    const { weavy, mautic } = fitting();
    const found = { weavy: { customer: weavy.customer, customercontact: weavy.customercontact }, mautic };
    const check = checkOf('rights', {
      schemas: found,
      missingRights: [{ table: 'weavy/marketinginbound', right: 'READ' }],
    });

    expect(check).toMatchObject({ result: 'warn' });
    expect(check?.evidence.en).toMatch(/left out: inbounds.*The rest goes on/);
    expect(check?.advice.en).toContain('tick "API lecture" for the table "Marketing / Entrant"');
    expect(check?.advice.fr).toContain('cochez « API lecture » pour la table « Marketing / Entrant »');
    expect(checkOf('mapping', { schemas: found })?.result).toBe('pass');
  });

  it('fail when no object is left, and mind no table that the mapping leaves alone', () => {
    const { mautic } = fitting();
    const companies: FieldMapping = { ...mapping(), contacts: null, inbounds: null };
    const inbound = [{ table: 'weavy/marketinginbound', right: 'READ' }] as const;

    expect(
      checkOf('rights', {
        mapping: companies,
        schemas: { weavy: {}, mautic },
        missingRights: [{ table: 'weavy/customer', right: 'READ' }],
      }),
    ).toMatchObject({ result: 'fail', evidence: { en: expect.stringContaining('Nothing is left') } });
    expect(checkOf('rights', { mapping: companies, missingRights: inbound })?.result).toBe('pass');
  });

  it('fail on a mapping that does not fit, and say where', () => {
    const given = mapping();
    given.contacts.fields.push(pair('generictype_ID_country', 'country', { direction: 'toMautic' }));

    const check = checkOf('mapping', { mapping: given });

    expect(check?.result).toBe('fail');
    expect(check?.evidence.en).toContain('contacts, generictype_ID_country -> country: ');
    expect(check?.advice.en).toContain('passerelle mapping check crm-acme');
  });

  it('tell in one line which texts may not fit', () => {
    const check = checkOf('mapping', { schemas: schemas() });

    expect(check?.result).toBe('warn');
    expect(check?.evidence.en.split('\n')).toEqual([
      expect.stringMatching(/^The other side holds shorter texts.*companies, name -> companyname$/),
    ]);
  });

  it('take an unknown field for a slip at first, and for a field to pause once the sync has run', () => {
    const given = mapping();
    given.contacts.fields.push(pair('nickname', 'firstname'));

    expect(checkOf('mapping', { mapping: given, linkedBefore: false })?.result).toBe('fail');
    expect(checkOf('mapping', { mapping: given, linkedBefore: true })?.result).toBe('warn');
  });

  it('stop for a key that has gone, however long the sync has run', () => {
    const discovered = fitting();
    discovered.weavy.customer = discovered.weavy.customer.filter((each) => each.name !== 'name');

    expect(checkOf('mapping', { schemas: discovered, linkedBefore: true })?.result).toBe('fail');
  });

  it('ask for a plan before the first run writes anything, unless the setting says otherwise', () => {
    const first = checkOf('first-run', { linkedBefore: false });

    expect(first?.result).toBe('fail');
    expect(first?.advice.en).toMatch(/passerelle plan crm-acme.*passerelle run crm-acme --plan/);
    expect(checkOf('first-run', { linkedBefore: false, firstRun: 'auto' })?.result).toBe('pass');
  });
});

describe('discovering the fields of both platforms', () => {
  const detail = { platform: 'weavy', operation: 'GET /Dictionary/{project}/{entity}', status: 403 };
  const refused = (more: object = {}) =>
    new PlatformFailure(FailureKind.accessLost, 'refused', { ...detail, ...more });
  const mautic = { fields: async () => [field('email')] };

  it('leaves out an object without its right, and names it', async () => {
    const weavy = {
      dictionary: async (entity: string) => {
        if (entity === 'marketinginbound') throw refused({ code: 'API_RIGHT', fields: [entity, 'READ'] });
        return [field('name')];
      },
    };

    const { schemas: found, missingRights } = await discoverSchemas(weavy, mautic);

    expect(Object.keys(found.weavy)).toEqual(['customer', 'customercontact']);
    expect(Object.keys(found.mautic)).toEqual(['company', 'contact']);
    expect(missingRights).toEqual([{ table: 'weavy/marketinginbound', right: 'READ' }]);
  });

  it('leaves out companies that Mautic’s role may not see', async () => {
    const fields = async (object: string) => {
      if (object === 'company') throw refused({ fields: ['company'] });
      return [field('email')];
    };

    const { missingRights } = await discoverSchemas({ dictionary: async () => [] }, { fields });

    expect(missingRights).toEqual([{ table: 'mautic/company', right: 'READ' }]);
  });

  it.each([
    ['lost access', refused({ status: 401 })],
    ['an API that is switched off', refused({ code: 'api_disabled' })],
    ['an outage', new PlatformFailure(FailureKind.transient, 'down', { ...detail, status: 503 })],
  ])('hands on %s', async (_name, failure) => {
    const dictionary = async () => {
      throw failure;
    };

    await expect(discoverSchemas({ dictionary }, mautic)).rejects.toBe(failure);
  });
});
