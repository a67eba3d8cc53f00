import type { Language } from '../../../mappings/reason-types';

const FR = {
  title: 'Mon compte',
  who: 'Qui vous êtes ici',
  login: 'Identifiant',
  name: 'Nom',
  role: 'Rôle',
  roleHint: 'Une personne qui administre peut le changer.',
  lastLogin: 'Connexion',
  language: 'Langue',
  languageOf: 'Langue des pages',
  languages: { fr: 'français', en: 'anglais' } satisfies Record<Language, string>,
  choose: 'Choisir',
  languageChosen: 'Les pages sont en français.',
  password: 'Mot de passe',
  firstPassword: 'Choisir un mot de passe',
  firstPasswordText:
    'Le lien par lequel vous êtes entré ne sert qu’une fois : sans mot de passe, il vous en faudra un autre pour revenir.',
  passwordHint: 'Au moins 12 caractères ; quelques mots sans rapport entre eux conviennent.',
  byOrganisation:
    'Vous entrez avec le compte de votre organisation : c’est là que se change le mot de passe.',
  current: 'Mot de passe actuel',
  next: 'Nouveau mot de passe',
  again: 'Le même, une seconde fois',
  change: 'Changer le mot de passe',
  changeHint: 'Vos autres navigateurs seront déconnectés.',
  different: 'Les deux saisies du nouveau mot de passe diffèrent.',
  changed: 'Le mot de passe est changé, et vos autres navigateurs sont déconnectés.',
  chosen: 'Votre mot de passe est choisi. Bienvenue !',
  elsewhere: 'Autres navigateurs',
  elsewhereText: 'Si vous avez laissé une session ouverte ailleurs, fermez-la d’ici.',
  signOutElsewhere: 'Se déconnecter partout ailleurs',
  signedOut: 'Vous n’êtes plus connecté que dans ce navigateur.',
};

export type AccountWords = typeof FR;

const EN: AccountWords = {
  title: 'My account',
  who: 'Who you are here',
  login: 'Login',
  name: 'Name',
  role: 'Role',
  roleHint: 'An administrator can change it.',
  lastLogin: 'Signed in',
  language: 'Language',
  languageOf: 'Language of the pages',
  languages: { fr: 'French', en: 'English' },
  choose: 'Choose',
  languageChosen: 'The pages are in English.',
  password: 'Password',
  firstPassword: 'Choose a password',
  firstPasswordText:
    'The link that let you in works once: without a password you will need another one to come back.',
  passwordHint: 'At least 12 characters; a few unrelated words will do.',
  byOrganisation: 'You come in with the account of your organisation: the password is changed there.',
  current: 'Current password',
  next: 'New password',
  again: 'The same, once more',
  change: 'Change the password',
  changeHint: 'Your other browsers will be signed out.',
  different: 'The new password was not typed the same twice.',
  changed: 'The password is changed, and your other browsers are signed out.',
  chosen: 'Your password is chosen. Welcome!',
  elsewhere: 'Other browsers',
  elsewhereText: 'If you left a session open elsewhere, close it from here.',
  signOutElsewhere: 'Sign out everywhere else',
  signedOut: 'You are signed in here only.',
};

export const ACCOUNT_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, AccountWords>;
