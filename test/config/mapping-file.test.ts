import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration, redactConfiguration } from '../../config/load';

const CONFIGURATION = `
platforms:
  weavy-main: { platform: weavy, projectCode: ACME, userName: api, password: "\${WEAVY_PASSWORD}" }
  mautic-main:
    platform: mautic
    baseUrl: https://acme.example
    signIn: { as: oauth2, clientId: id, clientSecret: "\${MAUTIC_SECRET}" }
syncs:
  crm:
    pair: weavy-webmecanik
    source: weavy-main
    target: mautic-main
    mapping: crm-mapping.yaml
`;
const MAPPING = `companies:
  key: { weavy: name, mautic: companyname }
  fields:
    - { weavy: name, mautic: companyname }
contacts:
  fields:
    - weavy: email
      mautic: email
      as: email
    - weavy: password
      mautic: \${NOT_A_VARIABLE}
      direction: toMautic
`;
const VARIABLES = { WEAVY_PASSWORD: 'weavy-value', MAUTIC_SECRET: 'mautic-value' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-mapping-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Loads the configuration with these two files beside each other; null leaves the mapping out. */
async function load(mapping: string | null, configuration = CONFIGURATION) {
  await writeFile(join(folder, 'passerelle.yaml'), configuration);
  if (mapping !== null) await writeFile(join(folder, 'crm-mapping.yaml'), mapping);
  return loadConfiguration(join(folder, 'passerelle.yaml'), VARIABLES);
}

async function problemsOf(mapping: string | null, configuration = CONFIGURATION): Promise<string[]> {
  try {
    await load(mapping, configuration);
  } catch (error) {
    if (error instanceof Error && 'problems' in error) return error.problems as string[]; // ConfigurationError's own
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a mapping in a file of its own', () => {
  it('is read beside the configuration and stands in its place, with the defaults of the document', async () => {
    const configuration = await load(MAPPING);

    expect(configuration.syncs.crm).toMatchObject({
      mapping: {
        companies: { fields: [{ weavy: 'name', mautic: 'companyname', direction: 'both', as: 'text' }] },
        contacts: { company: true, bounceField: 'bouncedEmailDetected', fields: [{ as: 'email' }, {}] },
        inbounds: null,
      },
    });
  });

  it('holds names of fields only: a field may be called like a secret, and nothing in it is a variable', async () => {
    const configuration = await load(MAPPING);

    expect(configuration.syncs.crm).toMatchObject({
      mapping: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what the file says, untouched
        contacts: { fields: [{}, { weavy: 'password', mautic: '${NOT_A_VARIABLE}', direction: 'toMautic' }] },
      },
    });
  });

  it('has each of its problems named by its file, line and place', async () => {
    const bad = MAPPING.replace('direction: toMautic', 'direction: sideways').replace(
      'key: { weavy: name,',
      'key: { weavy: siret,',
    );

    expect(await problemsOf(`${bad}inbound: {}\n`)).toEqual([
      expect.stringMatching(/^crm-mapping\.yaml line 2: companies\.key: the key \(siret, companyname\)/),
      expect.stringMatching(/^crm-mapping\.yaml line 12: contacts\.fields\.1\.direction: /),
      expect.stringMatching(/^crm-mapping\.yaml line 13: \(top level\): .*inbound/),
    ]);
  });

  it('has the line of a field that was mapped twice or left half empty', async () => {
    const twice = MAPPING.replace('weavy: password', 'weavy: email');
    expect(await problemsOf(twice)).toEqual([
      'crm-mapping.yaml line 10: contacts.fields.1.weavy: "email" is mapped twice',
    ]);

    const half = MAPPING.replace('- weavy: password\n      mautic', '- mautic');
    expect(await problemsOf(half)).toEqual([
      expect.stringMatching(/^crm-mapping\.yaml line 10: contacts\.fields\.1\.weavy: /),
    ]);
  });

  it('has the line of a mistake in its YAML, beside the problems of the configuration', async () => {
    const problems = await problemsOf('companies:\n  key: [1', CONFIGURATION.replace('ACME', '""'));

    expect(problems).toEqual([
      expect.stringMatching(/^crm-mapping\.yaml line \d+: /),
      expect.stringMatching(/^line 3: platforms\.weavy-main\.projectCode: /),
    ]);
  });

  it('is missed at the line that names it, and where it was looked for', async () => {
    expect(await problemsOf(null)).toEqual([
      expect.stringMatching(
        /^line 13: syncs\.crm\.mapping: crm-mapping\.yaml cannot be read .*beside the configuration/,
      ),
    ]);
  });

  it('may as well stand in the configuration itself, with lines of that file', async () => {
    const inline = CONFIGURATION.replace(
      'crm-mapping.yaml',
      '{ contacts: { fields: [{ weavy: email, mautic: email, as: mail }] } }',
    );

    expect(await problemsOf(null, inline)).toEqual([
      expect.stringMatching(/^line 13: syncs\.crm\.mapping\.contacts\.fields\.0\.as: /),
    ]);
  });
});

describe('the secrets of weavy and Mautic', () => {
  it('come from the environment and are shown to nobody', async () => {
    const shown = JSON.stringify(redactConfiguration(await load(MAPPING)));

    expect(shown).not.toMatch(/weavy-value|mautic-value/);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own form of naming a variable
    const bare = CONFIGURATION.replace('"${MAUTIC_SECRET}"', 'in-plain-sight');
    expect(await problemsOf(MAPPING, bare)).toEqual([
      expect.stringMatching(/^line 7: clientSecret must name an environment variable/),
    ]);
  });
});
