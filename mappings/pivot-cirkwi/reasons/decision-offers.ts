import type { DecisionOffer as AnyDecisionOffer } from '../../reason-types';
import { SHARED_DECISIONS } from '../../shared-decisions';
import type { OfferReason } from './reason-codes';

/** What a person can answer to an attention item. */
export type OfferDecisionCode =
  | 'withdraw'
  | 'keep'
  | 'return-track'
  | 'keep-ours'
  | 'retry'
  | 'stop'
  | 'allow-once'
  | 'acknowledge';

export interface DecisionOffer extends AnyDecisionOffer {
  code: OfferDecisionCode;
}

const OFFERS: Readonly<Record<OfferDecisionCode, DecisionOffer>> = {
  withdraw: {
    code: 'withdraw',
    label: { fr: 'Retirer du flux', en: 'Withdraw from the feed' },
    effect: {
      fr: 'Retire l’offre du flux ; Cirkwi la supprime à son prochain import.',
      en: 'Takes the offer out of the feed; Cirkwi deletes it at its next import.',
    },
  },
  keep: {
    code: 'keep',
    label: { fr: 'Garder dans le flux', en: 'Keep in the feed' },
    effect: {
      fr: 'Laisse l’offre dans le flux telle quelle, sans autre mise à jour tant qu’elle n’est pas revenue dans la requête.',
      en: 'Leaves the offer in the feed as it is, with no further update until it is back in the query.',
    },
  },
  'return-track': {
    code: 'return-track',
    label: { fr: 'Reprendre le tracé dans PIVOT', en: 'Bring the track into PIVOT' },
    effect: {
      fr: 'Remplace le tracé de PIVOT par celui dessiné dans Cirkwi ; les deux restent téléchargeables.',
      en: 'Replaces PIVOT’s track with the one drawn in Cirkwi; both can still be downloaded.',
    },
  },
  'keep-ours': {
    code: 'keep-ours',
    label: { fr: 'Garder le tracé de PIVOT', en: 'Keep PIVOT’s track' },
    effect: {
      fr: 'Laisse PIVOT tel quel ; l’import suivant remet son tracé dans Cirkwi. Le dessin reste téléchargeable.',
      en: 'Leaves PIVOT as it is; the next import puts its track back in Cirkwi. The drawing can still be downloaded.',
    },
  },
  retry: {
    code: 'retry',
    label: { fr: 'Réessayer', en: 'Try again' },
    effect: {
      fr: 'Relit les deux plateformes et tente à nouveau.',
      en: 'Reads both platforms again and tries once more.',
    },
  },
  stop: {
    code: 'stop',
    label: { fr: 'Arrêter pour cette offre', en: 'Stop for this offer' },
    effect: {
      fr: 'Ne synchronise plus cette offre ; elle reste dans le flux telle qu’elle y est, ou en reste absente.',
      en: 'No longer synchronises this offer; it stays in the feed as it is there, or stays out of it.',
    },
  },
  ...SHARED_DECISIONS,
};

/** Reasons that offer more than to be acknowledged. */
const BY_REASON: Readonly<Partial<Record<OfferReason, readonly OfferDecisionCode[]>>> = {
  'unreadable-record': ['retry', 'acknowledge'],
  'left-query': ['withdraw', 'keep'],
  'track-refused': ['retry', 'acknowledge'],
  'track-edited': ['return-track', 'keep-ours'],
  'track-kept': ['return-track', 'acknowledge'],
  'track-conflict': ['return-track', 'keep-ours'],
  'track-return-held': ['retry', 'keep-ours'],
  'track-unpublished': ['retry', 'keep-ours'],
  'track-look-failed': ['retry', 'acknowledge'],
  'not-verified': ['retry', 'acknowledge'],
  'identity-ambiguous': ['retry', 'acknowledge'],
  'target-refused': ['retry', 'stop'],
  'target-failing': ['retry', 'stop'],
  'guard-stopped': ['allow-once', 'acknowledge'],
  'access-lost': ['retry', 'acknowledge'],
};

/** The offers of a reason that raises an attention item, most helpful first. */
export function offersOf(code: OfferReason): DecisionOffer[] {
  return (BY_REASON[code] ?? ['acknowledge']).map((decision) => OFFERS[decision]);
}
