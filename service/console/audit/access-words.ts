import { ROLE_NAMES, type Role } from '../../../db/accounts';
import { timeText, type View } from '../view';
import { FRAME_WORDS } from '../words';

type Words = Readonly<Record<View['language'], string>>;

/** What can be told of access; those of earlier releases are shown as they are. */
const OPERATIONS: Readonly<Record<string, Words>> = {
  'sign-in': { fr: 'Connexion', en: 'Signed in' },
  'sign-in-failed': { fr: 'Connexion refusée', en: 'Sign-in refused' },
  'sign-in-throttled': { fr: 'Trop d’essais, mis en attente', en: 'Too many attempts, made to wait' },
  'sign-out': { fr: 'Déconnexion', en: 'Signed out' },
  'person-added': { fr: 'Personne ajoutée', en: 'Person added' },
  'person-linked': { fr: 'Compte relié à celui de l’organisation', en: 'Account tied to the organisation’s' },
  'role-changed': { fr: 'Rôle changé', en: 'Role changed' },
  'person-disabled': { fr: 'Compte désactivé', en: 'Account disabled' },
  'person-enabled': { fr: 'Compte réactivé', en: 'Account enabled' },
  'password-changed': { fr: 'Mot de passe changé', en: 'Password changed' },
  'password-removed': { fr: 'Mot de passe retiré', en: 'Password removed' },
  'language-changed': { fr: 'Langue changée', en: 'Language changed' },
  invited: { fr: 'Lien de connexion donné', en: 'Sign-in link given' },
  'token-created': { fr: 'Jeton créé', en: 'Token made' },
  'token-revoked': { fr: 'Jeton révoqué', en: 'Token revoked' },
  forget: { fr: 'Données d’une personne effacées', en: 'A person’s data removed' },
};

/** What the audit of access can be narrowed to. */
export const ACCESS_OPERATIONS: readonly string[] = Object.keys(OPERATIONS);

export function operationText(operation: string, { language }: View): string {
  return OPERATIONS[operation]?.[language] ?? operation;
}

const NAMES: Readonly<Record<string, Words>> = {
  by: { fr: 'par', en: 'by' },
  reason: { fr: 'motif', en: 'reason' },
  address: { fr: 'adresse', en: 'address' },
  waitSeconds: { fr: 'attente (s)', en: 'wait (s)' },
  role: { fr: 'rôle', en: 'role' },
  scope: { fr: 'portée', en: 'scope' },
  expiresAt: { fr: 'expire', en: 'expires' },
  where: { fr: 'où', en: 'where' },
};

const VALUES: Readonly<Record<string, Words>> = {
  password: { fr: 'mot de passe', en: 'password' },
  link: { fr: 'lien', en: 'link' },
  oidc: { fr: 'compte de l’organisation', en: 'account of the organisation' },
  'unknown login': { fr: 'identifiant inconnu', en: 'unknown login' },
  'wrong password': { fr: 'mauvais mot de passe', en: 'wrong password' },
  disabled: { fr: 'compte désactivé', en: 'disabled account' },
  'no-role': { fr: 'aucun rôle attribué', en: 'no role given' },
  taken: {
    fr: 'compte existant avec un autre moyen de connexion',
    en: 'account with another way to sign in',
  },
  elsewhere: { fr: 'partout ailleurs', en: 'everywhere else' },
  read: { fr: 'lire', en: 'read' },
  operate: { fr: 'exploiter', en: 'operate' },
  administer: { fr: 'administrer', en: 'administer' },
  fr: { fr: 'français', en: 'French' },
  en: { fr: 'anglais', en: 'English' },
};

/** What an act of access says beside who and whom: `lecture → exploitation`. */
export function detailText(detail: Readonly<Record<string, unknown>>, view: View): string {
  const { before, after, ...rest } = detail;
  const moved =
    after === undefined
      ? []
      : [
          [before, after]
            .filter(isTold)
            .map((each) => wordOf(each, view))
            .join(' → '),
        ];
  const told = Object.entries(rest)
    .filter(([, value]) => isTold(value))
    .map(([name, value]) => `${NAMES[name]?.[view.language] ?? name} ${wordOf(value, view)}`);
  return [...moved, ...told].join(', ');
}

const isTold = (value: unknown) => value !== null && value !== undefined;

function wordOf(value: unknown, view: View): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isRole(value)) return FRAME_WORDS[view.language].roles[value];
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return timeText(new Date(value), view);
  return VALUES[value]?.[view.language] ?? value;
}

const isRole = (value: string): value is Role => ROLE_NAMES.some((role) => role === value);
