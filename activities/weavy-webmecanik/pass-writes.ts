import type { PlannedChange } from '../../db/plans';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import type { CouplePass } from './couple-pass';

/** The sides that a pass writes to; none when it has nothing but an agreement to note. */
export function sidesOf({ act, draft, company, bounce }: CouplePass): Side[] {
  if (act === 'none') return [];
  const sides: Side[] = [];
  if (draft.writes.mautic !== null || company !== null) sides.push('mautic');
  if (draft.writes.weavy !== null || bounce?.write != null) sides.push('weavy');
  return sides;
}

/** Every write of a pass, as a plan shows it: `kind` says on which side. */
export function changesOf(pass: CouplePass): PlannedChange[] {
  const { draft, company, bounce, kinds, weavy, mautic } = pass;
  const changes: PlannedChange[] = [];
  for (const side of ['mautic', 'weavy'] as const) {
    const targetId = (side === 'mautic' ? mautic : weavy)?.record.id ?? null;
    for (const { field, before, after, rule } of draft.writes[side]?.changes ?? [])
      changes.push({ kind: `${side}/${kinds[side]}`, targetId, field, before, after, rule });
  }
  if (company !== null)
    changes.push({
      kind: 'mautic/contact',
      targetId: mautic?.record.id ?? null,
      field: 'company',
      before: company.made,
      after: company.wanted,
      rule: 'follows-tiers',
    });
  if (bounce?.write != null)
    changes.push({
      kind: 'weavy/customercontact',
      targetId: weavy?.record.id ?? null,
      field: bounce.write.field,
      before: null,
      after: bounce.write.after,
      rule: 'bounce',
    });
  return changes;
}
