import { DOSSIER, OFFER } from '../../../bench/console-bodies';
import { openItem } from '../../../db/attention';
import { writeAudit } from '../../../db/audit';
import { moveCursor } from '../../../db/staging';
import { planexpoInwinkReasons } from '../../../mappings/planexpo-inwink/reasons';
import { mountRecord } from '../../../service/console/record/mount-record';
import { type SignedInPages, SYNCS, signedInPages } from './signed-in-pages';

let pages: SignedInPages;
beforeAll(async () => {
  pages = await signedInPages(mountRecord);
});
afterAll(() => pages.stop());

/** Stages a record as a read would. */
async function stage(
  sync: string,
  recordId: string,
  body: unknown,
  given: Record<string, unknown> = {},
): Promise<void> {
  const row = { status: 'validated', body_hash: '', due: false, body, ...given };
  const columns = Object.keys(row);
  await pages.pool.query(
    `insert into staged_record (sync, record_id, ${columns.join(', ')})
     select $1, $2, ${columns.map((column) => `r.${column}`).join(', ')} from jsonb_populate_record(null::staged_record, $3) as r`,
    [sync, recordId, JSON.stringify(row)],
  );
}

/** A row of a table as a reader sees it, from the first cell on. */
function rowOf(html: string, head: string): string {
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map((match) =>
    (match[1] ?? '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return rows.find((row) => row.startsWith(head)) ?? '';
}

describe('a dossier', () => {
  beforeAll(async () => {
    const company = { ...DOSSIER.company, name: 'Maison Cœur' };
    const dossier = { ...DOSSIER, id: 'd-1', publicId: 'EXP-1', company };
    await stage(SYNCS.dossiers, 'd-1', dossier, {
      public_id: 'EXP-1',
      outcome: 'held',
      reason: 'target-deleted',
      settled_at: '2026-02-01T10:00:00Z',
    });
    await pages.pool.query(
      `insert into link (sync, kind, source_key, target_id, origin, base, quantities, paused_fields, fence)
       values ($1, 'partner', 'd-1', 'partner-9', 'created', $2, $3, '{website}', 1)`,
      [
        SYNCS.dossiers,
        JSON.stringify({
          name: { sent: 'Maison Cœur', stored: 'Maison Cœur' },
          'address.city': { sent: 'Lille', stored: 'Lille' },
          'address.zipCode': { sent: '69003', stored: '69 003' },
          emplacement2: { sent: 'A1', stored: 'A1' },
        }),
        JSON.stringify({ 'inwink-1': { sent: 2, stored: 3 } }),
      ],
    );
    await openItem(pages.pool, SYNCS.dossiers, null, {
      recordId: 'd-1',
      reason: 'target-deleted',
      severity: 'action',
    });
  });

  test('stands at the top with its name, its ids, its outcome, the reason and the next step', async () => {
    const { text, status } = await pages.get('/syncs/salon/records/d-1');
    expect(status).toBe(200);
    expect(text).toContain('Dossier Maison Cœur');
    expect(text).toMatch(/Ids d-1 \(public number EXP-1 ?\)/);
    expect(text).toContain('held');
    const { what, next } = planexpoInwinkReasons.text('target-deleted', 'en');
    expect(text).toContain(`${what} ${next}`);
    const { text: french } = await pages.get('/syncs/salon/records/d-1', { language: 'fr' });
    expect(french).toContain('retenu');
  });

  test('shows what Planexpo asks for beside what was sent and what Inwink stored', async () => {
    const { html } = await pages.get('/syncs/salon/records/d-1');
    expect(rowOf(html, 'name')).toBe('name Maison Cœur Maison Cœur Maison Cœur in step');
    expect(rowOf(html, 'address.city')).toBe('address.city Lyon Lille Lille to be sent');
    expect(rowOf(html, 'address.zipCode')).toBe(
      'address.zipCode 69003 69003 69 003 stored otherwise by Inwink',
    );
    expect(rowOf(html, 'website')).toMatch(/– – paused$/);
    expect(rowOf(html, 'emplacement2')).toContain('left as it is');
    expect(rowOf(html, 'inwink-1')).toBe('inwink-1 – 2 3');
    expect(rowOf(html, 'lastname')).toMatch(/^lastname Lefèvre – – to be sent$/);
  });

  test('leads to the record on Inwink and to its workflow', async () => {
    const { html } = await pages.get('/syncs/salon/records/d-1');
    expect(html).toContain('https://platform.example.com/events/event-1/partners/partner-9');
    expect(html).toContain('http://temporal.example.com/namespaces/default/workflows/dossier%2Fsalon%2Fd-1');
  });

  test('takes decisions about its items, and comes back here', async () => {
    const { html } = await pages.get('/syncs/salon/records/d-1');
    expect(html).toContain('name="from_record" value="d-1"');
    expect(html).toContain('name="decision" value="recreate"');
  });

  test('is tried again by an operator, by nobody who may only read', async () => {
    expect((await pages.get('/syncs/salon/records/d-1', { role: 'viewer' })).html).not.toContain('/retry');
    const sent = await pages.post('/syncs/salon/records/d-1/retry', {});
    expect(sent.location).toBe('/syncs/salon/records/d-1');
    expect(pages.told.at(-1)).toMatchObject({ type: 'retry', workflowId: 'dossier/salon/d-1' });
    const refused = await pages.post('/syncs/salon/records/d-1/retry', {}, { role: 'viewer' });
    expect(refused.status).toBe(403);
  });

  test('that could not be read says which field is the cause', async () => {
    await stage(SYNCS.dossiers, 'd-2', null, {
      status: 'unreadable',
      unreadable: ['company.name: expected text'],
    });
    const { text, status } = await pages.get('/syncs/salon/records/d-2');
    expect(status).toBe(200);
    expect(text).toContain('could not be read. Fields concerned: company.name: expected text');
  });

  test('that does not exist is not found', async () => {
    expect((await pages.get('/syncs/salon/records/nobody')).status).toBe(404);
    expect((await pages.get('/syncs/nowhere/records/d-1')).status).toBe(404);
  });
});

describe('the history', () => {
  test('is told by run, the newest first, with every field, and goes on page after page', async () => {
    await stage(SYNCS.dossiers, 'd-3', { ...DOSSIER, id: 'd-3' });
    const act = {
      sync: SYNCS.dossiers,
      recordId: 'd-3',
      kind: 'partner',
      targetId: 'p',
      rule: 'map',
    } as const;
    for (let n = 1; n <= 60; n += 1) {
      const { rows } = await pages.pool.query<{ id: number }>(
        `insert into run (sync, mode, trigger, workflow_id, workflow_run_id) values ('salon', 'run', 'manual', 'run', gen_random_uuid()) returning id`,
      );
      const change = (field: string) => ({
        field,
        before: `old ${n}`,
        after: `new ${n}`,
        rule: `map.${field}`,
      });
      await writeAudit(pages.pool, {
        ...act,
        runId: rows[0]?.id ?? null,
        operation: 'update',
        changes: [change('name'), change('website')],
      });
    }
    const first = await pages.get('/syncs/salon/records/d-3');
    expect(first.html.match(/href="\/runs\/\d+"/g)).toHaveLength(50);
    expect(first.html.indexOf('new 60')).toBeLessThan(first.html.indexOf('new 59'));
    expect(rowOf(first.html, 'Partner update website old 60')).toContain('new 60 The source changed.');
    const older = /href="([^"]*before=\d+)#history"/.exec(first.html)?.[1] ?? '';
    const second = await pages.get(older);
    expect(second.html.match(/href="\/runs\/\d+"/g)).toHaveLength(10);
    expect(second.text).toContain('new 1 ');
    expect(second.text).not.toContain('new 11 ');
  });
});

