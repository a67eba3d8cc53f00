import type { DecisionOffer } from './reason-types';

/** Answers that mean the same for every pair. */
export const SHARED_DECISIONS = {
  'allow-once': {
    code: 'allow-once',
    label: { fr: 'Autoriser une fois', en: 'Allow once' },
    effect: {
      fr: 'Laisse le prochain passage dépasser la limite, une seule fois.',
      en: 'Lets the next run go beyond the limit, one single time.',
    },
  },
  acknowledge: {
    code: 'acknowledge',
    label: { fr: 'J’ai vu', en: 'Acknowledge' },
    effect: {
      fr: 'Classe ce point sans rien changer ; il revient si la situation se présente à nouveau.',
      en: 'Closes this item and changes nothing; it comes back if the situation arises anew.',
    },
  },
} as const satisfies Record<string, DecisionOffer>;
