import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { EndedEarly, Figures, SyncStateBadge } from '../overview/sync-card';
import { PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { phaseText } from '../run/run-words';
import { RunsTable } from '../run/runs-table';
import { RUN_WORDS } from '../run/words';
import type { View } from '../view';
import { AccountsSection } from './accounts-section';
import { CrmSection } from './crm-section';
import { OffersSection } from './offers-section';
import { pairSpoken, pairText } from './pair-words';
import { ScheduleSection } from './schedule-section';
import { StandingSection } from './standing-section';
import { SteerButtons } from './steer-buttons';
import type { SyncParts } from './sync-parts';
import { SYNC_WORDS } from './words';

const runsPath = (sync: string) => `${paths.sync(sync)}/runs`;
const preflightPath = (sync: string) => `${paths.sync(sync)}/preflight`;

interface Props {
  view: View;
  parts: SyncParts;
  /** The workflow of the run under way in the Temporal UI. */
  workflowUrl: string | null;
}

/** Everything about one sync, and what operators can do with it. */
export const SyncPage: FC<Props> = ({ view, parts, workflowUrl }) => {
  const { sync, pair, overview, accounts, schedule, own } = parts;
  return (
    <>
      <p class="lead row">
        <span>
          <span aria-hidden="true">{pairText(pair)}</span>
          <span class="visually-hidden">{pairSpoken(pair, view.language)}</span>
        </span>
        <SyncStateBadge view={view} overview={overview} />
      </p>
      <EndedEarly view={view} overview={overview} />
      <div class="columns">
        <State view={view} parts={parts} workflowUrl={workflowUrl} />
        <Act view={view} sync={sync} />
        <StandingSection view={view} overview={overview} />
        <ScheduleSection view={view} sync={sync} schedule={schedule} />
        {own.pair === 'pivot-cirkwi' && <OffersSection view={view} offers={own.offers} />}
        {own.pair === 'weavy-webmecanik' && <CrmSection view={view} crm={own.crm} />}
        <OwnPages view={view} parts={parts} />
        <AccountsSection view={view} accounts={accounts} />
      </div>
      <Preflight view={view} sync={sync} />
      <Runs view={view} parts={parts} />
    </>
  );
};

const State: FC<Props> = ({ view, parts: { sync, overview }, workflowUrl }) => {
  const words = SYNC_WORDS[view.language];
  const { underWay, lastFullAt } = overview;
  return (
    <section class="card stack" aria-labelledby="state">
      <h2 id="state">{words.state}</h2>
      <Figures view={view} overview={overview} />
      <dl class="facts">
        <dt>{words.full}</dt>
        <dd>{lastFullAt === null ? words.never : <Time at={lastFullAt} view={view} />}</dd>
        {underWay !== null && (
          <>
            <dt>{words.underWay}</dt>
            <dd>
              <a href={paths.run(underWay.runId)}>{`${RUN_WORDS[view.language].run} ${underWay.runId}`}</a>,{' '}
              {phaseText(underWay.phase, view.language)}, <Time at={underWay.startedAt} view={view} />
              {workflowUrl !== null && (
                <>
                  {' · '}
                  <a href={workflowUrl}>{words.temporal}</a>
                </>
              )}
            </dd>
          </>
        )}
      </dl>
      {underWay !== null && mayDo(view.signedIn.principal, 'operate') && (
        <SteerButtons view={view} sync={sync} run={underWay.runId} isPaused={null} />
      )}
    </section>
  );
};

const Act: FC<{ view: View; sync: string }> = ({ view, sync }) => {
  const words = SYNC_WORDS[view.language];
  const action = `${paths.sync(sync)}/run`;
  return (
    <section class="card stack" aria-labelledby="act">
      <h2 id="act">{words.act}</h2>
      {mayDo(view.signedIn.principal, 'operate') ? (
        <div class="row">
          <PostButton
            view={view}
            action={action}
            fields={{ what: 'run' }}
            label={words.run}
            look="primary"
            confirm={words.confirmRun}
          />
          <PostButton view={view} action={action} fields={{ what: 'plan' }} label={words.plan} />
          <PostButton
            view={view}
            action={action}
            fields={{ what: 'full' }}
            label={words.fullRun}
            confirm={words.confirmRun}
          />
        </div>
      ) : (
        <p class="soft">{words.mayNot}</p>
      )}
    </section>
  );
};

const OwnPages: FC<{ view: View; parts: SyncParts }> = ({ view, parts: { sync, own } }) => {
  const words = SYNC_WORDS[view.language];
  return (
    <section class="card" aria-labelledby="pages">
      <h2 id="pages">{words.pages}</h2>
      <ul>
        {own.pair === 'planexpo-inwink' && (
          <li>
            <a href={paths.mask(sync)}>{words.mask}</a>{' '}
            <span class="soft">
              ({own.maskVersion === null ? words.noMask : `${words.maskInForce} ${own.maskVersion}`})
            </span>
          </li>
        )}
        {own.pair === 'pivot-cirkwi' && (
          <li>
            <a href={paths.tracks(sync)}>{words.tracks}</a>
          </li>
        )}
        {own.pair === 'weavy-webmecanik' && (
          <li>
            <a href={paths.mapping(sync)}>{words.mapping}</a>
          </li>
        )}
        <li>
          <a href={withQuery(paths.attention, { sync })}>{words.attention}</a>
        </li>
      </ul>
    </section>
  );
};

/** The check asks both platforms, so it is made when somebody wants it; its answer appears here, or on a page of its own. */
const Preflight: FC<{ view: View; sync: string }> = ({ view, sync }) => {
  const words = SYNC_WORDS[view.language];
  return (
    <section class="card stack" aria-labelledby="preflight-title">
      <h2 id="preflight-title">{words.preflight}</h2>
      <p class="soft">{words.preflightLead}</p>
      <form
        method="get"
        action={preflightPath(sync)}
        hx-get={preflightPath(sync)}
        hx-target="#preflight"
        hx-swap="innerHTML"
      >
        <button type="submit">{words.check}</button>
      </form>
      <div id="preflight" aria-live="polite" />
    </section>
  );
};

const Runs: FC<{ view: View; parts: SyncParts }> = ({ view, parts: { sync, runs } }) => {
  const words = SYNC_WORDS[view.language];
  return (
    <section class="card" aria-labelledby="runs">
      <h2 id="runs">{words.runs}</h2>
      {runs.rows.length === 0 ? (
        <p class="empty">{RUN_WORDS[view.language].noRun}</p>
      ) : (
        <RunsTable view={view} caption={RUN_WORDS[view.language].latest} runs={runs.rows} />
      )}
      {runs.next !== null && (
        <p>
          <a href={runsPath(sync)}>{words.allRuns}</a>
        </p>
      )}
    </section>
  );
};