describe('a couple', () => {
  test('shows weavy, the last agreement and Webmecanik side by side with the rule that the next pass follows', async () => {
    const body = (kind: string, id: string, fields: Record<string, string>) => ({
      kind,
      id,
      fields,
      modifiedAt: 1_769_000_000_000,
      deleted: false,
      tiersId: null,
      bounced: false,
      tags: [],
    });
    const weavy = { email: 'ana@example.com', firstName: 'Ana', jobTitle: 'Directrice' };
    const mautic = { email: 'ana@example.com', firstname: 'Anna', position: 'Directrice' };
    const staged = { status: 'live', match_key: 'ana@example.com' };
    await stage(SYNCS.crm, 'weavy/customercontact/7', body('weavy/customercontact', '7', weavy), {
      ...staged,
      kind: 'weavy/customercontact',
    });
    await stage(SYNCS.crm, 'mautic/contact/81', body('mautic/contact', '81', mautic), {
      ...staged,
      kind: 'mautic/contact',
    });
    const base = {
      firstName: { weavy: 'Ana', mautic: 'Ana' },
      jobTitle: { weavy: 'Directrice', mautic: 'Directrice' },
    };
    await pages.pool.query(
      `insert into couple (sync, kind, weavy_record, mautic_record, state, base, linked_at)
       values ($1, 'person', 'weavy/customercontact/7', 'mautic/contact/81', 'active', $2, now())`,
      [SYNCS.crm, JSON.stringify(base)],
    );
    const { html, status } = await pages.get('/syncs/crm/records/mautic%2Fcontact%2F81');
    expect(status).toBe(200);
    expect(rowOf(html, 'firstName')).toBe(
      'firstName ↔ both ways firstname Ana Ana Anna differs Only Webmecanik changed.',
    );
    expect(rowOf(html, 'jobTitle')).toBe(
      'jobTitle ↔ both ways position Directrice Directrice Directrice in step',
    );
    expect(html).toContain('/syncs/crm/records/weavy%2Fcustomercontact%2F7');
    expect(html).toContain('https://platform.example.com/s/contacts/view/81');
  });
});

