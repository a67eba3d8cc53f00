import type { FC } from 'hono/jsx';
import type { TrackEditState } from '../../../db/track-edits';
import type { View } from '../view';
import { TRACK_WORDS } from './words';

const MOODS: Readonly<Record<TrackEditState, string>> = {
  kept: 'calm',
  offered: 'warn',
  returning: 'calm',
  returned: 'good',
  held: 'bad',
  declined: 'calm',
  superseded: 'calm',
};

/** Where an edited track stands, in words. */
export const StateBadge: FC<{ state: TrackEditState; view: View }> = ({ state, view }) => (
  <span class={`badge ${MOODS[state]}`}>{TRACK_WORDS[view.language].states[state]}</span>
);
