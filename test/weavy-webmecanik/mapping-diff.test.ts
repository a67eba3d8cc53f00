import { diffMapping, formatMappingDifference } from '../../mappings/weavy-webmecanik/diff-mapping';
import { mapping, pair } from './mapping-fixtures';

describe('the difference between two mappings', () => {
  it('is nothing between equal ones, whatever the order of their fields', () => {
    const moved = mapping();
    moved.contacts.fields.reverse();

    expect(diffMapping(mapping(), moved)).toEqual([]);
  });

  it('names pairs that were added, removed and changed, with each setting before and after', () => {
    const after = mapping();
    after.companies.fields.push(pair('city', 'companycity'));
    after.contacts.fields = [
      pair('email', 'email', { as: 'email', direction: 'toMautic', enforce: false }),
      pair('firstName', 'nickname', { propagateBlank: false }),
    ];

    const differences = diffMapping(mapping(), after);

    expect(differences.map((difference) => formatMappingDifference(difference, 'en'))).toEqual([
      'companies, added: city -> companycity (both, as: text)',
      'contacts, changed: email -> email (direction: both => toMautic, enforce: true => false)',
      'contacts, removed: firstName -> firstname (both, as: text)',
      'contacts, added: firstName -> nickname (both, as: text)',
    ]);
  });

  it('names another key, another rule for Entrants and another field for bounces', () => {
    const after = mapping();
    after.companies.key = { weavy: 'siret', mautic: 'siret' };
    after.contacts.bounceField = null;
    after.contacts.company = false;
    after.inbounds.create = { tag: 'lead' };

    expect(diffMapping(mapping(), after)).toEqual([
      {
        kind: 'setting',
        object: 'companies',
        name: 'key',
        before: 'name -> companyname',
        after: 'siret -> siret',
      },
      { kind: 'setting', object: 'contacts', name: 'company', before: 'true', after: 'false' },
      {
        kind: 'setting',
        object: 'contacts',
        name: 'bounceField',
        before: 'bouncedEmailDetected',
        after: 'null',
      },
      { kind: 'setting', object: 'inbounds', name: 'create', before: 'all', after: 'tag lead' },
    ]);
  });

  it('names an object that joined or left, with its fields', () => {
    const without = { ...mapping(), inbounds: null };

    expect(diffMapping(without, mapping()).map((each) => each.kind)).toEqual(['object-added', 'pair-added']);
    expect(
      diffMapping(mapping(), without).map((difference) => formatMappingDifference(difference, 'fr')),
    ).toEqual(['inbounds, retiré : objet', 'inbounds, retiré : email -> email (toWeavy, as: email)']);
  });
});
