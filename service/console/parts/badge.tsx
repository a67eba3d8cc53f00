import type { FC } from 'hono/jsx';
import type { Language } from '../../../mappings/reason-types';
import { outcomeText } from '../../../operations/outcome-words';

type Mood = 'good' | 'warn' | 'bad' | 'calm';

const MOODS: Readonly<Record<string, Mood>> = {
  created: 'good',
  updated: 'good',
  completed: 'good',
  unchanged: 'calm',
  withdrawn: 'calm',
  skipped: 'calm',
  planned: 'calm',
  cancelled: 'calm',
  waiting: 'warn',
  held: 'warn',
  'completed-with-attention': 'warn',
  stopped: 'bad',
  refused: 'bad',
  failed: 'bad',
};

/** How an outcome of a record or of a run feels: charts and badges share it. */
export function moodOf(outcome: string | null): Mood {
  return MOODS[outcome ?? ''] ?? 'calm';
}

/** The outcome of a record or of a run. Told by its word; the colour only helps. */
export const OutcomeBadge: FC<{ outcome: string | null; language: Language }> = ({ outcome, language }) => (
  <span class={`badge ${moodOf(outcome)}`}>{outcomeText(outcome, language)}</span>
);
