import { writeAudit } from '../../db/audit';
import { claim, findLink, type Link, saveLink } from '../../db/links';
import { inTransaction } from '../../db/pool';
import type { Change } from '../../mappings/fields';
import { callContext } from '../call-context';
import type { PlanexpoInwinkContext } from './context';

/** What identifies a membership: both ids, so that another partner or participant is another one. */
function membership(partnerId: string, participantId: string): string {
  return `${partnerId}/${participantId}`;
}

/** The change that joining the team would make; null when the sync does not link teams or the link stands already. */
export function teamChange(
  context: PlanexpoInwinkContext,
  team: Link | null,
  ends: { partnerId: string | null; participantId: string | null },
): Change | null {
  if (context.policies.linkTeam === 'off') return null;
  const { partnerId, participantId } = ends;
  const stands =
    partnerId !== null && participantId !== null && team?.targetId === membership(partnerId, participantId);
  if (stands) return null;
  return { field: '(team)', before: null, after: context.policies.teamRoles.join(', '), rule: 'link-team' };
}

/**
 * Makes the booking contact a member of the partner's team, when the sync says so (settled question 18). Only ever adds:
 * removing a membership would turn the participant to Refused (reference: quirk 12). Answers the number of writes.
 */
export async function joinTeam(
  context: PlanexpoInwinkContext,
  record: { recordId: string; runId: number | null },
  participantId: string,
): Promise<number> {
  const { pool, slug, policies } = context;
  const partner = await findLink(pool, slug, 'partner', record.recordId);
  if (partner === null || partner.state !== 'active') return 0;
  const change = teamChange(context, await findLink(pool, slug, 'team', record.recordId), {
    partnerId: partner.targetId,
    participantId,
  });
  if (change === null) return 0;
  const held = await claim(pool, { sync: slug, kind: 'team', sourceKey: record.recordId }, context.settle);
  await context.target.linkTeamMember(partner.targetId, participantId, policies.teamRoles, callContext());
  const targetId = membership(partner.targetId, participantId);
  await inTransaction(pool, async (tx) => {
    await saveLink(tx, held, {
      targetId,
      origin: 'created',
      ownerRecord: record.recordId,
      contactId: null,
      base: {},
      pausedFields: [],
    });
    await writeAudit(tx, {
      sync: slug,
      runId: record.runId,
      recordId: record.recordId,
      kind: 'team',
      targetId,
      operation: 'link-team',
      changes: [change],
      rule: 'link-team',
    });
  });
  return 1;
}
