import type { PreflightCheck } from '../preflight-check';
import type { Language } from '../reason-types';
import { grantText, type MissingRight, rightsByTable } from './api-rights';
import type { Side } from './crm-record';
import type { DiscoveredSchemas, FieldMapping } from './field-mapping';
import { ENDS, MAPPED_OBJECTS, unreachableObjects } from './mapped-objects';
import { type MappingProblem, placeText, SIDE_NAMES } from './mapping-problem';

/** Webmecanik's floor in the customer's text is its release of 2020/09, which is a Mautic 3. */
const OLDEST_MAUTIC = 3;
/** Beyond this the order of two edits made close to each other is in doubt. */
const SKEW_WARN_MS = 30_000;
const EXPIRY_WARN_MS = 14 * 24 * 3_600_000;
/** Problems and objects that one line of a check names. */
const SHOWN = 10;

export interface CrmSyncFindings {
  /** Name of the sync, for the commands that are advised. */
  sync: string;
  /** ms since 1970. */
  now: number;
  /** Why a platform does not answer; null when it does. */
  weavyProblem: string | null;
  mauticProblem: string | null;
  /** As the instance says it: `3.0.12-atmt`. */
  mauticVersion: string | null;
  /** How far each clock is ahead of ours, in ms; null when the platform does not tell. */
  skewMs: Record<Side, number | null>;
  /** When weavy's password ends, as weavy says it (UTC); null when it does not end. */
  passwordExpiresAt: string | null;
  mapping: FieldMapping;
  schemas: DiscoveredSchemas;
  /** What `checkMapping` answered for this mapping and these schemas. */
  problems: readonly MappingProblem[];
  missingRights: readonly MissingRight[];
  /** Whether this sync has ever linked two records. */
  linkedBefore: boolean;
  firstRun: 'plan' | 'auto';
}

type Words = PreflightCheck['evidence'];
const NONE: Words = { fr: '', en: '' };

/**
 * The prerequisites of a weavy <-> Webmecanik sync, each with what was seen and what to do. What only an answer of
 * both platforms can tell (rights, mapping) is left out while one of them does not answer.
 */
export function checkCrmSync(found: CrmSyncFindings): PreflightCheck[] {
  const { weavyProblem, mauticProblem } = found;
  const connections = [connection('weavy', weavyProblem), connection('mautic', mauticProblem)];
  if (weavyProblem !== null || mauticProblem !== null) return connections;
  return [
    ...connections,
    versionFloor(found),
    clocks(found),
    passwordExpiry(found),
    rights(found),
    mappingCheck(found),
    firstRun(found),
  ];
}

