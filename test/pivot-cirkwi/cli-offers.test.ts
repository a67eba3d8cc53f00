import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawDetour } from '../../cli/demo/pivot-cirkwi/cirkwi-circuit';
import { openItem } from '../../db/attention';
import { recordWorkflowId, trackWorkflowId, watchWorkflowId } from '../../workflows/names';
import { until } from '../harness/until';
import { type OfferCommands, startOfferCommands } from './cli-stack';

let commands: OfferCommands;
let edits: string[];

beforeAll(async () => {
  commands = await startOfferCommands('published');
  edits = commands.stack.sample.notes.edit;
});
afterAll(() => commands?.stop());

const passerelle = (...args: string[]) => commands.run(...args);

/** A person draws in Cirkwi, and the watch looks: the edit is kept and offered. Answers the number of its item. */
async function drawnAndOffered(code: string): Promise<number> {
  const { stack } = commands;
  await drawDetour(stack, code);
  const looked = await stack.client.workflow.start('trackWatch', {
    workflowId: watchWorkflowId(stack.sync),
    taskQueue: 'passerelle',
    args: [{ sync: stack.sync, trigger: 'manual' }],
  });
  await looked.result();
  return until('the edited track is offered', async () => {
    const { json } = await passerelle('attention', stack.sync, '--json');
    return json.items.find(
      (item: { id: number; record: string; reason: string }) =>
        item.record === code && item.reason === 'track-edited',
    )?.id;
  });
}

async function stateOfEdit(code: string): Promise<string> {
  const { json } = await passerelle('show', commands.stack.sync, code, '--json');
  return json.offer.edits[0].state;
}

describe('passerelle plan and run, for offers', () => {
  it('name half-ticked offers although nothing changes, and say where nobody will see them', async () => {
    const { stack } = commands;
    const [filterOnly = ''] = stack.sample.notes.filterOnly;
    const [tagOnly = ''] = stack.sample.notes.tagOnly;

    const { stdout } = await passerelle('plan', stack.sync, '--full');

    expect(stdout).toMatch(
      new RegExp(`${filterOnly} +│ unchanged +│ filter-without-tag : livrée, affichée nulle part`),
    );
    expect(stdout).toMatch(
      new RegExp(`${tagOnly} +│ unchanged +│ tag-without-filter : livrée, sans le filtre`),
    );
    expect(stdout).toMatch(/24 lus = 22 inchangé, 2 hors périmètre; 0 écritures/);
    expect(stdout).not.toMatch(new RegExp(`${edits[0]} `));
  });

  it('show the part of a long text that changes, and why an offer leaves the feed', async () => {
    const { stack, tick } = commands;
    const [described = '', unticked = ''] = edits.slice(-2);
    const [offer] = await stack.pivot.records('offers', described);
    const specs = offer?.spec as Array<{ urn: string; value: string }>; // the simulator's own form
    const text = specs.find(({ urn }) => urn === 'urn:fld:descmarket30')?.value ?? '';
    const value = `${'Une phrase qui ne change pas. '.repeat(30)}${text} Fin.`;
    await stack.pivot.put('offers', {
      action: 'patch',
      id: described,
      value: { setSpec: { 'urn:fld:descmarket30': value } },
    });
    await passerelle('run', stack.sync);
    await stack.pivot.put('offers', {
      action: 'patch',
      id: described,
      value: { setSpec: { 'urn:fld:descmarket30': `${value} Voilà.` } },
    });
    await tick(unticked, 'false');

    const { stdout } = await passerelle('plan', stack.sync);

    expect(stdout).toContain('circuit.description.fr');
    expect(stdout.replace(/[\s│]+/g, ' ')).toContain('Voilà.');
    expect(stdout.split('Une phrase qui ne change pas.').length).toBeLessThan(4);
    expect(stdout).toMatch(new RegExp(`${unticked} +│ withdrawn +│ unticked`));
  });

  it('bring one offer in step, whatever the case of its code', async () => {
    const { stack } = commands;
    const [code = ''] = edits;
    await stack.pivot.put('offers', { action: 'patch', id: code, value: { nom: 'Boucle rebaptisée' } });

    const { json } = await passerelle('run', stack.sync, '--only', code.toLowerCase(), '--json');
    const shown = await passerelle('show', stack.sync, code.toLowerCase(), '--json');

    expect(json).toMatchObject({ counts: { read: 1, updated: 1 }, writes: 1 });
    expect(shown.json).toMatchObject({ record: code, name: 'Boucle rebaptisée', outcome: 'updated' });
  });
});

