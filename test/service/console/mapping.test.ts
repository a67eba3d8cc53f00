import { matchRecords } from '../../../db/couple-matching';
import { stageCrm } from '../../../db/crm-records';
import { inTransaction } from '../../../db/pool';
import type { CrmRecord } from '../../../mappings/weavy-webmecanik/crm-record';
import { recordIdOf } from '../../../mappings/weavy-webmecanik/crm-record';
import { mountAudit } from '../../../service/console/audit/mount-audit';
import { mountMapping } from '../../../service/console/mapping/mount-mapping';
import { mautic, stopMautic } from '../../simulators/mautic-support';
import { CREDENTIALS, stopWeavys, weavy } from '../../simulators/weavy-support';
import { formOf, type PagesOn, pagesOn } from './pages-on';

const email = { weavy: 'email', mautic: 'email', as: 'email' };
const job = { weavy: 'jobTitle', mautic: 'position' };
const MAPPING = {
  companies: {
    key: { weavy: 'name', mautic: 'companyname' },
    fields: [
      { weavy: 'name', mautic: 'companyname' },
      { weavy: 'city', mautic: 'companycity' },
    ],
  },
  contacts: { bounceField: null, fields: [email, job] },
};
const MAPPING_PATH = '/syncs/crm/mapping';
const CONTACTS = `${MAPPING_PATH}/contacts`;
const DRAFT = `${MAPPING_PATH}/draft`;

let pages: PagesOn;
beforeAll(async () => {
  const [source, target] = await Promise.all([weavy(), mautic()]);
  pages = await pagesOn(
    {
      platforms: {
        weavy: { platform: 'weavy', baseUrl: source.url, requestsPerSecond: 'none', ...CREDENTIALS },
        mautic: {
          platform: 'mautic',
          baseUrl: target.url,
          signIn: { as: 'basic', username: 'api', password: 'secret' },
          requestsPerSecond: 'none',
        },
      },
      syncs: { crm: { pair: 'weavy-webmecanik', source: 'weavy', target: 'mautic', mapping: MAPPING } },
    },
    (app, parts) => {
      mountMapping(app, parts);
      mountAudit(app, parts);
    },
  );
});
afterAll(async () => {
  await pages.stop();
  await Promise.all([stopWeavys(), stopMautic()]);
});
beforeEach(() =>
  pages.pool.query(
    'truncate mapping_version, mapping_draft, staged_record, couple, audit restart identity cascade',
  ),
);

