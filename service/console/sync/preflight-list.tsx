import type { FC } from 'hono/jsx';
import { z } from 'zod';
import type { Language } from '../../../mappings/reason-types';

const texts = z.object({ fr: z.string(), en: z.string() });
const checkSchema = z.object({
  code: z.string(),
  result: z.enum(['pass', 'warn', 'fail']),
  evidence: texts,
  advice: texts,
});
type Check = z.infer<typeof checkSchema>;

const FR = {
  results: { pass: 'conforme', warn: 'à surveiller', fail: 'non conforme' },
  point: 'Prérequis',
  result: 'Résultat',
  seen: 'Constat',
  todo: 'À faire',
  all: 'Tous les prérequis sont remplis.',
  failed: 'Des prérequis ne sont pas remplis\u00a0: un passage s’arrêterait avant toute écriture.',
  warned: 'Un passage est possible\u00a0; des points sont à surveiller.',
  none: 'Aucun prérequis n’a été examiné.',
};
const EN: typeof FR = {
  results: { pass: 'met', warn: 'to be watched', fail: 'not met' },
  point: 'Prerequisite',
  result: 'Result',
  seen: 'What was seen',
  todo: 'What to do',
  all: 'All prerequisites are met.',
  failed: 'Some prerequisites are not met: a run would stop before it writes anything.',
  warned: 'A run is possible; some points are to be watched.',
  none: 'No prerequisite was looked at.',
};
const PREFLIGHT_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, typeof FR>;

const MOODS = { pass: 'good', warn: 'warn', fail: 'bad' } as const;
const ORDER = ['fail', 'warn', 'pass'];

/** Checks as a run stored them; those of another form than this release knows are left out. */
export function storedChecks(stored: unknown): Check[] {
  return z
    .array(checkSchema.nullable().catch(null))
    .catch([])
    .parse(stored)
    .filter((check) => check !== null);
}

interface PreflightListProps {
  language: Language;
  caption: string;
  checks: readonly Check[];
}

/** Each prerequisite with what was seen and what to do; what fails comes first. */
export const PreflightList: FC<PreflightListProps> = ({ language, caption, checks }) => {
  const words = PREFLIGHT_WORDS[language];
  if (checks.length === 0) return <p class="soft">{words.none}</p>;
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  const worst = sorted[0]?.result ?? 'pass';
  return (
    <>
      <p class={`notice ${MOODS[worst]}`} role="status">
        {{ pass: words.all, warn: words.warned, fail: words.failed }[worst]}
      </p>
      <div class="scroll">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.point}</th>
              <th scope="col">{words.result}</th>
              <th scope="col">{words.seen}</th>
              <th scope="col">{words.todo}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ code, result, evidence, advice }) => (
              <tr>
                <th scope="row" class="mono">
                  {code}
                </th>
                <td>
                  <span class={`badge ${MOODS[result]}`}>{words.results[result]}</span>
                </td>
                <td>{evidence[language]}</td>
                <td>{advice[language] === '' ? '–' : advice[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
