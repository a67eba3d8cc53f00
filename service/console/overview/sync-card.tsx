import type { FC } from 'hono/jsx';
import type { Pair } from '../../../config/schema';
import type { SyncOverview } from '../../../db/lists/overview';
import type { RunBar, RunListRow } from '../../../db/lists/runs';
import { OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { phaseText, runReasonText } from '../run/run-words';
import { NextRun } from '../sync/next-run';
import { pairSpoken, pairText } from '../sync/pair-words';
import type { KnownSchedule } from '../sync/schedule-within';
import { SCHEDULE_WORDS } from '../sync/schedule-words';
import { durationText, numberText, type View } from '../view';
import { RunChart } from './run-chart';
import { glanceOf, type SyncState, stateOf } from './standing';
import { OVERVIEW_WORDS } from './words';

export interface SyncGlance {
  overview: SyncOverview;
  pair: Pair;
  bars: readonly RunBar[];
  schedule: KnownSchedule;
}

interface Props {
  view: View;
  glance: SyncGlance;
}

const MOODS = {
  running: 'calm',
  'ended-early': 'bad',
  attention: 'warn',
  'in-order': 'good',
  never: 'calm',
} as const satisfies Record<SyncState, string>;

/** How a sync is, in a word. */
export const SyncStateBadge: FC<{ view: View; overview: SyncOverview }> = ({ view, overview }) => {
  const state = stateOf(overview);
  return <span class={`badge ${MOODS[state]}`}>{OVERVIEW_WORDS[view.language].states[state]}</span>;
};

/** One sync on the overview. */
export const SyncCard: FC<Props> = ({ view, glance }) => {
  const { overview, pair, bars } = glance;
  return (
    <section class="card stack" aria-labelledby={`sync-${overview.sync}`}>
      <div class="row between">
        <div>
          <h2 id={`sync-${overview.sync}`}>
            <a href={paths.sync(overview.sync)}>{overview.sync}</a>
          </h2>
          <span class="soft">
            <span aria-hidden="true">{pairText(pair)}</span>
            <span class="visually-hidden">{pairSpoken(pair, view.language)}</span>
          </span>
        </div>
        <SyncStateBadge view={view} overview={overview} />
      </div>
      <EndedEarly view={view} overview={overview} />
      <Figures view={view} overview={overview} />
      <Facts view={view} glance={glance} />
      <RunChart view={view} sync={overview.sync} bars={bars} />
    </section>
  );
};

/** Why nothing goes on, when the last run did not go through. */
export const EndedEarly: FC<{ view: View; overview: SyncOverview }> = ({ view, overview }) => {
  const { lastRun } = overview;
  if (lastRun === null || stateOf(overview) !== 'ended-early') return null;
  const words = OVERVIEW_WORDS[view.language];
  return (
    <div class="notice bad">
      <a href={paths.run(lastRun.id)}>{lastRun.outcome === 'failed' ? words.failed : words.stopped}</a>
      {lastRun.reason !== null && <p>{runReasonText(lastRun.reason, view.language)}</p>}
    </div>
  );
};

/** Records by group, and what waits for somebody. */
export const Figures: FC<{ view: View; overview: SyncOverview }> = ({ view, overview }) => {
  const words = OVERVIEW_WORDS[view.language];
  const { sync, openActions, hooksWaiting, hooksWaitingSince } = overview;
  const { inStep, waiting, stuck, outOfScope } = glanceOf(overview.standing);
  const figures = [
    { n: inStep, label: words.inStep },
    { n: waiting, label: words.waiting },
    { n: stuck, label: words.stuck },
    { n: outOfScope, label: words.outOfScope },
  ];
  return (
    <>
      <ul class="figures">
        {figures.map(({ n, label }) => (
          <li>
            <b>{numberText(n, view)}</b>
            <span>{label}</span>
          </li>
        ))}
      </ul>
      {openActions > 0 && (
        <p>
          <a href={withQuery(paths.attention, { sync })}>
            {numberText(openActions, view)} {openActions === 1 ? words.oneItem : words.items}
          </a>
        </p>
      )}
      {hooksWaiting > 0 && (
        <p class="notice warn">
          {numberText(hooksWaiting, view)} {hooksWaiting === 1 ? words.oneHook : words.hooks} ({words.oldest}{' '}
          <Time at={hooksWaitingSince} view={view} />)
        </p>
      )}
    </>
  );
};

const Facts: FC<Props> = ({ view, glance: { overview, schedule } }) => {
  const words = OVERVIEW_WORDS[view.language];
  const { underWay, lastRun, sync } = overview;
  return (
    <dl class="facts">
      {underWay !== null && (
        <>
          <dt>{words.underWay}</dt>
          <dd>
            <a href={paths.run(underWay.runId)}>{`${words.run} ${underWay.runId}`}</a>,{' '}
            {phaseText(underWay.phase, view.language)}, {words.since}{' '}
            <Time at={underWay.startedAt} view={view} />
          </dd>
        </>
      )}
      <dt>{words.lastRun}</dt>
      <dd>
        {lastRun === null ? <span class="soft">{words.never}</span> : <LastRun view={view} run={lastRun} />}
      </dd>
      <dt>{SCHEDULE_WORDS[view.language].next}</dt>
      <dd>
        <NextRun view={view} sync={sync} schedule={schedule} />
      </dd>
      {lastRun !== null && (
        <>
          <dt>{words.pace}</dt>
          <dd>{paceText(lastRun, view)}</dd>
        </>
      )}
    </dl>
  );
};

const LastRun: FC<{ view: View; run: RunListRow }> = ({ view, run }) => (
  <>
    <OutcomeBadge outcome={run.outcome} language={view.language} />{' '}
    <a href={paths.run(run.id)}>{`${OVERVIEW_WORDS[view.language].run} ${run.id}`}</a>,{' '}
    <Time at={run.finishedAt} view={view} />
  </>
);

/** `412 fiches/s, 38 écritures en 12 s`. A run that read nothing has no pace. */
export function paceText(
  run: Pick<RunListRow, 'startedAt' | 'finishedAt' | 'counts' | 'writes'>,
  view: View,
): string {
  const words = OVERVIEW_WORDS[view.language];
  const writes = `${numberText(run.writes, view)} ${run.writes === 1 ? words.oneWrite : words.writes}`;
  if (run.finishedAt === null) return writes;
  const seconds = (run.finishedAt.getTime() - run.startedAt.getTime()) / 1_000;
  const read = run.counts?.read ?? 0;
  const pace =
    read === 0 || seconds <= 0 ? '' : `${numberText(round(read / seconds), view)} ${words.perSecond}, `;
  return `${pace}${writes} ${words.took} ${durationText(seconds)}`;
}

/** One decimal says something below ten only. */
function round(perSecond: number): number {
  return perSecond < 10 ? perSecond : Math.round(perSecond);
}
