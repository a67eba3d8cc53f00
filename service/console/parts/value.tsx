import type { FC } from 'hono/jsx';
import type { Language } from '../../../mappings/reason-types';
import { valueText } from '../view';
import { FRAME_WORDS } from '../words';

/** A stored value as people read it. */
export const Value: FC<{ value: unknown; language: Language }> = ({ value, language }) => {
  const text = valueText(value);
  return text === null ? <span class="soft">{FRAME_WORDS[language].empty}</span> : <span>{text}</span>;
};
