import type { PreflightCheck } from '../preflight-check';
import type { Language } from '../reason-types';
import { grantText, type MissingRight, rightsByTable } from './api-rights';
import { clocks, connection, passed, passwordExpiry, versionFloor } from './check-crm-platforms';
import type { Side } from './crm-record';
import type { DiscoveredSchemas, FieldMapping } from './field-mapping';
import { ENDS, MAPPED_OBJECTS, unreachableObjects } from './mapped-objects';
import { type MappingProblem, placeText } from './mapping-problem';

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
    versionFloor(found.mauticVersion),
    clocks(found.skewMs),
    passwordExpiry(found.passwordExpiresAt, found.now),
    rights(found),
    mappingCheck(found),
    firstRun(found),
  ];
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
    return passed(code, {
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
    return passed(code, {
      fr: 'La correspondance convient aux champs des deux plateformes.',
      en: 'The mapping fits the fields of both platforms.',
    });
  const stops = (problem: MappingProblem) =>
    problem.severity === 'fail' && !(linkedBefore && problem.code === 'field-unknown');
  const shorter = told.filter((problem) => problem.code === 'target-shorter');
  const others = told.filter((problem) => problem.code !== 'target-shorter');
  const ordered = [...others.filter(stops), ...others.filter((problem) => !stops(problem))];
  const lines = (language: Language) =>
    [
      ...ordered.slice(0, SHOWN).map((problem) => `${placeText(problem)}: ${problem.message[language]}`),
      ...(ordered.length > SHOWN ? [`+ ${ordered.length - SHOWN}`] : []),
      ...(shorter.length > 0 ? [shorterText(shorter, language)] : []),
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

/** One line for all of them: most texts of weavy may be longer than Mautic's. */
function shorterText(problems: readonly MappingProblem[], language: Language): string {
  const places = problems.map(placeText).join(' ; ');
  return language === 'fr'
    ? `L’autre côté garde des textes plus courts ; un texte trop long n’est pas écrit et vous est signalé : ${places}`
    : `The other side holds shorter texts; one that is too long is not written, and you are told: ${places}`;
}

/** The first run of two filled platforms is seen by a person before it writes (settled). */
function firstRun({ linkedBefore, firstRun: setting, sync }: CrmSyncFindings): PreflightCheck {
  const code = 'first-run';
  if (linkedBefore)
    return passed(code, {
      fr: 'Des fiches sont déjà reliées par cette synchronisation.',
      en: 'This sync has linked records before.',
    });
  if (setting === 'auto')
    return passed(code, {
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
