import type { FC } from 'hono/jsx';
import type { Pair } from '../../../config/schema';
import type { Page } from '../../../db/lists/page';
import type { PlanListRow, PlanSummary } from '../../../db/lists/plans';
import type { RunDetail } from '../../../db/lists/runs';
import type { PlanLink } from '../../../operations/weavy-webmecanik/plan-link';
import { mayDo } from '../../access/principal';
import { OutcomeBadge } from '../parts/badge';
import { Notice } from '../parts/notice';
import { Pager } from '../parts/pager';
import { CsrfField } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { numberText, type View } from '../view';
import { FRAME_WORDS } from '../words';
import { type Asked, OUTCOMES } from './asked';
import { PlanFilters } from './plan-filters';
import { PlanRecord } from './plan-record';
import { PLAN_WORDS } from './words';

/** An entry with its reason in words; of a CRM, with who is who. */
export type EntryView = PlanListRow & { reasonText: string | null; link?: PlanLink };

export interface PlanParts {
  run: RunDetail;
  pair: Pair | null;
  summary: PlanSummary;
  asked: Asked;
  entries: Page<EntryView, string>;
}

/** Id of the form that the ticks of the records belong to. */
const APPLY = 'apply';

export const PlanPage: FC<{ view: View; plan: PlanParts }> = ({ view, plan }) => {
  const words = PLAN_WORDS[view.language];
  const { run, summary, asked, entries } = plan;
  const mayApply =
    run.mode === 'plan' && run.outcome === 'planned' && mayDo(view.signedIn.principal, 'operate');
  return (
    <>
      <p class="lead">{words.lead}</p>
      <Standing view={view} run={run} />
      <Summary view={view} run={run} summary={summary} />
      <PlanFilters view={view} run={run.id} asked={asked} />
      {mayApply && summary.needsApply > 0 && <ApplyForm view={view} plan={plan} />}
      <section aria-labelledby="changes">
        <h2 id="changes">{words.caption}</h2>
        {entries.rows.length === 0 && <p class="empty">{words.nothing}</p>}
        {entries.rows.map((entry) => (
          <PlanRecord
            view={view}
            sync={run.sync}
            pair={plan.pair}
            entry={entry}
            tickedFor={mayApply && entry.needsApply ? APPLY : undefined}
          />
        ))}
      </section>
      <PlanPager view={view} plan={plan} />
    </>
  );
};

const Standing: FC<{ view: View; run: RunDetail }> = ({ view, run }) => {
  const words = PLAN_WORDS[view.language];
  return (
    <>
      {run.mode !== 'plan' && <Notice kind="calm">{words.noPlan}</Notice>}
      {run.mode === 'plan' && run.finishedAt === null && <Notice kind="calm">{words.underWay}</Notice>}
      {run.mode === 'plan' && run.finishedAt !== null && run.outcome !== 'planned' && (
        <Notice kind="warn">{words.notPlanned}</Notice>
      )}
      {run.appliedBy.length > 0 && (
        <Notice kind="warn">
          {words.applied}{' '}
          {run.appliedBy.map((applied, index) => (
            <>
              {index > 0 && ', '}
              <a href={paths.run(applied)}>{words.appliedRun(applied)}</a>
            </>
          ))}
        </Notice>
      )}
    </>
  );
};

const Summary: FC<{ view: View; run: RunDetail; summary: PlanSummary }> = ({ view, run, summary }) => {
  const words = PLAN_WORDS[view.language];
  const { byOutcome, withdraws, blanks } = summary;
  const only = (which: string) => withQuery(paths.plan(run.id), { only: which });
  return (
    <section class="card" aria-labelledby="summary">
      <h2 id="summary">{words.summary}</h2>
      <ul class="figures">
        <li>
          <b>{numberText(summary.entries, view)}</b>
          <span>{words.entries}</span>
        </li>
        <li>
          <b>{numberText(summary.needsApply, view)}</b>
          <span>
            <a href={only('to-apply')}>{words.toApply}</a>
          </span>
        </li>
        {OUTCOMES.filter((outcome) => (byOutcome[outcome] ?? 0) > 0).map((outcome) => (
          <li>
            <b>{numberText(byOutcome[outcome] ?? 0, view)}</b>
            <span>
              <a href={withQuery(paths.plan(run.id), { outcome })}>
                <OutcomeBadge outcome={outcome} language={view.language} />
              </a>
            </span>
          </li>
        ))}
      </ul>
      {withdraws > 0 && (
        <p class="notice warn">
          <strong>{words.warnWithdraws(withdraws, numberText(withdraws, view))}</strong>{' '}
          <a href={only('withdraws')}>{words.see}</a>
        </p>
      )}
      {blanks > 0 && (
        <p class="notice warn">
          <strong>{words.warnBlanks(blanks, numberText(blanks, view))}</strong>{' '}
          <a href={only('blanks')}>{words.see}</a>
        </p>
      )}
      <p class="soft small">
        {words.made} <Time at={run.finishedAt ?? run.startedAt} view={view} />
      </p>
    </section>
  );
};

/** Choosing crosses pages by the filter; ticks are those of this page. */
const ApplyForm: FC<{ view: View; plan: PlanParts }> = ({ view, plan }) => {
  const words = PLAN_WORDS[view.language];
  const { run, asked } = plan;
  const isFiltered = asked.outcome !== undefined || asked.only !== undefined || asked.text !== undefined;
  return (
    <form class="card stack" id={APPLY} method="post" action={`${paths.plan(run.id)}/apply`}>
      <h2>{words.apply}</h2>
      <CsrfField view={view} />
      <FilterFields asked={asked} />
      <p class="soft">{words.applyHint}</p>
      <div class="row">
        <label class="check">
          <input type="checkbox" data-all="record" />
          {words.tickAll}
        </label>
        <button type="submit" name="which" value="ticked" data-confirm={words.confirm}>
          {words.ticked}
        </button>
        {isFiltered && (
          <button type="submit" name="which" value="filter" data-confirm={words.confirm}>
            {words.ofFilter}
          </button>
        )}
        <button type="submit" name="which" value="all" class="primary" data-confirm={words.confirm}>
          {words.everything} ({numberText(plan.summary.needsApply, view)})
        </button>
      </div>
    </form>
  );
};

const FilterFields: FC<{ asked: Asked }> = ({ asked: { outcome, only, text } }) => (
  <>
    {Object.entries({ outcome, only, text }).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={name} value={value} />,
    )}
  </>
);

/** A search goes on by form, page after page, so that no name gets into an address. */
const PlanPager: FC<{ view: View; plan: PlanParts }> = ({ view, plan }) => {
  const { run, asked, entries } = plan;
  const { after, text, ...query } = asked;
  if (text === undefined)
    return (
      <Pager view={{ ...view, path: paths.plan(run.id) }} query={query} after={after} next={entries.next} />
    );
  if (entries.next === null) return null;
  return (
    <form class="pager" method="post" action={paths.plan(run.id)}>
      <CsrfField view={view} />
      <FilterFields asked={asked} />
      <input type="hidden" name="after" value={entries.next} />
      <button type="submit">{FRAME_WORDS[view.language].next}</button>
    </form>
  );
};
