import type { FC } from 'hono/jsx';
import type { RunDetail } from '../../../db/lists/runs';
import { mayDo } from '../../access/principal';
import type { RunLive } from '../../live/run-live';
import { paceText } from '../overview/sync-card';
import { OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { SteerButtons } from '../sync/steer-buttons';
import { durationText, numberText, type View } from '../view';
import { Progress } from './progress';
import { modeText, runReasonText, triggerText } from './run-words';
import { secondsOf } from './runs-table';
import { RUN_WORDS } from './words';

const livePath = (run: number) => `${paths.run(run)}/live`;
/** The part of the page that is made anew when the run is over. */
export const RUN_PART = 'run';

interface RunFactsProps {
  view: View;
  run: RunDetail;
  /** Null once it is over. */
  live: RunLive | null;
  workflowUrl: string | null;
}

/** What the run is, who wanted it, how it ended and how much it did. */
export const RunFacts: FC<RunFactsProps> = ({ view, run, live, workflowUrl }) => {
  const { language } = view;
  const words = RUN_WORDS[language];
  return (
    <section class="card stack" aria-label={words.run}>
      <p class="row">
        {run.outcome !== null && <OutcomeBadge outcome={run.outcome} language={language} />}
        <span>{modeText(run.mode, language)}</span>
        {run.fullRead && <span class="soft">{words.full}</span>}
      </p>
      {run.reason !== null && <p class="notice warn">{runReasonText(run.reason, language)}</p>}
      {live !== null && <Live view={view} run={run} live={live} />}
      <dl class="facts">
        <dt>{words.startedBy}</dt>
        <dd>
          {triggerText(run.trigger, language)}
          {run.requestedBy !== null && ` (${run.requestedBy})`}, <Time at={run.startedAt} view={view} />
        </dd>
        {run.finishedAt !== null && (
          <>
            <dt>{words.ended}</dt>
            <dd>
              <Time at={run.finishedAt} view={view} />
            </dd>
            <dt>{words.duration}</dt>
            <dd>{durationText(secondsOf(run.startedAt, run.finishedAt))}</dd>
            <dt>{words.pace}</dt>
            <dd>{paceText(run, view)}</dd>
            <dt>{words.writes}</dt>
            <dd>{numberText(run.writes, view)}</dd>
            <dt>{words.attention}</dt>
            <dd>{numberText(run.attention, view)}</dd>
          </>
        )}
        <Origins view={view} run={run} />
      </dl>
      <p class="row">
        {run.mode === 'plan' && (
          <a class="button primary" href={paths.plan(run.id)}>
            {words.seePlan}
          </a>
        )}
        {workflowUrl !== null && <a href={workflowUrl}>{words.temporal}</a>}
      </p>
    </section>
  );
};

/** Events replace what is inside; the last one makes the page ask for how the run ended. */
const Live: FC<{ view: View; run: RunDetail; live: RunLive }> = ({ view, run, live }) => {
  const words = RUN_WORDS[view.language];
  return (
    <section class="stack" aria-labelledby="progress-title">
      <h2 id="progress-title">{words.progress}</h2>
      <div {...{ 'hx-sse:connect': livePath(run.id), 'hx-sse:close': 'ended' }}>
        <Progress view={view} live={live} />
      </div>
      <noscript>
        <a href={paths.run(run.id)}>{words.reload}</a>
      </noscript>
      {run.holdsPlace && mayDo(view.signedIn.principal, 'operate') && (
        <SteerButtons
          view={view}
          sync={run.sync}
          run={run.id}
          isPaused={live.progress === null ? null : live.paused}
        />
      )}
    </section>
  );
};

const Origins: FC<{ view: View; run: RunDetail }> = ({ view, run }) => {
  const words = RUN_WORDS[view.language];
  const { onlyRecord, planRun, appliedBy, overrides, planned } = run;
  return (
    <>
      {onlyRecord !== null && (
        <>
          <dt>{words.onlyRecord}</dt>
          <dd>
            <a class="mono" href={paths.record(run.sync, onlyRecord)}>
              {onlyRecord}
            </a>
          </dd>
        </>
      )}
      {planRun !== null && (
        <>
          <dt>{words.planOf}</dt>
          <dd>
            <a href={paths.plan(planRun)}>{planRun}</a>
          </dd>
        </>
      )}
      {planned !== null && (
        <>
          <dt>{words.planned}</dt>
          <dd>{numberText(planned, view)}</dd>
        </>
      )}
      {appliedBy.length > 0 && (
        <>
          <dt>{words.appliedBy}</dt>
          <dd class="row">
            {appliedBy.map((id) => (
              <a href={paths.run(id)}>{`${words.run} ${id}`}</a>
            ))}
          </dd>
        </>
      )}
      {overrides.length > 0 && (
        <>
          <dt>{words.overrides}</dt>
          <dd class="mono">{overrides.join(', ')}</dd>
        </>
      )}
    </>
  );
};
