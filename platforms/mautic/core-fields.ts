import type { MauticObject } from './client';

/**
 * Fields that come with Mautic: every other one was made by the customer (the list is assumed complete; a field missing
 * here is only called custom).
 */
export const CORE_FIELDS: Record<MauticObject, ReadonlySet<string>> = {
  contact: new Set([
    'title',
    'firstname',
    'lastname',
    'company',
    'position',
    'email',
    'mobile',
    'phone',
    'points',
    'fax',
    'address1',
    'address2',
    'city',
    'state',
    'zipcode',
    'country',
    'preferred_locale',
    'timezone',
    'last_active',
    'attribution',
    'attribution_date',
    'website',
    'facebook',
    'foursquare',
    'googleplus',
    'instagram',
    'linkedin',
    'skype',
    'twitter',
  ]),
  company: new Set([
    'companyname',
    'companyemail',
    'companyaddress1',
    'companyaddress2',
    'companycity',
    'companystate',
    'companyzipcode',
    'companycountry',
    'companyphone',
    'companyfax',
    'companywebsite',
    'companynumber_of_employees',
    'companyannual_revenue',
    'companyindustry',
    'companydescription',
  ]),
};

/** Columns that Mautic keeps itself and shows among the fields: neither read nor offered for a mapping (assumed list). */
export const PSEUDO_FIELDS: Record<MauticObject, ReadonlySet<string>> = {
  contact: new Set(['id', 'points']),
  company: new Set(['id', 'score']),
};
