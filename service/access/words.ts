import type { Language } from '../../mappings/reason-types';

const FR = {
  signIn: 'Se connecter',
  login: 'Identifiant',
  password: 'Mot de passe',
  otherLanguage: 'English',
  with: (label: string) => `Se connecter avec ${label}`,
  refused: 'Identifiant ou mot de passe incorrect.',
  throttled: (minutes: number) =>
    `Trop d’essais : réessayez dans ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  foreign: 'Cette demande ne vient pas de cette page : rechargez-la et recommencez.',
  onceTitle: 'Lien de connexion',
  onceText: 'Ce lien vous connecte une seule fois.',
  onceOver:
    'Ce lien a déjà servi, ou n’est plus valable. Demandez-en un autre à une personne qui administre.',
  oidcTitle: 'Connexion impossible',
  oidcAway: 'Le service de connexion ne répond pas. Réessayez dans un moment.',
  oidcFailed:
    'La connexion n’a pas abouti : elle a été interrompue, a trop duré, ou vient d’une autre fenêtre. Recommencez.',
  oidcRefusals: {
    'no-role':
      'Vous êtes bien reconnu, mais aucun rôle ne vous est attribué ici. Demandez-en un à une personne qui administre.',
    taken:
      'Un compte de ce nom existe déjà ici avec un autre moyen de connexion. Adressez-vous à une personne qui administre.',
    disabled: 'Votre compte est désactivé. Adressez-vous à une personne qui administre.',
  },
  back: 'Revenir à la connexion',
};

type Words = typeof FR;

const EN: Words = {
  signIn: 'Sign in',
  login: 'Login',
  password: 'Password',
  otherLanguage: 'Français',
  with: (label) => `Sign in with ${label}`,
  refused: 'Wrong login or password.',
  throttled: (minutes) =>
    `Too many attempts: try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  foreign: 'This request does not come from this page: load it again, then repeat it.',
  onceTitle: 'Sign-in link',
  onceText: 'This link signs you in once.',
  onceOver: 'This link was used already, or is over. Ask an administrator for another one.',
  oidcTitle: 'Cannot sign in',
  oidcAway: 'The sign-in service does not answer. Try again in a moment.',
  oidcFailed:
    'Signing in did not come to its end: it was broken off, took too long, or belongs to another window. Begin again.',
  oidcRefusals: {
    'no-role': 'We know who you are, but you have no role here. Ask an administrator for one.',
    taken:
      'There is an account of that name here already, with another way to sign in. Ask an administrator.',
    disabled: 'Your account is disabled. Ask an administrator.',
  },
  back: 'Back to sign-in',
};

export const ACCESS_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, Words>;
