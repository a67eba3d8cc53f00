import type { FC } from 'hono/jsx';
import { outcomeText } from '../../../operations/outcome-words';
import { CsrfField } from '../parts/post-form';
import { paths } from '../paths';
import type { View } from '../view';
import { type Asked, ONLY, OUTCOMES } from './asked';
import { PLAN_WORDS } from './words';

/** By outcome and kind of change, and a search. The search is a form that posts: people look for names. */
export const PlanFilters: FC<{ view: View; run: number; asked: Asked }> = ({ view, run, asked }) => {
  const words = PLAN_WORDS[view.language];
  return (
    <div class="row">
      <form class="filters" method="get" action={paths.plan(run)} aria-label={words.filters}>
        <label>
          {words.outcome}
          <select name="outcome">
            <option value="">{words.all}</option>
            {OUTCOMES.map((outcome) => (
              <option value={outcome} selected={outcome === asked.outcome}>
                {outcomeText(outcome, view.language)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.only}
          <select name="only">
            <option value="">{words.onlys.all}</option>
            {ONLY.map((only) => (
              <option value={only} selected={only === asked.only}>
                {words.onlys[only]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{words.filter}</button>
      </form>
      <form class="filters" method="post" action={paths.plan(run)}>
        <CsrfField view={view} />
        {asked.outcome !== undefined && <input type="hidden" name="outcome" value={asked.outcome} />}
        {asked.only !== undefined && <input type="hidden" name="only" value={asked.only} />}
        <label>
          {words.search}
          <input type="search" name="text" value={asked.text ?? ''} maxlength={200} autocomplete="off" />
        </label>
        <button type="submit">{words.searchButton}</button>
        {asked.text !== undefined && <a href={paths.plan(run)}>{words.forget}</a>}
      </form>
    </div>
  );
};
