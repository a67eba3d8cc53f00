import { checkMapping, goneFields } from '../../mappings/weavy-webmecanik/check-mapping';
import type { FieldMapping, FieldPair } from '../../mappings/weavy-webmecanik/field-mapping';
import { unreachableObjects } from '../../mappings/weavy-webmecanik/mapped-objects';
import { field, mapping, pair, schemas } from './mapping-fixtures';

/** The sample mapping with one more pair of contact fields. */
function withContactPair(added: FieldPair): FieldMapping {
  const sample = mapping();
  sample.contacts.fields.push(added);
  return sample;
}

/** The one problem that this pair of contact fields has. */
function problemOf(added: FieldPair, discovered = schemas()) {
  const problems = problemsBeside(withContactPair(added), discovered);
  expect(problems).toHaveLength(1);
  return problems[0];
}

/** The length of a company's name is a standing warning of the sample. */
function problemsBeside(given: FieldMapping, discovered = schemas()) {
  return checkMapping(given, discovered).filter((problem) => problem.place !== 'name -> companyname');
}

describe('a mapping checked against both platforms', () => {
  it('fits when every field exists, with its form and direction', () => {
    const given = withContactPair(
      pair('generictype_ID_country', 'country', { as: 'country', direction: 'toMautic' }),
    );
    given.contacts?.fields.push(
      pair('baseculture_ID', 'preferred_locale', { as: 'language', direction: 'toMautic' }),
      pair('newsletter', 'newsletter', { as: 'boolean' }),
      pair('lastVisit', 'last_visit', { as: 'datetime' }),
      pair('phoneNumber', 'phone', { as: 'phone' }),
    );

    expect(problemsBeside(given)).toEqual([]);
  });

  it('names the nearest fields in place of one that does not exist, on the side that lacks it', () => {
    const problem = problemOf(pair('phoneNumbr', 'phone', { as: 'phone' }));

    expect(problem).toMatchObject({
      object: 'contacts',
      place: 'phoneNumbr -> phone',
      code: 'field-unknown',
      severity: 'fail',
    });
    expect(problem?.message.en).toMatch(/weavy has no field phoneNumbr.*phoneNumber/);
    expect(problem?.message.fr).toMatch(/weavy n’a pas de champ phoneNumbr.*phoneNumber/);
  });

  it('finds a field by the label that people see on their screen', () => {
    expect(problemOf(pair('Telephone', 'phone', { as: 'phone' }))?.message.en).toContain('phoneNumber');
  });

  it.each([
    ['country', pair('generictype_ID_country', 'country', { direction: 'toMautic' })],
    ['language', pair('baseculture_ID', 'preferred_locale', { direction: 'toMautic' })],
    ['boolean', pair('newsletter', 'newsletter')],
    ['datetime', pair('lastVisit', 'last_visit', { as: 'boolean' })],
    ['phone', pair('phoneNumber', 'phone', { as: 'number' })],
  ])('says to write as: %s where another form does not fit', (form, given) => {
    const problem = problemOf(given);

    expect(problem).toMatchObject({ code: 'form', severity: 'fail' });
    expect(problem?.message.en).toContain(`write as: ${form}.`);
    expect(problem?.message.fr).toContain(`écrivez as: ${form}.`);
  });

  it('says so when two fields can never be mapped to each other', () => {
    expect(problemOf(pair('photo', 'firstname'))).toMatchObject({ code: 'types-differ', severity: 'fail' });
    expect(problemOf(pair('newsletter', 'country'))).toMatchObject({ code: 'types-differ' });
  });

  it('only advises as: email, because an address kept as text works', () => {
    const given = mapping();
    given.contacts.fields[0] = pair('email', 'email');

    expect(problemsBeside(given)).toMatchObject([{ code: 'form-better', severity: 'warn' }]);
  });

  it('lets a foreign key of weavy travel to Webmecanik only', () => {
    const both = problemOf(pair('customer_ID', 'title'), withoutChoices());

    expect(both).toMatchObject({ code: 'read-only', severity: 'fail' });
    expect(both?.message.en).toContain('write direction: toMautic');
    expect(
      problemsBeside(
        withContactPair(pair('customer_ID', 'title', { direction: 'toMautic' })),
        withoutChoices(),
      ),
    ).toEqual([]);
  });

  it('lets the code of a Tiers be the key of companies, towards Webmecanik only', () => {
    const discovered = schemas();
    discovered.mautic.company.push(field('idcrm', { custom: true }));
    const given = mapping();
    given.companies.key = { weavy: 'customer_ID', mautic: 'idcrm' };
    given.companies.fields.push(pair('customer_ID', 'idcrm', { direction: 'toMautic' }));

    expect(problemsBeside(given, discovered)).toEqual([]);
    given.companies.fields[1] = pair('customer_ID', 'idcrm');
    expect(problemsBeside(given, discovered)).toMatchObject([
      { code: 'read-only', place: 'customer_ID -> idcrm' },
    ]);
  });

  it('refuses a foreign key among the fields of an Entrant, which is only written', () => {
    const given = mapping();
    given.inbounds.fields.push(pair('generictype_ID_status', 'firstname', { direction: 'toWeavy' }));

    expect(problemsBeside(given)).toMatchObject([
      { object: 'inbounds', code: 'read-only', message: { en: expect.stringContaining('remove this line') } },
    ]);
  });

  it('warns where the target holds a shorter text than the source, on the side that is written', () => {
    const long = checkMapping(mapping(), schemas());
    expect(long).toMatchObject([
      {
        object: 'companies',
        code: 'target-shorter',
        severity: 'warn',
        message: { en: expect.stringMatching(/64.*255/) },
      },
    ]);

    const given = mapping();
    given.companies.fields = [pair('name', 'companyname', { direction: 'toWeavy' })];
    expect(checkMapping(given, schemas()).map((problem) => problem.code)).not.toContain('target-shorter');
  });

  it('warns with the values of a closed list that somebody types into', () => {
    const problem = problemOf(pair('firstName2', 'title'), withSecondName());

    expect(problem).toMatchObject({ code: 'closed-list', severity: 'warn' });
    expect(problem?.message.en).toContain('Mr, Mrs');
  });

  it('is silent about a closed list that the other side’s list fits into', () => {
    const discovered = withSecondName();
    discovered.weavy.customercontact.push(field('civility', { choices: ['Mr'] }));

    expect(
      problemsBeside(withContactPair(pair('civility', 'title', { direction: 'toMautic' })), discovered),
    ).toEqual([]);
  });

  it('asks for each field that a create needs and nobody maps', () => {
    const discovered = schemas();
    discovered.mautic.contact.push(field('lastname', { required: true }));
    const given = mapping();
    given.companies.fields = [pair('phoneNumber', 'companyphone', { as: 'phone' })];
    given.companies.key = { weavy: 'phoneNumber', mautic: 'companyphone' };

    expect(checkMapping(given, discovered)).toMatchObject([
      { object: 'companies', place: 'name', code: 'required-not-mapped', severity: 'fail' },
      { object: 'companies', place: 'companyname', code: 'required-not-mapped', severity: 'fail' },
      { object: 'contacts', place: 'lastname', code: 'required-not-mapped', severity: 'fail' },
    ]);
  });

  it('asks for another direction when a needed field is mapped and never written', () => {
    const given = mapping();
    given.companies.fields = [
      pair('name', 'companyname', { direction: 'toMautic' }),
      pair('phoneNumber', 'companyphone', { as: 'phone' }),
    ];

    expect(checkMapping(given, schemas()).filter((problem) => problem.severity === 'fail')).toMatchObject([
      {
        place: 'name -> companyname',
        code: 'required-not-written',
        message: { en: expect.stringContaining('direction: both or direction: toWeavy') },
      },
    ]);
  });

  it('needs no field for a create that this mapping never makes', () => {
    const discovered = schemas();
    discovered.weavy.marketinginbound.push(field('comment', { required: true }));
    const given = mapping();
    given.companies.fields = [pair('name', 'companyname', { direction: 'toMautic' })];

    expect(problemsBeside(given, discovered)).toMatchObject([
      { place: 'comment', code: 'required-not-mapped' },
    ]);
    given.inbounds.create = 'none';
    expect(problemsBeside(given, discovered)).toEqual([]);
  });

  it('refuses the company name of a contact beside companies', () => {
    const text = pair('firstName2', 'company');
    expect(problemOf(text, withSecondName())).toMatchObject({ code: 'company-text', severity: 'fail' });

    const alone = withContactPair(text);
    alone.companies = null;
    expect(problemsBeside(alone, withSecondName())).toMatchObject([{ code: 'company-text' }]);
    if (alone.contacts !== null) alone.contacts.company = false;
    expect(problemsBeside(alone, withSecondName())).toEqual([]);
  });

  it('says what a key that does not exist means', () => {
    const discovered = schemas();
    discovered.mautic.company = discovered.mautic.company.filter((each) => each.name !== 'companyname');

    const [problem] = checkMapping(mapping(), discovered);

    expect(problem).toMatchObject({ code: 'key-unknown', severity: 'fail', place: 'name -> companyname' });
    expect(problem?.message.en).toContain('it is the key');
  });

  it('wants a field of date and time for bounces, written by nothing else', () => {
    const given = mapping();
    given.contacts.bounceField = 'bounced';
    expect(problemsBeside(given)).toMatchObject([{ code: 'field-unknown', place: 'bounceField bounced' }]);

    given.contacts.bounceField = 'newsletter';
    expect(problemsBeside(given)).toMatchObject([{ code: 'bounce-field' }]);

    given.contacts.bounceField = 'lastVisit';
    given.contacts.fields.push(pair('lastVisit', 'last_visit', { as: 'datetime' }));
    expect(problemsBeside(given)).toMatchObject([{ code: 'bounce-field-mapped' }]);

    given.contacts.bounceField = null;
    expect(problemsBeside(given)).toEqual([]);
  });

  it.each([
    ['customer', 'companies', ['API lecture', 'API ajout', 'API MAJ'], 'Client'],
    ['customercontact', 'contacts', ['API lecture', 'API MAJ'], 'Client / Contact'],
    ['marketinginbound', 'inbounds', ['API lecture', 'API ajout', 'API MAJ'], 'Marketing / Entrant'],
  ] as const)('names the boxes to tick when %s is out of reach', (entity, object, columns, table) => {
    const discovered = schemas();
    const { [entity]: _hidden, ...others } = discovered.weavy;

    const problems = problemsBeside(mapping(), { ...discovered, weavy: others } as never); // one table fewer than the full set

    expect(problems).toMatchObject([
      { object, code: 'no-right', severity: 'warn', place: `weavy/${entity}` },
    ]);
    for (const text of [problems[0]?.message.fr, problems[0]?.message.en]) {
      for (const column of columns) expect(text).toContain(column);
      expect(text).toMatch(new RegExp(`(« ${table} »|"${table}")`));
    }
    expect(problems[0]?.message.en.includes('API ajout')).toBe(
      (columns as readonly string[]).includes('API ajout'),
    ); // wider than its own list
  });
});

