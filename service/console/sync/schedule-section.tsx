import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { CsrfField, PostButton } from '../parts/post-form';
import { paths } from '../paths';
import type { View } from '../view';
import { NextRun } from './next-run';
import type { KnownSchedule } from './schedule-within';
import { SCHEDULE_WORDS, timesText } from './schedule-words';
import { SYNC_WORDS } from './words';

interface Props {
  view: View;
  sync: string;
  schedule: KnownSchedule;
}

/** When the sync runs by itself; operators change it here. */
export const ScheduleSection: FC<Props> = ({ view, sync, schedule }) => {
  const words = SYNC_WORDS[view.language];
  const isKnown = schedule !== 'unknown' && schedule !== null;
  return (
    <section class="card stack" aria-labelledby="schedule">
      <h2 id="schedule">{words.schedule}</h2>
      <dl class="facts">
        <dt>{SCHEDULE_WORDS[view.language].next}</dt>
        <dd>
          <NextRun view={view} sync={sync} schedule={schedule} />
        </dd>
        {isKnown && (
          <>
            <dt>{words.times}</dt>
            <dd>{timesText(schedule, view.language)}</dd>
          </>
        )}
        {isKnown && schedule.note !== null && schedule.paused && (
          <>
            <dt>{SCHEDULE_WORDS[view.language].paused}</dt>
            <dd>{schedule.note}</dd>
          </>
        )}
      </dl>
      {mayDo(view.signedIn.principal, 'operate') && <Change view={view} sync={sync} schedule={schedule} />}
    </section>
  );
};

/** While Temporal does not say how things are, both ways are open. */
const Change: FC<Props> = ({ view, sync, schedule }) => {
  const words = SYNC_WORDS[view.language];
  const action = `${paths.sync(sync)}/schedule`;
  const isPaused = schedule === 'unknown' ? null : (schedule?.paused ?? false);
  return (
    <>
      {schedule !== null && (
        <div class="row">
          {isPaused !== true && (
            <PostButton view={view} action={action} fields={{ do: 'pause' }} label={words.pauseSchedule} />
          )}
          {isPaused !== false && (
            <PostButton view={view} action={action} fields={{ do: 'resume' }} label={words.resumeSchedule} />
          )}
        </div>
      )}
      <form class="filters" method="post" action={action}>
        <CsrfField view={view} />
        <input type="hidden" name="do" value="apply" />
        <label>
          {words.every}
          <input name="every" size={8} pattern="[1-9][0-9]{0,6}[smhd]" autocomplete="off" />
        </label>
        <label>
          {words.cron}
          <input name="cron" size={16} autocomplete="off" aria-describedby="cron-hint" />
        </label>
        <button type="submit">{words.apply}</button>
      </form>
      <p class="soft small" id="cron-hint">
        {words.cronHint}
      </p>
      <PostButton
        view={view}
        action={action}
        fields={{ do: 'configured' }}
        label={words.configured}
        look="plain"
      />
    </>
  );
};
