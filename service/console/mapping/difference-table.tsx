import type { FC } from 'hono/jsx';
import type { MappingDifference } from '../../../mappings/weavy-webmecanik/diff-mapping';
import {
  type Direction,
  type FieldPair,
  VALUE_FORMS,
} from '../../../mappings/weavy-webmecanik/field-mapping';
import type { View } from '../view';
import { MAPPING_WORDS, type MappingWords } from './words';

interface Line {
  place: string;
  what: string;
  before: string;
  after: string;
}

interface DifferenceTableProps {
  view: View;
  caption: string;
  differences: readonly MappingDifference[];
}

/** What one mapping says otherwise than another, a line per setting. */
export const DifferenceTable: FC<DifferenceTableProps> = ({ view, caption, differences }) => {
  const words = MAPPING_WORDS[view.language];
  if (differences.length === 0) return <p class="soft">{words.same}</p>;
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.object}</th>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.flatMap((difference) =>
            linesOf(difference, words).map(({ place, what, before, after }) => (
              <tr>
                <td>{words.objects[difference.object].name}</td>
                <th scope="row" class="mono">
                  {place}
                </th>
                <td>{what}</td>
                <td class="before">{before}</td>
                <td class="after">{after}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
};

function linesOf(difference: MappingDifference, words: MappingWords): Line[] {
  switch (difference.kind) {
    case 'object-added':
    case 'object-removed': {
      const isAdded = difference.kind === 'object-added';
      const [before, after] = isAdded ? [words.no, words.yes] : [words.yes, words.no];
      return [{ place: '', what: words.kinds[difference.kind], before, after }];
    }
    case 'setting': {
      const { name, before, after } = difference;
      return [
        {
          place: '',
          what: words.settings[name] ?? name,
          before: said(before, words),
          after: said(after, words),
        },
      ];
    }
    case 'pair-added':
      return [
        {
          place: placeOf(difference.pair),
          what: words.kinds.added,
          before: '',
          after: pairText(difference.pair, words),
        },
      ];
    case 'pair-removed':
      return [
        {
          place: placeOf(difference.pair),
          what: words.kinds.removed,
          before: pairText(difference.pair, words),
          after: '',
        },
      ];
    case 'pair-changed':
      return difference.changes.map(({ name, before, after }) => ({
        place: placeOf(difference),
        what: words.settings[name] ?? name,
        before: said(before, words),
        after: said(after, words),
      }));
  }
}

function placeOf({ weavy, mautic }: Pick<FieldPair, 'weavy' | 'mautic'>): string {
  return `${weavy} → ${mautic}`;
}

function pairText({ direction, as }: FieldPair, words: MappingWords): string {
  return `${words.directions[direction]}, ${words.forms[as]}`;
}

/** A setting's value in words; names of fields as they are. */
function said(value: string | boolean, words: MappingWords): string {
  if (value === true || value === 'true') return words.yes;
  if (value === false || value === 'false') return words.no;
  if (value === 'null') return words.none;
  const form = VALUE_FORMS.find((each) => each === value);
  if (form !== undefined) return words.forms[form];
  return isDirection(value) ? words.directions[value] : value;
}

function isDirection(value: string): value is Direction {
  return ['both', 'toMautic', 'toWeavy'].includes(value);
}
