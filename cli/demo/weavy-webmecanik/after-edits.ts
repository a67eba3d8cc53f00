import { listOpenItems } from '../../../db/attention';
import type { DemoRun, Promised } from '../story';
import type { Agreement } from './agreement';
import { type Edits, WRITTEN } from './edits';
import { byKey, type HeldRecord, type HeldRecords } from './held-records';
import type { WeavyWebmecanikStack } from './stack';

/** What a run made of the edits, as both simulators show it. */
export function tellEdits(promised: Promised, edits: Edits, held: HeldRecords): void {
  const weavy = (code: string) => held.customercontact.find(recordOf(`weavy/customercontact/${code}`));
  const mautic = (id: string) => held.contact.find(recordOf(`mautic/contact/${id}`));
  const { inWeavy, inMautic, apart, weavyLater, mauticLater, bounced } = edits;
  promised.tell(
    `each edit is on the other side: contact ${inWeavy.mautic}, Contact ${inMautic.weavy}`,
    mautic(inWeavy.mautic)?.fields.position === WRITTEN.jobTitle &&
      weavy(inMautic.weavy)?.fields.phoneNumber === WRITTEN.phone,
  );
  promised.tell(
    `two fields of ${apart.weavy} were changed, one on each side, and both changes stand on both`,
    holds(weavy(apart.weavy), { jobTitle: WRITTEN.jobTitle, city: WRITTEN.city }) &&
      holds(mautic(apart.mautic), { position: WRITTEN.jobTitle, city: WRITTEN.city }),
  );
  promised.tell(
    `of two edits of one field the later one won: ${weavyLater.weavy} weavy's, ${mauticLater.weavy} Webmecanik's`,
    [weavyLater, mauticLater].every(
      (contact) =>
        holds(weavy(contact.weavy), { jobTitle: WRITTEN.later }) &&
        holds(mautic(contact.mautic), { position: WRITTEN.later }),
    ),
  );
  promised.tell(
    `Contact ${bounced.weavy} has the date of the bounce`,
    Boolean(weavy(bounced.weavy)?.fields.bouncedEmailDetected),
  );
}

/** What became of people who are new on one side, and of the Entrant that a person made a Contact of. */
export function tellNewcomers(promised: Promised, edits: Edits, held: HeldRecords): void {
  const { converted, newInWeavy, newInMautic } = edits;
  const contacts = byKey(held.contact);
  const formerly = held.contact.find(recordOf(`mautic/contact/${converted.mautic}`));
  promised.tell(
    `contact ${converted.mautic} follows Contact ${converted.weavy}, no longer the Entrant, and was not made again`,
    formerly?.fields.position === WRITTEN.convertedTitle && contacts.get(formerly.key ?? '')?.length === 1,
  );
  const made = contacts.get(newInWeavy.email) ?? [];
  const tiers = held.customer.find(recordOf(`weavy/customer/${newInWeavy.tiers}`));
  const company = held.company.find(recordOf(made[0]?.company ?? ''));
  promised.tell(
    `Contact ${newInWeavy.code} is one contact in Webmecanik, at the company of its Tiers`,
    made.length === 1 && tiers !== undefined && company?.key === tiers.key,
  );
  const entrants = byKey(held.marketinginbound).get(newInMautic.email) ?? [];
  promised.tell(
    `contact ${newInMautic.id} is one Entrant in weavy, and no Contact`,
    entrants.length === 1 && !byKey(held.customercontact).has(newInMautic.email),
  );
}

/** One record that Mautic refuses is one item, and nothing else waits for it. */
export async function tellPoison(
  promised: Promised,
  { pool, sync }: WeavyWebmecanikStack,
  { poison }: Edits,
  { run, before, after }: { run: DemoRun; before: Agreement; after: Agreement },
): Promise<void> {
  const recordIds = [`weavy/customercontact/${poison.weavy}`, `mautic/contact/${poison.mautic}`];
  const items = await listOpenItems(pool, sync, 10_000);
  const own = items.filter(
    ({ record_id, severity }) => severity === 'action' && recordIds.includes(record_id ?? ''),
  );
  promised.tell(
    `contact ${poison.mautic} is refused, with one item that says why, and nothing else is: the rest went on`,
    own.length === 1 && own[0]?.reason === 'target-refused' && run.counts.refused === recordIds.length,
  );
  const held = after.notHeld.filter((place) => !before.notHeld.includes(place));
  promised.expect(
    'the refused postal code is the only value that did not get through',
    held.join() === `mautic/contact/${poison.mautic} zipcode`,
  );
}

/** Records that a run touched although nobody had changed anything about them. */
export function touchedBeside(edits: Edits, before: HeldRecords, after: HeldRecords): string[] {
  const { converted, newInWeavy, newInMautic, lines: _lines, ...contacts } = edits;
  const expected = new Set([
    ...[...Object.values(contacts), converted].flatMap(({ weavy, mautic }) => [
      `weavy/customercontact/${weavy}`,
      `mautic/contact/${mautic}`,
    ]),
    `weavy/customercontact/${newInWeavy.code}`,
    `mautic/contact/${newInMautic.id}`,
  ]);
  const known = new Map(all(before).map((record) => [record.recordId, JSON.stringify(record)]));
  const newcomers = [newInWeavy.email, newInMautic.email];
  return all(after)
    .filter(({ recordId, key }) => !expected.has(recordId) && !newcomers.includes(key ?? ''))
    .filter((record) => known.get(record.recordId) !== JSON.stringify(record))
    .map(({ recordId }) => recordId);
}

function all(held: HeldRecords): HeldRecord[] {
  return Object.values(held).flat();
}

function recordOf(id: string): (record: HeldRecord) => boolean {
  return ({ recordId }) => recordId === id;
}

function holds(record: HeldRecord | undefined, fields: Record<string, string>): boolean {
  return (
    record !== undefined && Object.entries(fields).every(([name, value]) => record.fields[name] === value)
  );
}
