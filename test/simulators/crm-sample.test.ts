import { defaultFields } from '../../simulators/mautic/field-definition';
import { type MauticContact, mauticStateSchema } from '../../simulators/mautic/state';
import { type NotedRecord, sampleCrm } from '../../simulators/sample-data/crm';
import { fieldsOf } from '../../simulators/weavy/fields';
import { type WeavyRow, weavyStateSchema } from '../../simulators/weavy/state';

const sample = sampleCrm({ records: 120, seed: 1 });
const { notes } = sample;
const customers = new Map(rowsOf(sample).customer.map((row) => [`weavy/customer/${row.id}`, row]));
const contacts = new Map(
  rowsOf(sample).customercontact.map((row) => [`weavy/customercontact/${row.id}`, row]),
);
const inbounds = new Map(
  rowsOf(sample).marketinginbound.map((row) => [`weavy/marketinginbound/${row.id}`, row]),
);
const weavy = new Map<string, WeavyRow>([...customers, ...contacts, ...inbounds]);
const companies = new Map((sample.mautic.company ?? []).map((row) => [`mautic/company/${row.id}`, row]));
const people = new Map<string, MauticContact>(
  (sample.mautic.contact ?? []).map((row) => [`mautic/contact/${row.id}`, row]),
);
const mautic = new Map<string, Pick<MauticContact, 'id' | 'fields' | 'dateModified'>>([
  ...companies,
  ...people,
]);

test('the same seed makes the same CRMs, another seed other ones', () => {
  expect(sampleCrm({ records: 120, seed: 1 })).toEqual(sample);
  expect(sampleCrm({ records: 120, seed: 2 }).mautic).not.toEqual(sample.mautic);
});

test.each([0, 1, 4, 7, 120, 2_000])(
  '%i contacts and a quarter as many companies are over both sides, half known to both',
  (records) => {
    const { weavy: one, mautic: other, notes: named } = sampleCrm({ records, seed: 3 });
    const known = other.contact?.filter((contact) => contact.dateIdentified) ?? [];

    expect(named.knownToBoth.length + named.weavyAlone.length + named.mauticAlone.length).toBe(records);
    expect(Math.abs(named.knownToBoth.length - records / 2)).toBeLessThanOrEqual(1);
    expect(one.customercontact).toHaveLength(named.knownToBoth.length + named.weavyAlone.length);
    expect(known).toHaveLength(named.knownToBoth.length + named.mauticAlone.length);
    const places = new Set([
      ...(one.customer ?? []).map(({ id }) => number(id)),
      ...(other.company ?? []).map(({ id }) => id),
    ]);
    expect(places.size).toBe(Math.floor(records / 4));
  },
);

test('a hundred thousand contacts hold no code, number or plain e-mail twice', () => {
  const large = sampleCrm({ records: 100_000, seed: 5 });
  const codes = rowsOf(large).customercontact.map(({ id }) => id.toLowerCase());
  const numbers = (large.mautic.contact ?? []).map(({ id }) => id);
  const emails = (large.mautic.contact ?? []).flatMap(({ fields }) =>
    fields.email ? [String(fields.email).toLowerCase()] : [],
  );

  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(emails).size).toBe(emails.length);
});

test.each(Object.entries(notes))('the notes name records for %s', (_what, noted) => {
  expect(noted.length).toBeGreaterThan(0);
  for (const { weavy: one, mautic: other } of noted) {
    expect(one !== null || other !== null).toBe(true);
    if (one !== null) expect(weavy.get(one)?.id).toBeDefined();
    if (other !== null) expect(mautic.get(other)?.id).toBeDefined();
  }
});

test('people that both sides know, and nothing is special about, are the same on both sides', () => {
  const special = new Set(
    Object.entries(notes).flatMap(([name, noted]) =>
      name === 'knownToBoth' ? [] : noted.map((each) => each.mautic),
    ),
  );
  const plain = notes.knownToBoth.filter((each) => !special.has(each.mautic));

  expect(plain.length).toBeGreaterThan(30);
  for (const noted of plain) {
    const { one, other } = both(noted);
    for (const [left, right] of PEOPLE_FIELDS) expect(other[right]).toEqual(one[left]);
  }
});

test('e-mails are dirty as the notes say', () => {
  for (const noted of notes.emailOtherCase) {
    const { one, other } = both(noted);
    expect(other.email).not.toBe(one.email);
    expect(String(other.email).toLowerCase()).toBe(one.email);
  }
  for (const { weavy: id } of notes.emailTwiceInWeavy) expect(weavyWithEmailOf(id)).toHaveLength(2);
  expect(notes.newEmailTwice).toHaveLength(2);
  for (const { weavy: id } of notes.newEmailTwice) {
    expect(weavyWithEmailOf(id)).toHaveLength(2);
    expect(mauticWithEmail(contacts.get(id ?? '')?.fields.email)).toHaveLength(0);
  }
  expect(notes.noEmail.map((noted) => record(noted).email)).toEqual(notes.noEmail.map(() => null));
  expect(new Set(notes.noEmail.map((noted) => noted.weavy === null)).size).toBe(2);
  expect(notes.apostrophe.every((noted) => String(record(noted).email).includes("o'neil@"))).toBe(true);
  expect(notes.accents.every((noted) => /[éç]/i.test(JSON.stringify(record(noted))))).toBe(true);
});

