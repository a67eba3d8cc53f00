import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fieldMappingSchema } from '../../config/field-mapping';
import { defaultFields } from '../../simulators/mautic/field-definition';
import { sampleCrm } from '../../simulators/sample-data/crm';
import { fieldsOf } from '../../simulators/weavy/fields';

const sample = sampleCrm({ records: 0, seed: 1 });

test('the mapping of the demo is valid, every field of it is there, and every direction occurs', () => {
  const text = readFileSync(join(__dirname, '../../deploy/crm-mapping.yaml'), 'utf8');
  const { companies: company, contacts: contact, inbounds: inbound } = fieldMappingSchema.parse(parse(text));
  const all = [...(company?.fields ?? []), ...(contact?.fields ?? []), ...(inbound?.fields ?? [])];

  expect(company?.key).toEqual({ weavy: 'name', mautic: 'companyname' });
  expect(new Set(all.map((pair) => pair.direction))).toEqual(new Set(['both', 'toMautic', 'toWeavy']));
  expect(new Set(all.map((pair) => pair.as)).size).toBeGreaterThanOrEqual(9);
  expect(
    company?.fields.filter(
      (pair) => !weavyFields('customer').has(pair.weavy) || !mauticFields('company').has(pair.mautic),
    ),
  ).toEqual([]);
  expect(
    contact?.fields.filter(
      (pair) => !weavyFields('customercontact').has(pair.weavy) || !mauticFields('contact').has(pair.mautic),
    ),
  ).toEqual([]);
  expect(
    inbound?.fields.filter(
      (pair) => !weavyFields('marketinginbound').has(pair.weavy) || !mauticFields('contact').has(pair.mautic),
    ),
  ).toEqual([]);
  const foreign = fieldsOf(sample.customFields.weavy).filter(
    (field) => field.fieldType === 'text(foreignkey)',
  );
  expect(
    all.filter(
      (pair) => foreign.some((field) => field.fieldName === pair.weavy) && pair.direction !== 'toMautic',
    ),
  ).toEqual([]);
});

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
