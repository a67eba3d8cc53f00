import type { Scope } from '../../../db/api-tokens';
import type { Language } from '../../../mappings/reason-types';
import type { PersonView } from '../../../operations/people';
import type { RefusalKind } from '../../../operations/refusal';
import type { TokenView } from '../../../operations/tokens';

/** What an administrator does on this page. */
export type Act = 'add' | 'role' | 'disable' | 'enable' | 'invite' | 'token' | 'revoke';

const FR = {
  title: 'Personnes et jetons',
  lead: 'Qui peut entrer ici, et quels programmes peuvent s’adresser au service.',
  people: 'Personnes',
  peopleCaption: 'Comptes, par identifiant',
  login: 'Identifiant',
  name: 'Nom',
  role: 'Rôle',
  roleOf: (name: string) => `Rôle de ${name}`,
  changeRole: 'Changer',
  signsIn: 'Connexion',
  signsInBy: {
    password: 'mot de passe',
    oidc: 'compte de l’organisation',
    link: 'lien, sans mot de passe encore',
  } satisfies Record<PersonView['signsInBy'], string>,
  lastLogin: 'Dernière connexion',
  never: 'jamais',
  state: 'État',
  active: 'actif',
  disabled: 'désactivé',
  actions: 'Actions',
  you: '(vous)',
  disable: 'Désactiver',
  disableConfirm:
    'Cette personne sera déconnectée partout et ne pourra plus entrer, et les jetons qu’elle a créés seront révoqués. Continuer ?',
  enable: 'Réactiver',
  invite: 'Nouveau lien',
  forgotten: 'Mot de passe oublié : nouveau lien',
  forgottenConfirm:
    'Le mot de passe actuel de cette personne cessera de servir et elle sera déconnectée partout. Continuer ?',
  addPerson: 'Ajouter une personne',
  addHint:
    'Un lien à lui remettre est montré une seule fois. Il lui permet d’entrer et de choisir un mot de passe.',
  add: 'Ajouter et montrer le lien',
  loginHint: 'Lettres, chiffres et . _ + - @, sans espace',
  language: 'Langue',
  languages: { fr: 'français', en: 'anglais' } satisfies Record<Language, string>,
  tokens: 'Jetons',
  tokensCaption: 'Jetons en service, du plus récent au plus ancien',
  endedTokens: (n: number) => `Jetons révoqués ou expirés (${n})`,
  endedCaption: 'Jetons qui ne servent plus, les derniers d’abord',
  noToken: 'Aucun jeton n’est en service.',
  tokenStart: 'Début',
  scope: 'Portée',
  scopes: {
    read: 'lire',
    operate: 'exploiter : passages, décisions, masques, correspondances',
    administer: 'administrer : personnes et jetons aussi',
  } satisfies Record<Scope, string>,
  madeBy: 'Créé par',
  lastUsed: 'Dernier usage',
  expires: 'Expire',
  noExpiry: 'sans terme',
  ended: 'Fin',
  states: { active: 'en service', expired: 'expiré', revoked: 'révoqué' } satisfies Record<
    TokenView['state'],
    string
  >,
  revoke: 'Révoquer',
  revokeConfirm: 'Le programme qui se sert de ce jeton sera refusé dès sa prochaine demande. Continuer ?',
  addToken: 'Créer un jeton',
  tokenHint: 'Le jeton est montré une seule fois. Le journal nomme ce qu’il fait par le nom donné ici.',
  tokenNameHint: 'Lettres, chiffres, espaces et . _ -, et pas seulement des chiffres',
  lasts: 'Durée',
  lives: { '30': '30 jours', '90': '90 jours', '365': 'un an', none: 'sans terme' },
  create: 'Créer et montrer le jeton',
  linkTitle: 'Lien de connexion',
  linkFor: (name: string, login: string) => `Pour ${name} (${login}).`,
  linkText:
    'Copiez ce lien maintenant et remettez-le à cette personne seule : il n’est montré qu’une fois et n’est gardé nulle part. Il sert une seule fois, au plus tard le',
  link: 'Lien à copier',
  tokenTitle: 'Nouveau jeton',
  tokenText:
    'Copiez ce jeton maintenant et rangez-le parmi les secrets du programme : il n’est montré qu’une fois et n’est gardé nulle part.',
  token: 'Jeton à copier',
  tokenUse: 'Le programme l’envoie avec chaque demande, dans l’en-tête',
  done: 'Revenir aux personnes et aux jetons',
  roleChanged: (name: string, role: string) => `${name} a maintenant le rôle « ${role} ».`,
  personDisabled: (name: string) => `${name} ne peut plus entrer.`,
  personEnabled: (name: string) => `${name} peut à nouveau entrer.`,
  tokenRevoked: (name: string) => `Le jeton « ${name} » est révoqué.`,
  repeated:
    'Cette demande avait déjà été faite : rien n’a été refait. Ce qui a été montré une fois ne l’est plus ; s’il est perdu, demandez-en un autre.',
  unreadable: 'Des valeurs manquent ou ne conviennent pas.',
};

export type PeopleWords = typeof FR;