test('first links meet later sides, blank sides and ties', () => {
  for (const noted of [...notes.weavyLater, ...notes.companyWeavyLater])
    expect(timeIn(noted.weavy)).toBeGreaterThan(timeIn(noted.mautic));
  for (const noted of [...notes.mauticLater, ...notes.companyMauticLater])
    expect(timeIn(noted.weavy)).toBeLessThan(timeIn(noted.mautic));
  for (const noted of [...notes.sameSecond, ...notes.companySameSecond])
    expect(timeIn(noted.weavy)).toBe(timeIn(noted.mautic));
  expect(new Set(notes.sameSecond.map((noted) => timeIn(noted.weavy))).size).toBe(1);
  for (const noted of [...notes.weavyLater, ...notes.mauticLater, ...notes.sameSecond]) {
    const { one, other } = both(noted);
    expect(one.jobTitle && other.position && one.jobTitle !== other.position).toBe(true);
  }
  for (const noted of notes.weavyBlank)
    expect([both(noted).one.jobTitle, Boolean(both(noted).other.position)]).toEqual([null, true]);
  for (const noted of notes.mauticBlank)
    expect([Boolean(both(noted).one.jobTitle), both(noted).other.position]).toEqual([true, null]);
});

test('values have two spellings, or none on the other side', () => {
  for (const noted of notes.phoneOtherSpelling) {
    const { one, other } = both(noted);
    expect(other.phone).not.toBe(one.phoneNumber);
    expect(String(other.phone).replace(/\D/g, '')).toBe(String(one.phoneNumber).replace(/\D/g, ''));
  }
  for (const noted of notes.countryCodeAndName)
    expect([
      String(both(noted).one.generictype_ID_country).length,
      String(both(noted).other.country).length > 2,
    ]).toEqual([2, true]);
  expect(
    notes.unknownCountry.every(
      ({ weavy: id }) => contacts.get(id ?? '')?.fields.generictype_ID_country === 'ZX',
    ),
  ).toBe(true);
  expect(
    notes.tooLongForMautic.every(
      ({ weavy: id }) => String(contacts.get(id ?? '')?.fields.jobTitle).length > 64,
    ),
  ).toBe(true);
  expect(
    notes.companyTooLongForMautic.every(
      ({ weavy: id }) => String(customers.get(id ?? '')?.fields.address1).length > 64,
    ),
  ).toBe(true);
});

test('company names and codes are dirty as the notes say', () => {
  const names = (noted: NotedRecord) =>
    [
      customers.get(noted.weavy ?? '')?.fields.name,
      companies.get(noted.mautic ?? '')?.fields.companyname,
    ].map(String);
  for (const noted of notes.companyNameOtherCase) {
    const [one = '', other = ''] = names(noted);
    expect([one === other, one.toLowerCase() === other.toLowerCase()]).toEqual([false, true]);
  }
  for (const noted of notes.companyNameDoubleSpaces)
    expect(names(noted)[1]).toBe(names(noted)[0]?.replaceAll(' ', '  '));
  for (const noted of notes.companyNameTwice) {
    const name = names(noted)[0]?.toLowerCase();
    expect(
      [...customers.values()].filter((row) => String(row.fields.name).toLowerCase() === name),
    ).toHaveLength(2);
  }
  expect(
    notes.companyWithoutName.map((noted) =>
      String(record(noted).name ?? record(noted).companyname ?? '').trim(),
    ),
  ).toEqual(['', '']);
  for (const { weavy: id } of [...notes.codeWithSlash, ...notes.companyCodeWithSlash])
    expect(id?.split('/').length).toBe(4);
  for (const { weavy: id } of [...notes.codeWithSpace, ...notes.companyCodeWithSpace])
    expect(id).toContain(' ');
});

test('Mautic knows who bounced, who left and who was stopped, and visitors without a name', () => {
  const reasons = (noted: readonly NotedRecord[]) =>
    noted.map((each) => people.get(each.mautic ?? '')?.doNotContact?.[0]?.reason);

  expect(new Set(reasons([...notes.bounced, ...notes.bouncedAndDated]))).toEqual(new Set([2]));
  expect(notes.bouncedAndDated.every((noted) => both(noted).one.bouncedEmailDetected)).toBe(true);
  expect(reasons(notes.unsubscribed)).toEqual([1]);
  expect(reasons(notes.manual)).toEqual([3]);
  expect(notes.tagged.every((noted) => (people.get(noted.mautic ?? '')?.tags ?? []).length > 0)).toBe(true);
  expect(
    notes.anonymousVisitor.every(
      (noted) => Object.keys(people.get(noted.mautic ?? '')?.fields ?? {}).length === 0,
    ),
  ).toBe(true);
});