describe('an offer', () => {
  const gpx = (east: number) =>
    `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${[
      0, 1, 2, 3,
    ]
      .map((n) => `<trkpt lat="${50 + n / 1_000}" lon="${5 + east * n}"><ele>${200 + n}</ele></trkpt>`)
      .join('')}</trkseg></trk></gpx>`;

  beforeAll(async () => {
    const code = 'ITB-1';
    await stage(
      SYNCS.offers,
      code,
      { ...OFFER, code, name: { fr: 'Balade du Moulin' } },
      { status: 'publishable' },
    );
    await moveCursor(pages.pool, SYNCS.offers, 'marks', {
      filterUrns: ['urn:fld:famille'],
      cirkwiTagUrns: ['urn:fld:foret'],
      networkTagUrns: [],
    });
    await pages.pool.query(
      `insert into feed_object (sync, record_id, kind, state, fields, document, content_hash, published_kind, published_fields, published_document, published_hash, published_at, cirkwi_id)
       values ($1, $2, 'circuit', 'published', $3, '<c/>', 'h', 'circuit', $3, '<c/>', 'h', now(), '70001')`,
      [SYNCS.offers, code, JSON.stringify({ code, 'title.fr': 'Ancien titre' })],
    );
    for (const [hash, east] of [
      ['base', 0.001],
      ['edited', 0.002],
    ] as const)
      await pages.pool.query(
        `insert into track_body (hash, gpx, line_hash, segments, points, length_m, climb_m) values ($1, $2, $1, 1, 4, 300, 3)`,
        [hash, Buffer.from(gpx(east))],
      );
    await pages.pool.query(
      `insert into track_edit (sync, record_id, cirkwi_id, edited_hash, base_hash, state) values ($1, $2, '70001', 'edited', 'base', 'offered')`,
      [SYNCS.offers, code],
    );
  });

  test('shows what PIVOT asks for beside what Cirkwi is offered', async () => {
    const { html, text, status } = await pages.get('/syncs/itineraires/records/ITB-1');
    expect(status).toBe(200);
    expect(rowOf(html, 'title.fr')).toBe('title.fr Balade du Moulin Ancien titre differs');
    expect(rowOf(html, 'code')).toBe('code ITB-1 ITB-1 in step');
    expect(text).toContain('published, not yet seen in Cirkwi');
    expect(html).toContain('https://platform.example.com/fr/circuit/70001');
  });

  test('draws an edited track without a style of its own, which browsers would refuse', async () => {
    const { html } = await pages.get('/syncs/itineraires/records/ITB-1', { language: 'fr' });
    expect(html).toContain('<svg ');
    expect(html.match(/<path class="track-(before|after)"[^>]*d="M[^"]+"/g)?.length).toBeGreaterThanOrEqual(
      2,
    );
    expect(html).toContain('dessin de Cirkwi');
    expect(html).not.toMatch(/<style|style=/);
  });
});