/** The form of the contacts as it is shown, with some fields changed. */
async function change(changes: Record<string, string | undefined>) {
  const { html } = await pages.get(CONTACTS);
  const sent = Object.entries({ ...formOf(html, CONTACTS), ...changes });
  return pages.post(
    CONTACTS,
    Object.fromEntries(sent.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );
}

async function putInForce() {
  const { html } = await pages.get(DRAFT);
  return pages.post(`${DRAFT}/put-in-force`, formOf(html, `${DRAFT}/put-in-force`));
}

function record(kind: CrmRecord['kind'], id: string, fields: CrmRecord['fields']): CrmRecord {
  return { kind, id, fields, modifiedAt: 0, deleted: false, tiersId: null, bounced: false, tags: [] };
}

/** A linked person whose job differs on both sides, as the last run left them. */
async function stagedCouple(): Promise<void> {
  const records = [
    record('weavy/customercontact', 'C-1', { email: 'a@example.org', firstName: 'Ada', jobTitle: 'Pilot' }),
    record('mautic/contact', '1', { email: 'a@example.org', firstname: 'Ada', position: 'Buyer' }),
  ];
  await inTransaction(pages.pool, async (tx) => {
    const rows = records.map((one) => ({
      recordId: recordIdOf(one),
      kind: one.kind,
      matchKey: 'a@example.org',
      record: one,
      unreadable: null,
    }));
    await stageCrm(tx, 'crm', null, rows);
    await matchRecords(tx, 'crm', null);
    const base = {
      email: { weavy: 'a@example.org', mautic: 'a@example.org' },
      jobTitle: { weavy: 'Pilot', mautic: 'Pilot' },
    };
    await tx.query(`update couple set state = 'active', base = $1`, [JSON.stringify(base)]);
  });
}

describe('the mapping page', () => {
  test('says what is in force, per object, and how it fits both platforms', async () => {
    const { text, status } = await pages.get(MAPPING_PATH);

    expect(status).toBe(200);
    expect(text).toContain('Companies weavy Tiers ↔ Webmecanik company');
    expect(text).toContain('name → companyname');
    expect(text).toContain('Entrants Webmecanik contact unknown to weavy → weavy Entrant not synchronised');
    expect(text).toContain('No run has taken up a version yet');
  });

  test('shows the fields of both sides with type, length and whether they are required', async () => {
    const { text } = await pages.get(CONTACTS);

    expect(text).toMatch(/Fields found in weavy \(\d+\)/);
    expect(text).toMatch(/Job title jobTitle|jobTitle \S+ \d+/);
    expect(text).toContain('required');
  });

  test('is in French with French typography', async () => {
    const { text } = await pages.get(MAPPING_PATH, { language: 'fr' });

    expect(text).toContain('Correspondance des champs');
    expect(text).toContain('Aucun passage n’a encore pris de version : le document');
  });

  test('can be read by a viewer, and not changed', async () => {
    const { html } = await pages.get(CONTACTS, { role: 'viewer' });
    const sent = await pages.post(CONTACTS, { on: '1', rows: '0' }, { role: 'viewer' });

    expect(html).toContain('<fieldset disabled');
    expect(html).not.toContain('type="submit" class="primary"');
    expect(sent.status).toBe(403);
  });
});

describe('changing the mapping', () => {
  test('a direction: drafted, checked, previewed on real records, and put in force', async () => {
    await stagedCouple();

    const saved = await change({ 'direction.1': 'toMautic' });
    expect(saved).toMatchObject({ status: 303, location: DRAFT });
    const draft = await pages.get(DRAFT);
    expect(draft.text).toContain(
      'Contacts jobTitle → position direction both ways: the most recent (both) to Webmecanik: weavy has priority (toMautic)',
    );
    expect(draft.text).toContain('2 records looked at'.replace('2', '1'));
    expect(draft.text).toMatch(
      /Ada mautic\/contact\/1 treated otherwise .* Webmecanik contact position Buyer Pilot/,
    );

    const put = await putInForce();

    expect(put).toMatchObject({ status: 303, location: MAPPING_PATH });
    expect(put.notice).toBe('Version 1 is in force: the next run works with it.');
    const { text } = await pages.get(MAPPING_PATH);
    expect(text).toContain('put in force here by chloe');
    expect(text).toContain('The next run takes it up, and reads all records anew.');
    expect(text).toContain('comes before the document in the configuration, which says something else');
  });

  test('a field that does not exist any more is a problem of its row, and cannot be put in force', async () => {
    await change({ 'weavy.1': 'spe_gone' });

    const draft = await pages.get(DRAFT);

    expect(draft.text).toMatch(/Contacts spe_gone -> position problem/);
    expect(draft.text).toContain('Mend the problems first.');
    expect(draft.html).not.toContain('put-in-force');
    const { text } = await pages.get(CONTACTS);
    expect(text).toContain('spe_gone (not found)');
  });

  test('a form that is no mapping says why, keeps what was chosen, and saves nothing', async () => {
    const twice = await change({ 'weavy.2': 'email', 'mautic.2': 'phone' });
    const half = await change({ 'weavy.2': 'phoneNumber' });
    const noEmail = await change({ 'remove.0': '1' });

    expect(twice.status).toBe(422);
    expect(twice.text).toContain('Contacts – the field "email" is taken twice.');
    expect(twice.html).toMatch(/<option value="phone" selected/);
    expect(half.text).toContain('row 3: choose a field on each side, or remove the row.');
    expect(noEmail.text).toContain('one row must map email to email');
    expect((await pages.get(DRAFT)).location).toBe(MAPPING_PATH);
  });

  test('another key of companies is a row that is chosen', async () => {
    const path = `${MAPPING_PATH}/companies`;
    const { html } = await pages.get(path);

    await pages.post(path, { ...formOf(html, path), key: '1' });

    expect((await pages.get(DRAFT)).text).toContain('Companies key name -> companyname city -> companycity');
  });

  test('a draft that somebody changed since is not put in force unseen', async () => {
    await change({ 'direction.1': 'toMautic' });
    const { html } = await pages.get(DRAFT);
    await change({ 'direction.1': 'toWeavy' });

    const put = await pages.post(`${DRAFT}/put-in-force`, formOf(html, `${DRAFT}/put-in-force`));

    expect(put.status).toBe(409);
    expect(put.text).toContain('has changed the draft since you looked at it');
  });

  test('an earlier version comes back by way of a draft; the file can lead again', async () => {
    await change({ 'direction.1': 'toMautic' });
    await putInForce();
    await change({ 'direction.1': 'toWeavy' });
    await putInForce();

    const taken = await pages.post(`${MAPPING_PATH}/versions/1/draft`);
    expect(taken).toMatchObject({ status: 303, location: DRAFT });
    expect((await pages.get(DRAFT)).text).toContain(
      'to weavy: Webmecanik has priority (toWeavy) to Webmecanik: weavy has priority (toMautic)',
    );
    await pages.post(`${DRAFT}/drop`);

    const followed = await pages.post(`${MAPPING_PATH}/file/take`);
    expect(followed.notice).toBe('Version 3 is in force: the next run works with it.');
    const { text } = await pages.get(MAPPING_PATH);
    expect(text).toContain('document in the configuration');
    expect(text).not.toContain('comes before the document');
  });

  test('two people at once: the later one is told, and nothing of the earlier one is lost', async () => {
    const path = `${MAPPING_PATH}/companies`;
    const [contacts, companies] = [await pages.get(CONTACTS), await pages.get(path)];
    const direction = { ...formOf(contacts.html, CONTACTS), 'direction.1': 'toMautic' };
    await pages.post(CONTACTS, direction, { login: 'anna' });

    const late = await pages.post(path, { ...formOf(companies.html, path), key: '1' }, { login: 'bert' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('somebody changed, dropped or put in force the draft meanwhile');
    expect((await pages.get(DRAFT)).text).not.toContain('Companies key');

    const again = await pages.post(path, formOf(late.html, path), { login: 'bert' });
    expect(again).toMatchObject({ status: 303, location: DRAFT });
    const { text } = await pages.get(DRAFT);
    expect(text).toContain('Companies key name -> companyname city -> companycity');
    expect(text).toContain('Contacts jobTitle → position direction');
  });

  test('a draft that somebody changed since is neither dropped nor replaced unseen', async () => {
    await change({ 'direction.1': 'toMautic' });
    await putInForce();
    await change({ 'direction.1': 'toWeavy' });
    await putInForce();
    const without = await pages.get(MAPPING_PATH);
    await change({ 'direction.1': 'both' });
    const { html } = await pages.get(DRAFT);
    await change({ 'direction.1': 'toMautic' });

    const drop = await pages.post(`${DRAFT}/drop`, formOf(html, `${DRAFT}/drop`));
    const earlier = `${MAPPING_PATH}/versions/1/draft`;
    const replace = await pages.post(earlier, formOf(without.html, earlier));

    expect([drop.status, replace.status]).toEqual([409, 409]);
    expect(drop.text).toContain('chloe has changed the draft since you looked at it');
    expect((await pages.get(DRAFT)).text).toContain('A draft by chloe');
  });

  test('is told in the audit: what was drafted, dropped, kept and put in force, and by whom', async () => {
    await change({ 'direction.1': 'toMautic' });
    await change({ 'direction.1': 'toMautic' }); // changes nothing: no act
    await putInForce();
    await pages.pool.query(`update mapping_version set file_left_aside = 'what the document said before'`);
    await pages.post(`${MAPPING_PATH}/file/keep`);
    await pages.post(`${MAPPING_PATH}/file/keep`);
    await change({ 'direction.1': 'toWeavy' });
    await pages.post(`${DRAFT}/drop`);
    await pages.post(`${DRAFT}/drop`);

    const { rows } = await pages.pool.query(
      `select rule, field, before, after from audit where actor = 'chloe' and kind = 'mapping' order by id`,
    );
    const direction = 'contacts, jobTitle -> position, direction';
    expect(rows).toEqual([
      { rule: 'mapping.draft', field: direction, before: 'both', after: 'toMautic' },
      { rule: 'mapping.put-in-force', field: 'version', before: null, after: 1 },
      { rule: 'mapping.put-in-force', field: direction, before: 'both', after: 'toMautic' },
      { rule: 'mapping.keep', field: 'version', before: 1, after: 1 },
      { rule: 'mapping.draft', field: direction, before: 'toMautic', after: 'toWeavy' },
      { rule: 'mapping.drop-draft', field: null, before: null, after: null },
    ]);
    const { text } = await pages.get('/audit', { language: 'fr' });
    for (const said of [
      'Brouillon de correspondance modifié',
      'Brouillon de correspondance abandonné.',
      'conservée',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('mapping.');
  });
});