describe('what can still be synchronised', () => {
  it('leaves out the object of a missing table, and Entrants with the Contacts', () => {
    const { weavy, mautic } = schemas();
    const { customer, marketinginbound } = weavy;

    expect(unreachableObjects(mapping(), { weavy, mautic })).toEqual([]);
    expect(unreachableObjects(mapping(), { weavy: { customer, marketinginbound }, mautic })).toEqual([
      'contacts',
      'inbounds',
    ]);
    expect(
      unreachableObjects({ ...mapping(), companies: null }, { weavy, mautic: { contact: mautic.contact } }),
    ).toEqual([]);
  });

  it('names the fields that have gone, with the side, and says nothing of tables it cannot see', () => {
    const { weavy, mautic } = schemas();
    const given = mapping();
    given.contacts.fields.push(pair('nickname', 'nick'), pair('nickname2', 'phone'));
    given.contacts.bounceField = 'gone';
    given.companies.fields.push(pair('gone', 'gone'));

    expect(goneFields(mapping(), { weavy, mautic })).toEqual([]);
    expect(
      goneFields(given, {
        weavy: { customercontact: weavy.customercontact },
        mautic: { contact: mautic.contact },
      }),
    ).toEqual([
      { object: 'contacts', weavy: 'nickname', mautic: 'nick', missing: ['weavy', 'mautic'] },
      { object: 'contacts', weavy: 'nickname2', mautic: 'phone', missing: ['weavy'] },
      { object: 'contacts', weavy: 'gone', mautic: null, missing: ['weavy'] },
    ]);
  });
});

/** weavy with a second open text field for contacts. */
function withSecondName() {
  const discovered = schemas();
  discovered.weavy.customercontact.push(field('firstName2'));
  return discovered;
}

function withoutChoices() {
  const discovered = schemas();
  for (const each of discovered.mautic.contact) each.choices = null;
  return discovered;
}
