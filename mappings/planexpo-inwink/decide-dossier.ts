import { type Dossier, KNOWN_STATUSES } from './dossier';
import { ReasonCode, reasonWeight } from './reasons';
import type { DecisionCode } from './reasons/decision-offers';

/** What was found about the exhibitor of a co-exhibitor. */
export type ParentSituation =
  /** The dossier has no parent. */
  | 'none'
  /** In Inwink; also while its own editing is re-opened. */
  | 'linked'
  /** Known, not in Inwink yet. */
  | 'not-there-yet'
  /** Waits for a person, or was refused. */
  | 'held'
  | 'test'
  /** Cancelled or refused. */
  | 'cancelled'
  | 'itself-a-child'
  | 'deleted'
  /** Not among the dossiers read so far: nothing can be said. */
  | 'unknown';

export interface DossierSituation {
  /** `null` once the source says that the dossier is deleted; never because a read was partial. */
  dossier: Pick<Dossier, 'id' | 'publicId' | 'parentId' | 'status' | 'isTest'> | null;
  /** Private or public ids that the operator declares to be tests. */
  testDossiers: readonly string[];
  /** What becomes of a partner whose dossier is cancelled, refused or deleted. */
  whenCancelled: 'flag' | 'unpublish';
  /** How the partner came to be linked; `created` also when a create was found again after its lost reply. */
  link: { origin: 'created' | 'adopted' | 'relinked' } | null;
  parent: ParentSituation;
  /** Reasons of the dossier's open attention items. */
  openReasons: readonly ReasonCode[];
  /** The last answer a person gave that still stands: only `stop`, `keep` and `unpublish` matter here. */
  standing: DecisionCode | null;
}

/** Outcomes that need no call to the target (design: outcome words). */
export type SettledOutcome = 'skipped' | 'waiting' | 'held' | 'refused' | 'unchanged';

/** What a run does with one dossier. */
export type Decision =
  | { kind: 'sync' }
  /** Turn the partner into a draft; it was created by this sync, or a person asked for it. */
  | { kind: 'withdraw'; reason: ReasonCode }
  | { kind: 'settled'; outcome: SettledOutcome; reason: ReasonCode };

/**
 * Decides without looking at any field. Only validated dossiers are synchronised (seed); re-opened editing leaves the
 * partner alone, cancelled, refused and deleted ones follow the policy (settled questions 9 and 16). A dossier that
 * was never linked is simply out of scope in each of these cases.
 */
export function decideDossier(situation: DossierSituation): Decision {
  const { dossier, link } = situation;
  if (situation.standing === 'stop') return settled('skipped', ReasonCode.stoppedByDecision);
  if (dossier !== null && isTest(dossier, situation)) return settled('skipped', ReasonCode.testDossier);
  if (dossier !== null && !isKnownStatus(dossier.status)) return settled('held', ReasonCode.unknownStatus);

  const blocking = situation.openReasons.find((code) => reasonWeight(code) === 'blocks');
  if (blocking !== undefined && (link !== null || dossier?.status === 'validated'))
    return settled('held', blocking);

  if (dossier === null) return afterTheEnd(situation, ReasonCode.deletedAtSource, ReasonCode.deletedAtSource);
  switch (dossier.status) {
    case 'draft':
      return beforeValidation(link, ReasonCode.draft);
    case 'submitted':
      return beforeValidation(link, ReasonCode.notValidated);
    case 'cancelled':
      return afterTheEnd(situation, ReasonCode.cancelledAfterSync, ReasonCode.cancelled);
    case 'refused':
      return afterTheEnd(situation, ReasonCode.refusedAfterSync, ReasonCode.refused);
    default:
      return byParent(dossier, situation);
  }
}

/** Editing that was re-opened leaves the partner as it is (settled question 9). */
function beforeValidation(link: DossierSituation['link'], neverLinked: ReasonCode): Decision {
  return link === null ? settled('skipped', neverLinked) : settled('waiting', ReasonCode.beingEdited);
}

/** A validated dossier: what its exhibitor allows (settled question 16). */
function byParent(dossier: { id: string; parentId: string | null }, situation: DossierSituation): Decision {
  if (dossier.parentId === null) return { kind: 'sync' };
  if (dossier.parentId === dossier.id) return settled('refused', ReasonCode.depth);
  switch (situation.parent) {
    case 'linked':
      return { kind: 'sync' };
    case 'none': // contradicts the parent id: as good as unknown
    case 'unknown':
    case 'not-there-yet':
      return settled('waiting', ReasonCode.parentNotThere);
    case 'held':
      return settled('waiting', ReasonCode.parentHeld);
    case 'test':
      return settled('skipped', ReasonCode.parentIsTest);
    case 'itself-a-child':
      return settled('refused', ReasonCode.depth);
    case 'cancelled':
    case 'deleted':
      return underCancelledParent(situation);
  }
}

/** A live child of a cancelled parent is a question even when it never reached Inwink: somebody still counts on it. */
function underCancelledParent(situation: DossierSituation): Decision {
  if (situation.link === null && situation.whenCancelled === 'flag' && situation.standing !== 'keep') {
    return settled('held', ReasonCode.cancelledParent);
  }
  return afterTheEnd(situation, ReasonCode.cancelledParent, ReasonCode.cancelledParent);
}

/**
 * The dossier left the validated ones for good. A person's answer comes before the policy, and the policy withdraws
 * only what this sync created (promise 4): for any other partner it asks.
 */
function afterTheEnd(situation: DossierSituation, linked: ReasonCode, neverLinked: ReasonCode): Decision {
  const { link, standing } = situation;
  if (link === null) return settled('skipped', neverLinked);
  if (standing === 'keep') return settled('skipped', ReasonCode.keptByDecision);
  if (standing === 'unpublish') return { kind: 'withdraw', reason: linked };
  if (situation.whenCancelled === 'unpublish' && link.origin === 'created')
    return { kind: 'withdraw', reason: linked };
  return settled('held', linked);
}

function settled(outcome: SettledOutcome, reason: ReasonCode): Decision {
  return { kind: 'settled', outcome, reason };
}

function isTest(
  dossier: { id: string; publicId: string; isTest: boolean },
  situation: DossierSituation,
): boolean {
  const { testDossiers } = situation;
  return (
    dossier.isTest ||
    testDossiers.includes(dossier.id) ||
    (dossier.publicId !== '' && testDossiers.includes(dossier.publicId))
  );
}

/** Exactly as Planexpo spells it: a status that only looks like a known one is not guessed. */
function isKnownStatus(status: string): boolean {
  return KNOWN_STATUSES.some((known) => known === status);
}
