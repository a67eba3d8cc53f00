import { param, Refusal, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { batchEdit, batchNew } from './batch';
import { commitContact } from './commit';
import { addToCompany, removeFromCompany } from './company-links';
import { entriesWith, entriesWithout } from './do-not-contact';
import type { MauticObject } from './field-definition';
import { listRecords, rowJson } from './listing';
import { notFound } from './problems';
import { allow, type Saved, savesOf } from './record-saves';
import type { CompanyRow, ContactRow } from './records';
import { companyLinksJson, contactJson, definitionJson, segmentsJson } from './shapes';
import { fieldsOf, type MauticWorld, tableOf } from './world';

type Handle = (request: SimRequest) => SimReply;
type On = (purpose: Route['purpose'], method: string, template: string, handle: Handle) => Route;

export const API_DISABLED = {
  status: 403,
  code: 'api_disabled',
  message: 'API is disabled. Ask an administrator to enable it.',
};

/** The addresses that a synchronisation needs, and `PUT`, which it must not use. Nothing is deleted here. */
export function mauticRoutes(world: MauticWorld): Route[] {
  const on: On = (purpose, method, template, handle) => ({
    method,
    template: `/api${template}`,
    purpose,
    access: 'client',
    handle(request) {
      const headers = { ...world.hourly.take(), ...ownHeaders(world) };
      const reply = handle(request);
      return { ...reply, headers: { ...headers, ...reply.headers } };
    },
  });
  const token: Route = {
    method: 'POST',
    template: '/oauth/v2/token',
    access: 'open',
    purpose: 'read',
    handle(request) {
      if (world.settings.api === 'off') throw new Refusal(API_DISABLED);
      return { ...world.signIn.issue(request.body), headers: ownHeaders(world) };
    },
  };
  return [
    token,
    ...recordRoutes(world, 'contact', '/contacts', on),
    ...recordRoutes(world, 'company', '/companies', on),
    ...contactRoutes(world, on),
    on('read', 'GET', '/fields/{object}', (request) => listFields(world, request)),
  ];
}

/** What every reply carries. */
export function ownHeaders(world: MauticWorld): Record<string, string> {
  const versions = { 3: '3.0.12-atmt', 4: '4.4.9', 5: '5.1.0' };
  return { 'mautic-version': versions[world.version] };
}

function recordRoutes(world: MauticWorld, object: MauticObject, path: string, on: On): Route[] {
  const saves = savesOf(world, object);
  const edit = (method: 'PATCH' | 'PUT'): Handle => {
    return (request) => savedReply(world, object, saves.edit(method, param(request, 'id'), request.body));
  };
  return [
    on('write', 'POST', `${path}/new`, ({ body }) => savedReply(world, object, saves.create(body, 'single'))),
    on('write', 'POST', `${path}/batch/new`, ({ body }) => batchNew(world, object, body)),
    on('write', 'PATCH', `${path}/batch/edit`, ({ body }) => batchEdit(world, object, 'PATCH', body)),
    on('write', 'PUT', `${path}/batch/edit`, ({ body }) => batchEdit(world, object, 'PUT', body)),
    on('write', 'PATCH', `${path}/{id}/edit`, edit('PATCH')),
    on('write', 'PUT', `${path}/{id}/edit`, edit('PUT')),
    on('read', 'GET', path, (request) => {
      allow(world, object, 'view');
      return listRecords(world, object, request);
    }),
    on('read', 'GET', `${path}/{id}`, (request) => {
      const row = existing(world, object, param(request, 'id'));
      allow(world, object, 'view');
      return { status: 200, body: { [object]: rowJson(world, object, row) } };
    }),
  ];
}

function contactRoutes(world: MauticWorld, on: On): Route[] {
  const read = (what: (contact: ContactRow) => unknown): Handle => {
    return (request) => {
      const contact = existingContact(world, param(request, 'id'));
      allow(world, 'contact', 'view');
      return { status: 200, body: what(contact) };
    };
  };
  const link = (change: typeof addToCompany): Handle => {
    return (request) => {
      const company = existing(world, 'company', param(request, 'company'));
      const contact = existingContact(world, param(request, 'id'));
      allow(world, 'contact', 'edit');
      change(world, contact, company.id);
      return { status: 200, body: { success: 1 }, effect: 'updated' };
    };
  };
  return [
    on(
      'read',
      'GET',
      '/contacts/{id}/companies',
      read((contact) => companyLinksJson(world, contact)),
    ),
    on(
      'read',
      'GET',
      '/contacts/{id}/segments',
      read((contact) => segmentsJson(world, contact)),
    ),
    on('write', 'POST', '/contacts/{id}/dnc/{channel}/add', (request) => addDoNotContact(world, request)),
    on('write', 'POST', '/contacts/{id}/dnc/{channel}/remove', (request) =>
      removeDoNotContact(world, request),
    ),
    on('write', 'POST', '/companies/{company}/contact/{id}/add', link(addToCompany)),
    on('write', 'POST', '/companies/{company}/contact/{id}/remove', link(removeFromCompany)),
  ];
}

function addDoNotContact(world: MauticWorld, request: SimRequest): SimReply {
  const contact = existingContact(world, param(request, 'id'));
  allow(world, 'contact', 'edit');
  const doNotContact = entriesWith(contact.doNotContact, param(request, 'channel'), request.body);
  const row = commitContact(world, contact, { ...contact, doNotContact }, 'api');
  return { status: 200, body: { contact: contactJson(world, row) }, effect: 'updated' };
}

function removeDoNotContact(world: MauticWorld, request: SimRequest): SimReply {
  const contact = existingContact(world, param(request, 'id'));
  allow(world, 'contact', 'edit');
  const doNotContact = entriesWithout(contact.doNotContact, param(request, 'channel'));
  const recordFound = doNotContact.length < contact.doNotContact.length;
  const row = commitContact(world, contact, { ...contact, doNotContact }, 'api');
  return { status: 200, body: { recordFound, contact: contactJson(world, row) }, effect: 'updated' };
}

function savedReply(world: MauticWorld, object: MauticObject, { row, effect }: Saved): SimReply {
  const status = effect === 'created' ? 201 : 200;
  return { status, body: { [object]: rowJson(world, object, row) }, effect };
}

/** Paged like records: 30 at a time by default. */
function listFields(world: MauticWorld, request: SimRequest): SimReply {
  const object = param(request, 'object');
  if (object !== 'contact' && object !== 'company') throw notFound();
  const fields = fieldsOf(world, object).map((field, index) => definitionJson(field, index + 1));
  const start = Number(request.query.get('start') ?? 0);
  const limit = Number(request.query.get('limit') ?? 30);
  const page = limit === 0 ? fields : fields.slice(start, start + limit);
  return { status: 200, body: { total: fields.length, fields: page } };
}

function existing(world: MauticWorld, object: MauticObject, id: string): CompanyRow {
  const row = /^\d+$/.test(id) ? tableOf(world, object).get(Number(id)) : undefined;
  if (row) return row;
  throw notFound();
}

function existingContact(world: MauticWorld, id: string): ContactRow {
  const row = /^\d+$/.test(id) ? world.contact.get(Number(id)) : undefined;
  if (row) return row;
  throw notFound();
}
