import type { FC } from 'hono/jsx';
import type { Language } from '../../../mappings/reason-types';
import { dateText } from '../../../operations/pivot-cirkwi/plan-note';
import { Value } from '../parts/value';
import { valueText } from '../view';

/** Characters that a table shows of a long text before it is opened. */
const SHOWN = 160;

/** A value of a field; a long text opens. */
export const LongValue: FC<{ value: unknown; language: Language; field?: string }> = ({
  value,
  language,
  field = '',
}) => {
  const text = dateText(field, value) ?? valueText(value);
  if (text === null || text.length <= SHOWN) return <Value value={text} language={language} />;
  // by characters, so that none is cut in two
  const start = [...text.slice(0, SHOWN * 2)].slice(0, SHOWN).join('');
  return (
    <details>
      <summary>{start}…</summary>
      {text}
    </details>
  );
};
