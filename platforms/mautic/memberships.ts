import type { CallContext } from '../budget';
import { type MauticAccount, request } from './account';
import { companiesOfSchema, PLURAL, segmentsSchema, successSchema } from './contract';

/** Numbers of the companies of a contact; one of them, at most, is the primary one. */
export function companiesOf(account: MauticAccount, contactId: string, call?: CallContext) {
  return request(
    account,
    'contact',
    {
      method: 'GET',
      path: [PLURAL.contact, contactId, PLURAL.company],
      route: '/contacts/{id}/companies',
      repeatable: 'safe',
      schema: companiesOfSchema,
    },
    call,
  );
}

/** Aliases of the segments of a contact. */
export function segmentsOf(account: MauticAccount, contactId: string, call?: CallContext): Promise<string[]> {
  return request(
    account,
    'contact',
    {
      method: 'GET',
      path: [PLURAL.contact, contactId, 'segments'],
      route: '/contacts/{id}/segments',
      repeatable: 'safe',
      schema: segmentsSchema,
    },
    call,
  );
}

/** Links or unlinks a contact and a company. Either twice is as once. `Missing` when one of the two is gone. */
export async function changeLink(
  account: MauticAccount,
  change: 'add' | 'remove',
  link: { companyId: string; contactId: string },
  call?: CallContext,
): Promise<void> {
  await request(
    account,
    'company',
    {
      method: 'POST',
      path: [PLURAL.company, link.companyId, 'contact', link.contactId, change],
      route: `/companies/{id}/contact/{contactId}/${change}`,
      repeatable: 'safe',
      schema: successSchema,
    },
    call,
  );
}
