import type { MauticFieldInput } from '../../mautic/field-definition';
import type { WeavyFieldInput } from '../../weavy/fields';
import { INTERESTS } from './person';

/** What a customer has added to both platforms, so that values of every form are synchronised. */
export interface SampleCustomFields {
  weavy: WeavyFieldInput[];
  mautic: MauticFieldInput[];
}

export function sampleCustomFields(): SampleCustomFields {
  return {
    weavy: [
      weavyField('customer', 'spe_effectif', 'integer', 'Effectif'),
      ...(['customercontact', 'marketinginbound'] as const).flatMap((entity) => [
        weavyField(entity, 'spe_newsletter', 'boolean', 'Accepte la lettre'),
        weavyField(entity, 'spe_interets', 'text', "Centres d'intérêt"),
      ]),
      weavyField('customercontact', 'spe_dernierRendezVous', 'datetime', 'Dernier rendez-vous'),
      weavyField('customercontact', 'baseculture_ID', 'text(foreignkey)', 'Langue'),
    ],
    mautic: [
      { object: 'contact', alias: 'newsletter', label: 'Lettre', type: 'boolean' },
      {
        object: 'contact',
        alias: 'interests',
        label: 'Intérêts',
        type: 'multiselect',
        options: INTERESTS.map((value) => ({ label: value, value })),
      },
      { object: 'contact', alias: 'last_meeting', label: 'Dernier rendez-vous', type: 'datetime' },
    ],
  };
}

function weavyField(
  entity: WeavyFieldInput['entity'],
  fieldName: string,
  fieldType: NonNullable<WeavyFieldInput['fieldType']>,
  label: string,
): WeavyFieldInput {
  const hasLength = fieldType === 'text' || fieldType === 'text(foreignkey)';
  return { entity, fieldName, fieldType, fieldLength: hasLength ? 255 : null, labels: { FR: label } };
}
