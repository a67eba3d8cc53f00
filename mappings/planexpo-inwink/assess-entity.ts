import { type Base, diffFields, sameValue } from '../diff-fields';
import type { Change, Fields } from '../fields';

/** An entity of Inwink as read from it. */
export interface TargetEntity {
  id: string;
  fields: Fields;
}

/** What is known about an entity before anything is written. */
export interface EntitySituation {
  desired: Fields;
  /** Our link; null before the first agreement. */
  link: { targetId: string; base: Base; pausedFields: string[] } | null;
  /** The linked entity as it is now (null: it is gone), or without a link every entity that carries our reference. */
  found: TargetEntity[];
}

/** What to do with one entity of Inwink. Decided here only, so that a plan and a run cannot differ (promise 10). */
export type Assessment =
  | { kind: 'create'; changes: Change[]; patch: Fields }
  | { kind: 'adopt'; target: TargetEntity; changes: Change[]; patch: Fields }
  | { kind: 'update'; target: TargetEntity; changes: Change[]; patch: Fields }
  | { kind: 'unchanged'; target: TargetEntity }
  | { kind: 'gone' }
  | { kind: 'ambiguous'; ids: string[] };

/**
 * A linked entity is compared with all mapped fields; without a link one found entity is adopted, several are never
 * chosen from, and none means create.
 */
export function assessEntity(situation: EntitySituation): Assessment {
  const { desired, link, found } = situation;
  if (link !== null) {
    const target = found.find((entity) => entity.id === link.targetId);
    if (target === undefined) return { kind: 'gone' };
    const diff = diffFields({
      desired,
      actual: target.fields,
      base: link.base,
      pausedFields: link.pausedFields,
    });
    if (diff.changes.length === 0) return { kind: 'unchanged', target };
    return { kind: 'update', target, ...diff };
  }
  const [only, ...others] = found;
  if (only === undefined)
    return { kind: 'create', ...diffFields({ desired, actual: null, base: {}, pausedFields: [] }) };
  if (others.length > 0) return { kind: 'ambiguous', ids: found.map((entity) => entity.id) };
  const diff = diffFields({ desired, actual: only.fields, base: {}, pausedFields: [], rulePrefix: 'adopt' });
  return { kind: 'adopt', target: only, ...diff };
}

/**
 * The base after both sides were seen to agree without a write: fields that we never sent but that are already equal, and
 * those whose last write was acknowledged by nothing but the value that is there now.
 */
export function agreedBase(desired: Fields, actual: Fields, base: Base): Base {
  const agreed: Base = { ...base };
  for (const [field, value] of Object.entries(desired)) {
    const stored = actual[field] ?? null;
    const known = agreed[field];
    const isNews = known === undefined ? value !== null : !sameValue(known.sent, value);
    if (isNews && sameValue(value, stored)) agreed[field] = { sent: value, stored };
  }
  return agreed;
}

/** Whether a write clears something on the target, for the guard. */
export function blanksSomething(changes: Change[]): boolean {
  return changes.some(
    (change) =>
      (change.after === null || change.after === '') && change.before !== null && change.before !== '',
  );
}