describe('passerelle status, for offers', () => {
  it('tells what stands in the feed, who fetched it, and when tracks were looked for', async () => {
    const { stack } = commands;

    const { json } = await passerelle('status', stack.sync, '--json');
    const { stdout } = await passerelle('status');

    const [{ offers, watch, maskVersion }] = json.syncs;
    expect(Object.values<number>(offers.objects).reduce((sum, n) => sum + n)).toBe(22);
    expect(
      offers.feeds.map(({ kind, objects }: { kind: string; objects: number }) => [kind, objects]),
    ).toEqual([
      ['circuits', 16],
      ['pois', 6],
    ]);
    expect(offers).toMatchObject({ lastVisit: { status: 200, transfer: 'complete' }, openEdits: {} });
    expect(Date.parse(offers.lastLookAt)).not.toBeNaN();
    expect({ watch, maskVersion }).toEqual({ watch: { state: 'none', next: null }, maskVersion: null });
    expect(stdout).toMatch(/Offres : .*\n.*\n {2}Objets : \d+ /);
    expect(stdout).not.toMatch(/Masque|Dossiers/);
  });
});

describe('passerelle show and decide, for an edited track', () => {
  it('draw both tracks, and bring the drawn one into PIVOT when a person says so', async () => {
    const { stack } = commands;
    const [, , code = ''] = edits;
    const item = await drawnAndOffered(code);
    const files = join(stack.configurationFile, '..');
    const [svg, gpx] = [join(files, 'both.svg'), join(files, 'drawn.gpx')];

    const asked = await passerelle('show', stack.sync, code, '--svg', svg, '--gpx', gpx);
    const decided = await passerelle('decide', String(item), 'return-track', '--json');
    await until('the track is home', async () => (await stateOfEdit(code)) === 'returned');
    const after = await passerelle('show', stack.sync, code);

    expect(asked.code).toBe(3);
    expect(asked.stdout).toMatch(/conservé, soumis à votre décision/);
    expect(asked.stdout).toMatch(/longueur [\d,]+ km → [\d,]+ km.*écart le plus grand \d+ m/);
    expect(asked.stdout).toMatch(/[\u2801-\u28ff]{3}/);
    expect(await readFile(svg, 'utf8')).toMatch(/^<svg [\s\S]*Tracé publié et dessin de Cirkwi/);
    expect((await passerelle('track', 'check', gpx, '--json')).json.ok).toBe(true);
    expect(decided.json).toMatchObject({ record: code, decision: 'return-track', follows: 'track-told' });
    expect(after.stdout).toMatch(/repris dans PIVOT, nouveau média dans PIVOT : \S+/);
    expect(after.stdout).not.toMatch(/[\u2801-\u28ff]{3}/);
  });

  it('leave PIVOT alone when a person keeps its track', async () => {
    const { stack } = commands;
    const [, , , code = ''] = edits;
    const item = await drawnAndOffered(code);
    const before = await stack.pivot.records('offers', code);

    await passerelle('decide', String(item), 'keep-ours');
    await until('the drawing is declined', async () => (await stateOfEdit(code)) === 'declined');

    expect(await stack.pivot.records('offers', code)).toEqual(before);
  });

  it('have nothing to draw for an offer whose track nobody edited', async () => {
    const { stack } = commands;
    const [, , , , code = ''] = edits;

    const { code: exit, stderr } = await passerelle('show', stack.sync, code, '--svg', 'never-written.svg');

    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('nothing to draw') });
  });
});

describe('passerelle decide, for offers', () => {
  const startedBy = async (id: string) =>
    commands.stack.client.workflow
      .getHandle(id)
      .describe()
      .then(() => true)
      .catch(() => false);

  it('tells the offer of a decision about the offer, and its track of one about the track', async () => {
    const { stack } = commands;
    const { sync } = stack;
    const [one = '', other = ''] = stack.sample.notes.silentReplace;
    const open = (recordId: string, reason: string) =>
      openItem(stack.pool, sync, null, { recordId, reason, severity: 'action' });
    const offerItem = await open(one, 'not-verified');
    const trackItem = await open(other, 'track-return-held');

    const offer = await passerelle('decide', String(offerItem), 'retry');
    const track = await passerelle('decide', String(trackItem), 'retry', '--json');

    expect(offer.stdout).toContain('L’offre est relue');
    expect(track.json.follows).toBe('track-told');
    expect(await startedBy(recordWorkflowId(sync, 'offer', one))).toBe(true);
    expect(await startedBy(trackWorkflowId(sync, one))).toBe(false);
    expect(await startedBy(trackWorkflowId(sync, other))).toBe(true);
    expect(await startedBy(recordWorkflowId(sync, 'offer', other))).toBe(false);
  });

  it('needs no pass for what concerns no offer', async () => {
    const { stack } = commands;
    const item = await openItem(stack.pool, stack.sync, null, {
      recordId: null,
      reason: 'track-look-failed',
      place: 'feed',
      severity: 'action',
    });

    const { json } = await passerelle('decide', String(item), 'retry', '--json');

    expect(json.follows).toBe('closed');
  });
});