function pass(code: string, evidence: Words): PreflightCheck {
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

function connection(side: Side, problem: string | null): PreflightCheck {
  const code = `${side}-connection`;
  const name = SIDE_NAMES[side];
  if (problem === null) return pass(code, { fr: `${name} répond.`, en: `${name} answers.` });
  return { code, result: 'fail', evidence: { fr: problem, en: problem }, advice: ADVICE[side] };
}

function versionFloor({ mauticVersion }: CrmSyncFindings): PreflightCheck {
  const code = 'version-floor';
  const major = Number.parseInt(mauticVersion ?? '', 10);
  if (major >= OLDEST_MAUTIC)
    return pass(code, {
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

function clocks({ skewMs }: CrmSyncFindings): PreflightCheck {
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
  if (!isFar) return pass(code, evidence);
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

function passwordExpiry({ passwordExpiresAt, now }: CrmSyncFindings): PreflightCheck {
  const code = 'password-expiry';
  const at = passwordExpiresAt === null ? null : utcTime(passwordExpiresAt);
  if (at === null)
    return pass(code, {
      fr: 'Le mot de passe de weavy n’a pas de date de fin.',
      en: 'weavy’s password has no end date.',
    });
  const day = new Date(at).toISOString().slice(0, 10);
  const evidence = {
    fr: `Le mot de passe de weavy expire le ${day}.`,
    en: `weavy’s password expires on ${day}.`,
  };
  if (at - now > EXPIRY_WARN_MS) return pass(code, evidence);
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

/** Objects out of reach are left out and the others go on; only when none is left there is nothing to run. */
function rights({ mapping, schemas, missingRights }: CrmSyncFindings): PreflightCheck {
  const code = 'rights';
  const mapped = MAPPED_OBJECTS.filter((object) => mapping[object] !== null);
  const missing = rightsByTable(
    missingRights.filter(({ table }) =>
      mapped.some((object) => ENDS[object].weavy === table || ENDS[object].mautic === table),
    ),
  );
  if (missing.length === 0)
    return pass(code, {
      fr: `Les droits sur les objets synchronisés ont été trouvés (${mapped.join(', ')}).`,
      en: `The rights on the synchronised objects were found (${mapped.join(', ')}).`,
    });
  const left = unreachableObjects(mapping, schemas);
  const grants = (language: Language) =>
    missing.map(({ table, rights: lacking }) => grantText(table, lacking, language)).join(' ; ');
  const goesOn = left.length < mapped.length;
  const leftOut = left.length === 0 ? null : left.join(', ');
  return {
    code,
    result: goesOn ? 'warn' : 'fail',
    evidence: {
      fr: `Des droits manquent${leftOut === null ? '' : ` ; laissés de côté : ${leftOut}`}. ${goesOn ? 'Le reste continue.' : 'Il ne reste rien à synchroniser.'}`,
      en: `Rights are missing${leftOut === null ? '' : `; left out: ${leftOut}`}. ${goesOn ? 'The rest goes on.' : 'Nothing is left to synchronise.'}`,
    },
    advice: { fr: `${capital(grants('fr'))}.`, en: `${capital(grants('en'))}.` },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Before anything was linked, a field that does not exist is a slip of the pen and stops the sync; later it has gone,
 * and then that field alone is paused. What rights hide is told by the check before.
 */
function mappingCheck({ problems, linkedBefore, sync }: CrmSyncFindings): PreflightCheck {
  const code = 'mapping';
  const told = problems.filter((problem) => problem.code !== 'no-right');
  if (told.length === 0)
    return pass(code, {
      fr: 'La correspondance convient aux champs des deux plateformes.',
      en: 'The mapping fits the fields of both platforms.',
    });
  const stops = (problem: MappingProblem) =>
    problem.severity === 'fail' && !(linkedBefore && problem.code === 'field-unknown');
  const ordered = [...told.filter(stops), ...told.filter((problem) => !stops(problem))];
  const lines = (language: Language) =>
    [
      ...ordered.slice(0, SHOWN).map((problem) => `${placeText(problem)}: ${problem.message[language]}`),
      ...(ordered.length > SHOWN ? [`+ ${ordered.length - SHOWN}`] : []),
    ].join('\n');
  return {
    code,
    result: told.some(stops) ? 'fail' : 'warn',
    evidence: { fr: lines('fr'), en: lines('en') },
    advice: {
      fr: `Corrigez la correspondance, puis vérifiez-la : passerelle mapping check ${sync}.`,
      en: `Correct the mapping, then check it: passerelle mapping check ${sync}.`,
    },
  };
}

/** The first run of two filled platforms is seen by a person before it writes (settled). */
function firstRun({ linkedBefore, firstRun: setting, sync }: CrmSyncFindings): PreflightCheck {
  const code = 'first-run';
  if (linkedBefore)
    return pass(code, {
      fr: 'Des fiches sont déjà reliées par cette synchronisation.',
      en: 'This sync has linked records before.',
    });
  if (setting === 'auto')
    return pass(code, {
      fr: 'Rien n’est encore relié ; le premier passage écrit sans attendre (firstRun: auto).',
      en: 'Nothing is linked yet; the first run writes at once (firstRun: auto).',
    });
  return {
    code,
    result: 'fail',
    evidence: {
      fr: 'Rien n’est encore relié : le premier passage doit être un plan que vous avez regardé.',
      en: 'Nothing is linked yet: the first run must be a plan that you have looked at.',
    },
    advice: {
      fr: `Lancez passerelle plan ${sync}, regardez ce qui serait relié et créé, puis passerelle run ${sync} --plan et le numéro du plan.`,
      en: `Start passerelle plan ${sync}, look at what would be linked and created, then passerelle run ${sync} --plan with the number of the plan.`,
    },
  };
}
