import type { PreflightCheck } from '../preflight-check';
import type { Language } from '../reason-types';
import type { Side } from './crm-record';
import { SIDE_NAMES } from './mapping-problem';

/** Webmecanik's floor in the customer's text is its release of 2020/09, which is a Mautic 3. */
const OLDEST_MAUTIC = 3;
/** Beyond this the order of two edits made close to each other is in doubt. */
const SKEW_WARN_MS = 30_000;
const EXPIRY_WARN_MS = 14 * 24 * 3_600_000;

type Words = PreflightCheck['evidence'];
const NONE: Words = { fr: '', en: '' };

/** A prerequisite that is met. */
export function passed(code: string, evidence: Words): PreflightCheck {
  return { code, result: 'pass', evidence, advice: NONE };
}

const ADVICE: Readonly<Record<Side, Words>> = {
  weavy: {
    fr: 'Vérifiez dans la configuration l’adresse, le code de projet, l’utilisateur et le mot de passe de weavy.',
    en: 'Check weavy’s address, project code, user and password in the configuration.',
  },
  mautic: {
    fr: 'Vérifiez l’adresse et les identifiants de Webmecanik dans la configuration, et que l’API et l’authentification choisie y sont activées (Configuration, API).',
    en: 'Check Webmecanik’s address and credentials in the configuration, and that the API and the chosen sign-in are enabled there (Configuration, API).',
  },
};

/** Whether a platform answers; `problem` says why it does not. */
export function connection(side: Side, problem: string | null): PreflightCheck {
  const code = `${side}-connection`;
  const name = SIDE_NAMES[side];
  if (problem === null) return passed(code, { fr: `${name} répond.`, en: `${name} answers.` });
  return { code, result: 'fail', evidence: { fr: problem, en: problem }, advice: ADVICE[side] };
}

/** A version that is too old, or not told. */
export function versionFloor(mauticVersion: string | null): PreflightCheck {
  const code = 'version-floor';
  const major = Number.parseInt(mauticVersion ?? '', 10);
  if (major >= OLDEST_MAUTIC)
    return passed(code, {
      fr: `Webmecanik est en version ${mauticVersion} de Mautic.`,
      en: `Webmecanik runs Mautic ${mauticVersion}.`,
    });
  const told = Number.isNaN(major)
    ? {
        fr: 'Webmecanik ne dit pas sa version de Mautic.',
        en: 'Webmecanik does not say which Mautic it runs.',
      }
    : {
        fr: `Webmecanik est en version ${mauticVersion} de Mautic.`,
        en: `Webmecanik runs Mautic ${mauticVersion}.`,
      };
  return {
    code,
    result: 'warn',
    evidence: told,
    advice: {
      fr: `La synchronisation est prévue pour Mautic ${OLDEST_MAUTIC} et suivants (Webmecanik 2020/09) : demandez la version au support de Webmecanik.`,
      en: `This sync is meant for Mautic ${OLDEST_MAUTIC} and later (Webmecanik 2020/09): ask Webmecanik's support for the version.`,
    },
  };
}

/** How far the clocks are ahead of ours, in ms. */
export function clocks(skewMs: Readonly<Record<Side, number | null>>): PreflightCheck {
  const code = 'clocks';
  const said = (side: Side, language: Language): string => {
    const skew = skewMs[side];
    const name = SIDE_NAMES[side];
    if (skew === null)
      return language === 'fr' ? `${name} ne dit pas l’heure` : `${name} does not tell the time`;
    const seconds = Math.round(Math.abs(skew) / 1_000);
    if (seconds === 0) return language === 'fr' ? `${name} est à l’heure` : `${name} is on time`;
    if (language === 'fr') return `${name} ${skew > 0 ? 'avance' : 'retarde'} de ${seconds} s`;
    return `${name} is ${seconds} s ${skew > 0 ? 'ahead' : 'behind'}`;
  };
  const evidence = {
    fr: `${said('weavy', 'fr')}, ${said('mautic', 'fr')}.`,
    en: `${said('weavy', 'en')}, ${said('mautic', 'en')}.`,
  };
  const isFar = [skewMs.weavy, skewMs.mautic].some((skew) => skew !== null && Math.abs(skew) > SKEW_WARN_MS);
  if (!isFar) return passed(code, evidence);
  return {
    code,
    result: 'warn',
    evidence,
    advice: {
      fr: 'L’écart est corrigé avant de comparer deux modifications ; faites tout de même régler cette horloge, et celle de cette machine.',
      en: 'The difference is corrected before two edits are compared; have that clock set all the same, and the one of this machine.',
    },
  };
}

/** When weavy's password ends (UTC); null when it does not. `now` in ms since 1970. */
export function passwordExpiry(passwordExpiresAt: string | null, now: number): PreflightCheck {
  const code = 'password-expiry';
  const at = passwordExpiresAt === null ? null : utcTime(passwordExpiresAt);
  if (at === null)
    return passed(code, {
      fr: 'Le mot de passe de weavy n’a pas de date de fin.',
      en: 'weavy’s password has no end date.',
    });
  const day = new Date(at).toISOString().slice(0, 10);
  const evidence = {
    fr: `Le mot de passe de weavy expire le ${day}.`,
    en: `weavy’s password expires on ${day}.`,
  };
  if (at - now > EXPIRY_WARN_MS) return passed(code, evidence);
  return {
    code,
    result: 'warn',
    evidence,
    advice: {
      fr: 'Renouvelez-le dans weavy, puis changez la variable d’environnement qui le porte.',
      en: 'Renew it in weavy, then change the environment variable that holds it.',
    },
  };
}

/** ms since 1970 of a UTC time, with or without its Z; null for a text that is no time. */
function utcTime(text: string): number | null {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
