import type { FC } from 'hono/jsx';
import { timeText, type View } from '../view';

/** A moment in the reader's zone. */
export const Time: FC<{ at: Date | string | null; view: View }> = ({ at, view }) => {
  if (at === null) return <span class="soft">–</span>;
  const date = new Date(at);
  return <time datetime={date.toISOString()}>{timeText(date, view)}</time>;
};
