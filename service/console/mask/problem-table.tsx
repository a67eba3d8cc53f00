import type { FC } from 'hono/jsx';
import type { ProblemView } from '../../../operations/planexpo-inwink/mask-file';
import type { View } from '../view';
import { MASK_WORDS } from './words';

interface ProblemTableProps {
  view: View;
  caption: string;
  /** Heading of what was seen: a problem or a note. */
  seen: string;
  problems: readonly ProblemView[];
}

/** What was seen in a workbook, by sheet and cell. */
export const ProblemTable: FC<ProblemTableProps> = ({ view, caption, seen, problems }) => {
  const words = MASK_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.sheet}</th>
            <th scope="col">{words.cell}</th>
            <th scope="col">{seen}</th>
            <th scope="col">{words.todo}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => {
            const { wrong, todo } = inTwo(problem.message);
            return (
              <tr>
                <td>{problem.sheet === '' ? words.wholeFile : problem.sheet}</td>
                <th scope="row" class="mono">
                  {problem.cell ?? (problem.sheet === '' ? '–' : words.wholeSheet)}
                </th>
                <td>{wrong}</td>
                <td>{todo}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

/** Each message says what is wrong, then after a semicolon the next step. */
function inTwo(message: string): { wrong: string; todo: string } {
  const at = message.indexOf('; ');
  if (at < 0) return { wrong: capitalised(message), todo: '–' };
  return { wrong: capitalised(message.slice(0, at).trim()), todo: capitalised(message.slice(at + 2)) };
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
