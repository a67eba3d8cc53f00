import { commitContact, removeContact } from './commit';
import type { ContactRow, FieldValues } from './records';
import { isBlank } from './records';
import type { MauticWorld } from './world';

/** Which of two survives a merge: the one added first. */
export function olderFirst(a: ContactRow, b: ContactRow): [winner: ContactRow, loser: ContactRow] {
  if (a.dateAdded === b.dateAdded) return a.id < b.id ? [a, b] : [b, a];
  return a.dateAdded < b.dateAdded ? [a, b] : [b, a];
}

/**
 * Makes one contact of two: the newest filled values, the sum of the points, the winner's number and companies. The
 * loser is deleted, and its links to companies with it. Answers the winner.
 */
export function mergedContacts(world: MauticWorld, winner: ContactRow, loser: ContactRow): ContactRow {
  const [older, newer] = changedAt(loser) > changedAt(winner) ? [winner, loser] : [loser, winner];
  removeContact(world, loser);
  const known = new Set(winner.doNotContact.map(({ channel }) => channel));
  const added = loser.doNotContact.filter(({ channel }) => !known.has(channel));
  const after: ContactRow = {
    ...winner,
    fields: { ...newestFilled(older.fields, newer.fields), company: winner.fields.company ?? null },
    points: winner.points + loser.points,
    tags: [...new Set([...winner.tags, ...loser.tags])],
    segments: [...new Set([...winner.segments, ...loser.segments])],
    doNotContact: [...winner.doNotContact, ...added],
  };
  return commitContact(world, winner, after, 'person');
}

function changedAt(row: ContactRow): string {
  return row.dateModified ?? row.dateAdded;
}

function newestFilled(older: FieldValues, newer: FieldValues): FieldValues {
  const filled = Object.entries(newer).filter(([, value]) => !isBlank(value));
  return { ...older, ...Object.fromEntries(filled) };
}
