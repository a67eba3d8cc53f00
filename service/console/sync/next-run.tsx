import type { FC } from 'hono/jsx';
import { Time } from '../parts/time';
import type { View } from '../view';
import type { KnownSchedule } from './schedule-within';
import { SCHEDULE_WORDS } from './schedule-words';

interface NextRunProps {
  view: View;
  sync: string;
  schedule: KnownSchedule;
  /** Set in a fragment that was loaded to find out: it does not ask again. */
  isLast?: true;
}

/** Where the part that follows after the page is. */
const nextRunPath = (sync: string) => `/syncs/${sync}/next-run`;

/** When a sync runs next. What Temporal did not say in time is asked again once the page is there. */
export const NextRun: FC<NextRunProps> = ({ view, sync, schedule, isLast }) => {
  const words = SCHEDULE_WORDS[view.language];
  if (schedule === 'unknown')
    return isLast ? (
      <span class="soft">{words.unknown}</span>
    ) : (
      <span class="soft" hx-get={nextRunPath(sync)} hx-trigger="load" hx-swap="outerHTML">
        {words.asking}
      </span>
    );
  if (schedule === null) return <span class="soft">{words.none}</span>;
  if (schedule.paused) return <span class="badge warn">{words.paused}</span>;
  return <Time at={schedule.next[0] ?? null} view={view} />;
};
