import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fieldMappingSchema } from '../../../config/field-mapping';
import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import type { Simulator } from '../../../simulators/core/start-server';
import { startMauticSimulator } from '../../../simulators/mautic';
import { sampleCrm } from '../../../simulators/sample-data/crm';
import { startWeavySimulator } from '../../../simulators/weavy';
import { createLife } from '.';

const mapping = readFileSync(join(__dirname, '../../../deploy/crm-mapping.yaml'), 'utf8');
const fields = fieldMappingSchema.parse(parse(mapping));
const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function bothSides(): Promise<Record<'weavy' | 'mautic', SimulatorControl>> {
  const sample = sampleCrm({ records: 120, seed: 1 });
  const unknown = new Set(sample.notes.mauticAlone.map((noted) => noted.mautic));
  const weavy = await startWeavySimulator({
    credentials: { projectCode: 'VIE', userName: 'vie', password: 'vie' },
    customFields: sample.customFields.weavy,
    initial: {
      ...sample.weavy,
      marketinginbound: (sample.mautic.contact ?? [])
        .filter(({ id }) => unknown.has(`mautic/contact/${id}`))
        .map(({ id, fields: { email = null, lastname = null } }) => ({
          id: `WM-${id}`,
          fields: { email, lastName: lastname },
        })),
    },
  });
  running.push(weavy);
  const mautic = await startMauticSimulator({
    credentials: { basic: { username: 'vie', password: 'vie' } },
    fields: sample.customFields.mautic,
    initial: sample.mautic,
  });
  running.push(mautic);
  return { weavy: simulatorControl(weavy.url), mautic: simulatorControl(mautic.url) };
}

test('a life goes on in both simulators, whatever is drawn, and what nobody carried over shows', async () => {
  const { weavy, mautic } = await bothSides();
  const life = await createLife({ seed: 3, weavy, mautic, fields });
  expect(await life.check()).toEqual([]);

  for (let edits = 0; edits < 300; edits += 1) expect(await life.act()).not.toBeNull();

  expect((await life.check()).length).toBeGreaterThan(50);
});

test('Entrants become Contacts, contacts bounce, and both sides date what people did', async () => {
  const { weavy, mautic } = await bothSides();
  const life = await createLife({ seed: 4, weavy, mautic, fields });
  const wanted = [
    'convert',
    'bounce 2',
    'points',
    'contest',
    'new contact in weavy',
    'new entrant in mautic',
  ];
  for (let edits = 0; edits < 400 && !wanted.every((what) => life.counts[what]); edits += 1) await life.act();

  expect(wanted.filter((what) => !life.counts[what])).toEqual([]);
  const state = await life.readSides();
  expect(
    Object.values(state).flatMap((records) => records.filter(({ at }) => at === null || Number.isNaN(at))),
  ).toEqual([]);
});
