import { z } from 'zod';

/** Records as Inwink sends them (assumed, but for the keys seen in public data). */
const base = {
  id: z.string().min(1),
  createdOn: z.string(),
  updatedOn: z.string(),
};
const text = z.string().nullable();
const customFields = z.record(z.string(), z.unknown());

export const exhibitorSchema = z.object({
  ...base,
  name: z.string(),
  status: z.string(),
  affiliatedToId: text,
  emplacement: text,
  website: text,
  address: z.object({ street: text, street2: text, zipCode: text, city: text, country: text }),
  customFields,
});

export const registeredSchema = z.object({
  ...base,
  email: text,
  title: text,
  firstname: text,
  lastname: text,
  company: text,
  position: text,
  phone: text,
  mobilePhone: text,
  preferredLanguage: text,
  registrationStatus: z.string(),
  category: text,
  customFields,
});

/** A partner product of the event; settled form. */
export const inwinkProductSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  packSize: z.number().nullable(),
  active: z.boolean(),
});

/** A custom field. `entity` is never sent: the address asks for one. */
export const fieldDefinitionSchema = z.object({
  entity: z.enum(['exhibitor', 'registered']),
  key: z.string().min(1),
  type: z.enum(['text', 'number', 'boolean', 'singleChoice', 'multipleChoices']),
  choices: z.array(z.string()).optional(),
});

export const inwinkStateSchema = z.object({
  exhibitors: z.array(exhibitorSchema),
  registered: z.array(registeredSchema),
  products: z.array(inwinkProductSchema),
  fields: z.array(fieldDefinitionSchema),
});

export type InwinkExhibitor = z.infer<typeof exhibitorSchema>;
export type InwinkRegistered = z.infer<typeof registeredSchema>;
export type InwinkProduct = z.infer<typeof inwinkProductSchema>;
export type InwinkFieldDefinition = z.infer<typeof fieldDefinitionSchema>;
export type InwinkState = z.infer<typeof inwinkStateSchema>;
export type EntityName = 'exhibitor' | 'registered';
