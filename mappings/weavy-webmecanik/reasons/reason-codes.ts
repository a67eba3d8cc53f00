import type { Language, ReasonText } from '../../reason-types';

/**
 * Every reason this pair gives for an outcome, an attention item or a refused plan line. The values are stored and
 * shown by the command line and the console: they are added to, never renamed.
 */
export const CrmReason = {
  // The record is not synchronised, and nothing is wrong.
  /** A person without an e-mail; told once for all of them. */
  noEmail: 'no-email',
  /** A company without the chosen key. */
  noKey: 'no-key',
  /** Unknown contacts of this kind do not become an Entrant (setting `create`). */
  notSelected: 'not-selected',
  /** Another record with the same key is the linked one; the set is told. */
  duplicateKey: 'duplicate-key',
  /** The object is not part of the mapping. */
  notMapped: 'not-mapped',
  /** An Entrant that nobody linked: Entrants are written, never read back. */
  entrantAlone: 'entrant-alone',
  deletedAtPlatform: 'deleted-at-platform',
  stoppedByDecision: 'stopped-by-decision',
  changedSincePlan: 'changed-since-plan',
  /** Another attempt works on the same record. */
  busyElsewhere: 'busy-elsewhere',
  /** An earlier create had no clear end, and the platform may not show it yet. */
  createUnsettled: 'create-unsettled',
  /** The contact's Tiers has no company in Mautic yet. */
  companyNotYet: 'company-not-yet',
  // Something about the records needs a person.
  unreadableRecord: 'unreadable-record',
  counterpartDeleted: 'counterpart-deleted',
  mergedInMautic: 'merged-in-mautic',
  duplicateSet: 'duplicate-set',
  codeTaken: 'code-taken',
  becameContact: 'became-contact',
  // Something about one field.
  emailTaken: 'email-taken',
  unknownValue: 'unknown-value',
  tooLong: 'too-long',
  malformedValue: 'malformed-value',
  fieldAltered: 'field-altered',
  fieldAlteredTwice: 'field-altered-twice',
  tieHeld: 'tie-held',
  // Something about the mapping or the rights.
  fieldGone: 'field-gone',
  fieldOftenPaused: 'field-often-paused',
  missingRight: 'missing-right',
  // The platforms.
  targetRefused: 'target-refused',
  targetFailing: 'target-failing',
  // The run as a whole.
  guardStopped: 'guard-stopped',
  accessLost: 'access-lost',
} as const;
export type CrmReason = (typeof CrmReason)[keyof typeof CrmReason];

export type ReasonTexts<Code extends CrmReason> = Readonly<
  Record<Code, Readonly<Record<Language, ReasonText>>>
>;
