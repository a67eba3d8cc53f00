import type { FC } from 'hono/jsx';
import type { MappingProblem } from '../../../mappings/weavy-webmecanik/mapping-problem';
import type { View } from '../view';
import { MAPPING_WORDS } from './words';

/** What of a mapping does not fit the platforms, by row; what stops comes first. */
export const ProblemTable: FC<{ view: View; problems: readonly MappingProblem[] }> = ({ view, problems }) => {
  const words = MAPPING_WORDS[view.language];
  if (problems.length === 0) return <p>{words.fits}</p>;
  const sorted = problems.toSorted((a, b) => a.severity.localeCompare(b.severity));
  return (
    <div class="scroll">
      <table>
        <caption>{words.problemsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.object}</th>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.weight}</th>
            <th scope="col">{words.message}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ object, place, severity, message }) => (
            <tr>
              <td>{words.objects[object].name}</td>
              <th scope="row" class="mono">
                {place}
              </th>
              <td>
                <span class={`badge ${severity === 'fail' ? 'bad' : 'warn'}`}>{words.weights[severity]}</span>
              </td>
              <td>{message[view.language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** How many of each weight. */
export const ProblemCount: FC<{ view: View; problems: readonly MappingProblem[] }> = ({ view, problems }) => {
  const words = MAPPING_WORDS[view.language];
  const failing = problems.filter(({ severity }) => severity === 'fail').length;
  const warning = problems.length - failing;
  if (problems.length === 0) return <span class="badge good">{words.fits}</span>;
  return (
    <span class="row">
      {failing > 0 && <span class="badge bad">{words.failing(failing)}</span>}
      {warning > 0 && <span class="badge warn">{words.warning(warning)}</span>}
    </span>
  );
};
