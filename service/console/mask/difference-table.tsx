import type { FC } from 'hono/jsx';
import type { MaskRow } from '../../../mappings/planexpo-inwink/mask/mask';
import type { MaskDifference } from '../../../mappings/planexpo-inwink/mask/mask-diff';
import { prerequisiteLabels } from '../../../mappings/planexpo-inwink/mask/mask-labels';
import type { View } from '../view';
import { MASK_WORDS, type MaskWords } from './words';

interface DifferenceTableProps {
  view: View;
  caption: string;
  differences: readonly MaskDifference[];
}

/** Rows that were added, removed and changed, and answers that are others. */
export const DifferenceTable: FC<DifferenceTableProps> = ({ view, caption, differences }) => {
  const words = MASK_WORDS[view.language];
  if (differences.length === 0) return <p class="soft">{words.same}</p>;
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <tr>
              <td>{words.kinds[difference.kind]}</td>
              <th scope="row">
                <RowName difference={difference} view={view} />
              </th>
              <td class="before">{beforeOf(difference, words)}</td>
              <td class="after">{afterOf(difference, words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** A row by its Planexpo product, an answer by its question. */
const RowName: FC<{ difference: MaskDifference; view: View }> = ({ difference, view }) => {
  if (difference.kind === 'prerequisite') {
    const label = prerequisiteLabels.find(({ code }) => code === difference.code)?.label[view.language];
    return <>{label ?? difference.code}</>;
  }
  const row = difference.kind === 'removed' ? difference.before : difference.after;
  return (
    <>
      {row.planexpoName} <span class="mono soft">{row.planexpoId}</span>
    </>
  );
};

function beforeOf(difference: MaskDifference, words: MaskWords): string {
  if (difference.kind === 'added') return '';
  if (difference.kind === 'prerequisite') return answerText(difference.before, words);
  return targetText(difference.before, words);
}

function afterOf(difference: MaskDifference, words: MaskWords): string {
  if (difference.kind === 'removed') return '';
  if (difference.kind === 'prerequisite') return answerText(difference.after, words);
  return targetText(difference.after, words);
}

/** What a row maps to, with the scale of both products. */
function targetText(row: MaskRow, words: MaskWords): string {
  const scale = (size: number | null) => (size === null ? '' : `, ${words.pack(size)}`);
  const from = row.planexpoPackSize === null ? '' : `${words.pack(row.planexpoPackSize)} → `;
  return `${from}${row.inwinkName} (${row.inwinkId}${scale(row.inwinkPackSize)})`;
}

function answerText(value: string | boolean | null, words: MaskWords): string {
  if (value === null) return words.noAnswer;
  if (typeof value === 'string') return value;
  return value ? words.yes : words.no;
}