test('an Entrant that the public connector left is named after the contact whose e-mail it has', () => {
  for (const noted of notes.leftOverEntrant) {
    const contact = people.get(noted.mautic ?? '');
    expect(noted.weavy).toBe(`weavy/marketinginbound/lead${contact?.id}`);
    expect(inbounds.get(noted.weavy ?? '')?.fields.email).toBe(contact?.fields.email);
  }
});

test('every weavy contact has a Tiers that is there, and Mautic links lead to companies that are there', () => {
  for (const { fields } of contacts.values())
    expect(customers.has(`weavy/customer/${fields.customer_ID}`)).toBe(true);
  const links = [...people.values()].flatMap((contact) => contact.companies ?? []);
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) expect(companies.has(`mautic/company/${link.id}`)).toBe(true);
});

test('nobody in it could be reached: all addresses end in a name kept for examples', () => {
  const emails = [...weavy.values(), ...mautic.values()].flatMap(({ fields }) =>
    [fields.email, fields.companyemail].flatMap((email) => (email ? [String(email)] : [])),
  );

  expect(emails.length).toBeGreaterThan(200);
  expect(emails.filter((email) => !/\.example$/i.test(email))).toEqual([]);
});

test('records hold nothing but fields that both platforms know, and the states are readable', () => {
  expect(() => weavyStateSchema.parse(sample.weavy)).not.toThrow();
  expect(() => mauticStateSchema.parse(sample.mautic)).not.toThrow();
  for (const entity of ['customer', 'customercontact', 'marketinginbound'] as const)
    expect(strange(rowsOf(sample)[entity], weavyFields(entity))).toEqual([]);
  expect(strange([...companies.values()], mauticFields('company'))).toEqual([]);
  expect(strange([...people.values()], mauticFields('contact'))).toEqual([]);
});

const PEOPLE_FIELDS = [
  ['email', 'email'],
  ['firstName', 'firstname'],
  ['lastName', 'lastname'],
  ['jobTitle', 'position'],
  ['phoneNumber', 'phone'],
  ['mobilePhoneNumber', 'mobile'],
  ['postalCode', 'zipcode'],
  ['city', 'city'],
  ['spe_interets', 'interests'],
  ['spe_newsletter', 'newsletter'],
] as const;

function rowsOf({
  weavy: state,
}: Pick<typeof sample, 'weavy'>): Record<'customer' | 'customercontact' | 'marketinginbound', WeavyRow[]> {
  return {
    customer: state.customer ?? [],
    customercontact: state.customercontact ?? [],
    marketinginbound: state.marketinginbound ?? [],
  };
}

function number(code: string): number {
  return Number(code.slice(2));
}

function both(noted: NotedRecord) {
  return {
    one: weavy.get(noted.weavy ?? '')?.fields ?? {},
    other: mautic.get(noted.mautic ?? '')?.fields ?? {},
  };
}

function record(noted: NotedRecord) {
  return weavy.get(noted.weavy ?? '')?.fields ?? mautic.get(noted.mautic ?? '')?.fields ?? {};
}

function timeIn(id: string | null): number {
  const utc = weavy.get(id ?? '')?.srvDateUTC;
  return Date.parse(utc === undefined ? String(mautic.get(id ?? '')?.dateModified) : `${utc}Z`);
}

function weavyWithEmailOf(id: string | null): WeavyRow[] {
  const email = contacts.get(id ?? '')?.fields.email;
  return [...contacts.values()].filter((row) => row.fields.email === email);
}

function mauticWithEmail(email: unknown): MauticContact[] {
  return [...people.values()].filter((contact) => contact.fields.email === email);
}

function weavyFields(entity: 'customer' | 'customercontact' | 'marketinginbound'): Set<string> {
  const fields = fieldsOf(sample.customFields.weavy).filter((field) => field.entity === entity);
  return new Set(fields.map((field) => field.fieldName));
}

function mauticFields(object: 'company' | 'contact'): Set<string> {
  const fields = [...defaultFields(), ...sample.customFields.mautic].filter(
    (field) => field.object === object,
  );
  return new Set(fields.map((field) => field.alias));
}

function strange(rows: ReadonlyArray<{ fields: object }>, known: ReadonlySet<string>): string[] {
  return rows.flatMap(({ fields }) => Object.keys(fields).filter((name) => !known.has(name)));
}
