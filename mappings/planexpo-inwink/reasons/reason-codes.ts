import type { Language, ReasonText } from '../../reason-types';

/**
 * Every reason this pair gives for an outcome, an attention item or a refused plan line. The values are stored and
 * shown by the command line and the console: they are added to, never renamed.
 */
export const ReasonCode = {
  // The dossier is not to be synchronised, or not yet.
  draft: 'draft',
  notValidated: 'not-validated',
  cancelled: 'cancelled',
  refused: 'refused',
  testDossier: 'test-dossier',
  parentIsTest: 'parent-is-test',
  beingEdited: 'being-edited',
  parentNotThere: 'parent-not-there',
  parentHeld: 'parent-held',
  stoppedByDecision: 'stopped-by-decision',
  keptByDecision: 'kept-by-decision',
  // Something about the dossier needs a person.
  unknownStatus: 'unknown-status',
  unreadableRecord: 'unreadable-record',
  missingName: 'missing-name',
  depth: 'depth',
  cancelledAfterSync: 'cancelled-after-sync',
  refusedAfterSync: 'refused-after-sync',
  deletedAtSource: 'deleted-at-source',
  cancelledParent: 'cancelled-parent',
  noEmail: 'no-email',
  malformedEmail: 'malformed-email',
  malformedValue: 'malformed-value',
  unknownValue: 'unknown-value',
  sharedEmailDiffers: 'shared-email-differs',
  // Something about Inwink needs a person.
  targetDeleted: 'target-deleted',
  participantDeleted: 'participant-deleted',
  ambiguousTarget: 'ambiguous-target',
  duplicateTarget: 'duplicate-target',
  participantExists: 'participant-exists',
  targetRefused: 'target-refused',
  targetFailing: 'target-failing',
  fieldAltered: 'field-altered',
  fieldAlteredTwice: 'field-altered-twice',
  // Products and the mask.
  productDrift: 'product-drift',
  productMissingAtTarget: 'product-missing-at-target',
  quantityHigherAtTarget: 'quantity-higher-at-target',
  malformedQuantity: 'malformed-quantity',
  unmappedProduct: 'unmapped-product',
  maskMissing: 'mask-missing',
  // The run as a whole.
  changedSincePlan: 'changed-since-plan',
  guardStopped: 'guard-stopped',
  accessLost: 'access-lost',
} as const;
export type ReasonCode = (typeof ReasonCode)[keyof typeof ReasonCode];

export type ReasonTexts<Code extends ReasonCode> = Readonly<
  Record<Code, Readonly<Record<Language, ReasonText>>>
>;
