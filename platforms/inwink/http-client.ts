import type { Fields } from '../../mappings/fields';
import type { Budget, CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { createHttp } from '../http';
import type { InwinkAccount } from './account';
import type { EntityKind, InwinkEntity, InwinkTarget } from './client';
import {
  EMAIL_FIELD,
  entitySchema,
  eventSchema,
  fieldListSchema,
  inwinkProblemReader,
  ORDER_ID_FIELD,
  paths,
  teamMemberSchema,
} from './contract';
import { unflatten } from './field-paths';
import { getQuantities, raiseQuantity } from './quantities';
import { inwinkRules } from './rules';
import { findByValues, listChanged, listProducts } from './searches';
import { createInwinkTokens } from './token';

export interface InwinkOptions {
  baseUrl: string;
  eventId: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string | undefined;
  audience?: string | undefined;
  /** Whole duration of one call. @default inwinkRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * Inwink over HTTP. Throws `PlatformFailure`, or an `AbortError` when the caller's signal ends the call; the cause of
 * an aborted create is an `UnknownOutcome`. Nothing here deletes anything: there is no such call.
 */
export function createInwinkClient(options: InwinkOptions): InwinkTarget {
  const timeoutMs = options.timeoutMs ?? inwinkRules.timeoutMs;
  const http = createHttp({
    platform: 'inwink',
    baseUrl: options.baseUrl,
    timeoutMs,
    budget: options.budget,
    authorize: createInwinkTokens({ ...options, timeoutMs }),
    readProblem: inwinkProblemReader(options.eventId),
    random: options.random,
  });
  const account: InwinkAccount = { http, event: options.eventId };

  return {
    testConnection: (call) => testConnection(account, call),
    listFields: (kind, call) => listFields(account, kind, call),
    listProducts: (call) => listProducts(account, call),
    findPartnersByOrderIds: (ids, call) => findByValues(account, 'exhibitor', ORDER_ID_FIELD, ids, call),
    findParticipantsByEmails: (emails, call) =>
      findByValues(account, 'registered', EMAIL_FIELD, emails, call),
    findParticipantsByOrderIds: (ids, call) => findByValues(account, 'registered', ORDER_ID_FIELD, ids, call),
    get: (kind, id, call) => getEntity(account, kind, id, call),
    create: (kind, fields, call) => createEntity(account, kind, fields, call),
    update: (kind, id, fields, call) => updateEntity(account, kind, id, fields, call),
    getQuantities: (partnerId, call) => getQuantities(account, partnerId, call),
    raiseQuantity: (partnerId, productId, quantity, call) =>
      raiseQuantity(account, { partnerId, productId, quantity }, call),
    linkTeamMember: (partnerId, participantId, roles, call) =>
      linkTeamMember(account, { partnerId, participantId, roles }, call),
    listPartners: (query, call) => listChanged(account, 'exhibitor', query, call),
    listParticipants: (query, call) => listChanged(account, 'registered', query, call),
  };
}

async function testConnection({ http, event }: InwinkAccount, call?: CallContext) {
  const reply = await http.request({
    method: 'GET',
    path: paths.event(event),
    route: '/{eventId}',
    repeatable: 'safe',
    schema: eventSchema,
    ...call,
  });
  return { eventId: reply.id ?? event, name: reply.name };
}

async function listFields({ http, event }: InwinkAccount, kind: EntityKind, call?: CallContext) {
  const reply = await http.request({
    method: 'GET',
    path: paths.field(event),
    route: '/field',
    query: { entity: kind },
    repeatable: 'safe',
    schema: fieldListSchema,
    ...call,
  });
  return reply.items.map(({ key, type, choices }) => ({ key, type, ...(choices ? { choices } : {}) }));
}

async function getEntity(account: InwinkAccount, kind: EntityKind, id: string, call?: CallContext) {
  try {
    const entity = await account.http.request({
      method: 'GET',
      path: paths.entity(account.event, kind, id),
      route: `/${kind}/{id}`,
      repeatable: 'safe',
      schema: entitySchema,
      ...call,
    });
    return sameEntity(entity, id, `GET /${kind}/{id}`);
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return null;
    throw error;
  }
}

function createEntity(
  { http, event }: InwinkAccount,
  kind: EntityKind,
  fields: Fields,
  call?: CallContext,
): Promise<InwinkEntity> {
  return http.request({
    method: 'POST',
    path: paths.kind(event, kind),
    route: `/${kind}`,
    body: { json: unflatten(fields) },
    repeatable: 'create',
    schema: entitySchema,
    ...call,
  });
}

/** Repeating an update leaves the same state. Nothing to change sends nothing; a reply without a body is read by id. */
async function updateEntity(
  account: InwinkAccount,
  kind: EntityKind,
  id: string,
  fields: Fields,
  call?: CallContext,
): Promise<InwinkEntity> {
  const route = `/${kind}/{id}`;
  const reply =
    Object.keys(fields).length === 0
      ? undefined
      : await account.http.request({
          method: 'PATCH',
          path: paths.entity(account.event, kind, id),
          route,
          body: { json: unflatten(fields) },
          repeatable: 'safe',
          schema: entitySchema.optional(),
          ...call,
        });
  if (reply !== undefined) return sameEntity(reply, id, `PATCH ${route}`);
  const held = await getEntity(account, kind, id, call);
  if (held !== null) return held;
  const message = `Inwink no longer holds what PATCH ${route} names.`;
  throw new PlatformFailure(FailureKind.missing, message, {
    platform: 'inwink',
    operation: `PATCH ${route}`,
  });
}

async function linkTeamMember(
  { http, event }: InwinkAccount,
  link: { partnerId: string; participantId: string; roles: string[] },
  call?: CallContext,
): Promise<void> {
  await http.request({
    method: 'PUT',
    path: paths.teamMember(event, link.partnerId, link.participantId),
    route: '/exhibitor/{id}/account/{registeredId}',
    body: { json: { roles: link.roles } },
    repeatable: 'safe',
    schema: teamMemberSchema,
    ...call,
  });
}

function sameEntity(entity: InwinkEntity, id: string, operation: string): InwinkEntity {
  if (entity.id === id) return entity;
  const message = `Inwink answered ${operation} with another object than the one that was asked for.`;
  throw new PlatformFailure(FailureKind.defect, message, { platform: 'inwink', operation });
}
