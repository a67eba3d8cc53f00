import type { Language, ReasonText } from '../../reason-types';

/**
 * Every reason this pair gives for an outcome, an attention item or a refused plan line. The values are stored and
 * shown by the command line and the console: they are added to, never renamed.
 */
export const OfferReason = {
  // The offer is not to be published, or no longer; nothing is wrong.
  notTicked: 'not-ticked',
  notPublishable: 'not-publishable',
  archived: 'archived',
  beingEdited: 'being-edited',
  filterWithoutTag: 'filter-without-tag',
  tagWithoutFilter: 'tag-without-filter',
  outsideQuery: 'outside-query',
  unticked: 'unticked',
  deletedAtSource: 'deleted-at-source',
  noLongerPublishable: 'no-longer-publishable',
  stoppedByDecision: 'stopped-by-decision',
  keptByDecision: 'kept-by-decision',
  changedSincePlan: 'changed-since-plan',
  // Something about the offer in PIVOT needs a person.
  unreadableRecord: 'unreadable-record',
  missingName: 'missing-name',
  leftQuery: 'left-query',
  unknownCode: 'unknown-code',
  // Its track.
  noTrack: 'no-track',
  severalTracks: 'several-tracks',
  trackRefused: 'track-refused',
  trackUnavailable: 'track-unavailable',
  // The track's way back from Cirkwi.
  trackEdited: 'track-edited',
  trackConflict: 'track-conflict',
  trackReturnHeld: 'track-return-held',
  trackUnpublished: 'track-unpublished',
  trackKept: 'track-kept',
  trackLookFailed: 'track-look-failed',
  drawingLeftOver: 'drawing-left-over',
  // Something about Cirkwi needs a person.
  notVerified: 'not-verified',
  editedInCirkwi: 'edited-in-cirkwi',
  identityAmbiguous: 'identity-ambiguous',
  targetRefused: 'target-refused',
  targetFailing: 'target-failing',
  // The run as a whole.
  guardStopped: 'guard-stopped',
  accessLost: 'access-lost',
} as const;
export type OfferReason = (typeof OfferReason)[keyof typeof OfferReason];

export type ReasonTexts<Code extends OfferReason> = Readonly<
  Record<Code, Readonly<Record<Language, ReasonText>>>
>;
