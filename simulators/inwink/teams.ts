import { z } from 'zod';
import { param, type SimReply, type SimRequest } from '../core/http-message';
import { notFound, validationFailed } from './problems';
import type { InwinkWorld } from './world';

const bodySchema = z.strictObject({ roles: z.array(z.string().min(1)).min(1) });

/** Links a participant to a partner's team, which makes it an exhibitor among the participants (documented). */
export function linkTeamMember(world: InwinkWorld, request: SimRequest): SimReply {
  const id = param(request, 'id');
  const registeredId = param(request, 'registeredId');
  if (!world.exhibitor.get(id)) throw notFound('exhibitor');
  const participant = world.registered.get(registeredId);
  if (!participant) throw notFound('registered');
  const body = bodySchema.safeParse(request.body);
  if (!body.success) throw validationFailed({ roles: ['At least one role is expected.'] });

  const { roles } = body.data;
  const team = world.teams.get(id) ?? new Map<string, string[]>();
  world.teams.set(id, team.set(registeredId, roles));
  world.registered.put({ ...participant, category: 'Exhibitor', updatedOn: world.now() });
  return { status: 200, body: { registeredId, roles }, effect: 'updated' };
}

/** A participant that is in any partner's team. */
export function readTeamAccount(world: InwinkWorld, request: SimRequest): SimReply {
  const id = param(request, 'id');
  const participant = world.registered.get(id);
  const isMember = [...world.teams.values()].some((team) => team.has(id));
  if (!participant || !isMember) throw notFound('account');
  return { status: 200, body: participant };
}

/** Who leaves a team is refused as a participant (documented). Only people do this. */
export function unlinkTeamMember(world: InwinkWorld, partnerId: string, registeredId: string): void {
  if (!world.teams.get(partnerId)?.delete(registeredId)) throw notFound('team member');
  const participant = world.registered.get(registeredId);
  if (!participant) return;
  world.registered.put({ ...participant, registrationStatus: 'Refused', updatedOn: world.now() });
}