const EN: PeopleWords = {
  title: 'People and tokens',
  lead: 'Who may come in here, and which programs may ask the service.',
  people: 'People',
  peopleCaption: 'Accounts, by login',
  login: 'Login',
  name: 'Name',
  role: 'Role',
  roleOf: (name) => `Role of ${name}`,
  changeRole: 'Change',
  signsIn: 'Signs in by',
  signsInBy: { password: 'password', oidc: 'account of the organisation', link: 'link, no password yet' },
  lastLogin: 'Last sign-in',
  never: 'never',
  state: 'State',
  active: 'active',
  disabled: 'disabled',
  actions: 'Actions',
  you: '(you)',
  disable: 'Disable',
  disableConfirm:
    'This person will be signed out everywhere and cannot come in any more, and the tokens they made will be revoked. Go on?',
  enable: 'Enable',
  invite: 'New link',
  forgotten: 'Lost password: new link',
  forgottenConfirm:
    'The current password of this person will stop working, and they will be signed out everywhere. Go on?',
  addPerson: 'Add a person',
  addHint: 'A link to hand over is shown once. It lets them in, and they choose a password.',
  add: 'Add and show the link',
  loginHint: 'Letters, digits and . _ + - @, without spaces',
  language: 'Language',
  languages: { fr: 'French', en: 'English' },
  tokens: 'Tokens',
  tokensCaption: 'Tokens in use, the newest first',
  endedTokens: (n) => `Revoked or expired tokens (${n})`,
  endedCaption: 'Tokens that are over, the latest first',
  noToken: 'No token is in use.',
  tokenStart: 'Begins with',
  scope: 'Scope',
  scopes: {
    read: 'read',
    operate: 'operate: runs, decisions, masks, mappings',
    administer: 'administer: people and tokens too',
  },
  madeBy: 'Made by',
  lastUsed: 'Last used',
  expires: 'Expires',
  noExpiry: 'no end',
  ended: 'Ended',
  states: { active: 'in use', expired: 'expired', revoked: 'revoked' },
  revoke: 'Revoke',
  revokeConfirm: 'The program that uses this token will be refused from its next request on. Go on?',
  addToken: 'Make a token',
  tokenHint: 'The token is shown once. The audit names what it does by the name given here.',
  tokenNameHint: 'Letters, digits, spaces and . _ -, and not digits alone',
  lasts: 'Lasts',
  lives: { '30': '30 days', '90': '90 days', '365': 'a year', none: 'no end' },
  create: 'Make and show the token',
  linkTitle: 'Sign-in link',
  linkFor: (name, login) => `For ${name} (${login}).`,
  linkText:
    'Copy this link now and hand it to this person alone: it is shown once and kept nowhere. It works once, at the latest on',
  link: 'Link to copy',
  tokenTitle: 'New token',
  tokenText:
    'Copy this token now and keep it with the secrets of the program: it is shown once and kept nowhere.',
  token: 'Token to copy',
  tokenUse: 'The program sends it with each request, in the header',
  done: 'Back to people and tokens',
  roleChanged: (name, role) => `${name} now has the role “${role}”.`,
  personDisabled: (name) => `${name} cannot come in any more.`,
  personEnabled: (name) => `${name} can come in again.`,
  tokenRevoked: (name) => `The token “${name}” is revoked.`,
  repeated:
    'This was asked for already: nothing was done again. What was shown once is not shown twice; if it is lost, ask for another one.',
  unreadable: 'Values are missing, or do not fit.',
};

export const PEOPLE_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, PeopleWords>;

const LAST = {
  fr: 'C’est la dernière personne qui administre et peut entrer : donnez d’abord ce rôle à une autre.',
  en: 'This is the last administrator who can sign in: make somebody else one first.',
};
const GONE = { fr: 'Il n’y a plus de tel compte.', en: 'There is no such account any more.' };
const NO_TOKEN = {
  fr: 'Il n’y a plus de tel jeton en service.',
  en: 'There is no such token in use any more.',
};

/** Why an act was refused, where the act says more than the kind of the refusal. */
const REFUSED: Readonly<Record<Act, Partial<Record<RefusalKind, Readonly<Record<Language, string>>>>>> = {
  add: {
    conflict: { fr: 'Cet identifiant est déjà pris.', en: 'This login is taken already.' },
    invalid: {
      fr: 'Un identifiant compte 1 à 100 lettres, chiffres et . _ + - @, sans espace ; un nom, 200 caractères au plus.',
      en: 'A login has 1 to 100 letters, digits and . _ + - @, and no spaces; a name has at most 200 characters.',
    },
  },
  role: { conflict: LAST, 'not-found': GONE },
  disable: { conflict: LAST, 'not-found': GONE },
  enable: { 'not-found': GONE },
  invite: {
    conflict: {
      fr: 'Ce compte est désactivé : réactivez-le d’abord.',
      en: 'This account is disabled: enable it first.',
    },
    'not-found': GONE,
  },
  token: {
    conflict: {
      fr: 'Un jeton en service porte déjà ce nom : révoquez-le d’abord, ou choisissez un autre nom.',
      en: 'A token in use has this name already: revoke it first, or take another name.',
    },
    invalid: {
      fr: 'Le nom d’un jeton compte 1 à 63 lettres, chiffres, espaces et . _ -, et pas seulement des chiffres.',
      en: 'The name of a token has 1 to 63 letters, digits, spaces and . _ -, and not digits alone.',
    },
  },
  revoke: { 'not-found': NO_TOKEN },
};

/** Null where the act has no words of its own for it. */
export function refusedText(act: Act, kind: RefusalKind, language: Language): string | null {
  return REFUSED[act][kind]?.[language] ?? null;
}
