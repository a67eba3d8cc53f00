import type { Language } from '../mappings/reason-types';
import type { PersonView } from '../operations/people';
import { timeText } from './answer';
import { table } from './table';

/** What the commands about people say. */
export const PEOPLE_WORDS = {
  fr: {
    none: 'Personne n’a encore de compte : passerelle user add LOGIN --role administrator',
    login: 'Identifiant',
    name: 'Nom',
    role: 'Rôle',
    signsInBy: 'Connexion',
    state: 'État',
    lastLogin: 'Dernière connexion',
    enabled: 'actif',
    disabled: 'désactivé',
    password: 'mot de passe',
    oidc: 'OpenID Connect',
    link: 'lien seulement',
    added: 'Compte créé',
    isDisabled: 'Compte désactivé, ses sessions sont closes',
    isEnabled: 'Compte réactivé',
    hasRole: 'Rôle',
    hasPassword: 'Mot de passe changé, les sessions sont closes',
    invited: 'Lien de connexion, valable une fois jusqu’au',
  },
  en: {
    none: 'Nobody has an account yet: passerelle user add LOGIN --role administrator',
    login: 'Login',
    name: 'Name',
    role: 'Role',
    signsInBy: 'Signs in by',
    state: 'State',
    lastLogin: 'Last sign-in',
    enabled: 'active',
    disabled: 'disabled',
    password: 'password',
    oidc: 'OpenID Connect',
    link: 'link only',
    added: 'Account made',
    isDisabled: 'Account disabled, its sessions are ended',
    isEnabled: 'Account enabled',
    hasRole: 'Role',
    hasPassword: 'Password changed, sessions are ended',
    invited: 'Sign-in link, good for one use until',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Everybody who has an account, as a table. */
export function peopleText(people: readonly PersonView[], language: Language): string {
  const words = PEOPLE_WORDS[language];
  if (people.length === 0) return words.none;
  return table(
    [words.login, words.name, words.role, words.signsInBy, words.state, words.lastLogin].map((head) => ({
      head,
    })),
    people.map(({ login, name, role, signsInBy, disabledAt, lastLoginAt }) => [
      login,
      name,
      role,
      words[signsInBy],
      disabledAt === null ? words.enabled : words.disabled,
      timeText(lastLoginAt, language),
    ]),
  );
}
