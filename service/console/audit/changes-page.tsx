import type { FC } from 'hono/jsx';
import type { AuditListRow } from '../../../db/lists/audit';
import type { Actor } from '../../../db/lists/audit-actors';
import type { Page } from '../../../db/lists/page';
import { Notice } from '../parts/notice';
import { Pager } from '../parts/pager';
import { paths, withQuery } from '../paths';
import type { View } from '../view';
import type { Asked } from './asked';
import { AuditTabs } from './audit-tabs';
import { ChangesTable } from './changes-table';
import { AUDIT_WORDS } from './words';

export const exportPath = `${paths.audit}/export.csv`;

export interface Changes {
  asked: Asked;
  syncs: readonly string[];
  actors: readonly Actor[];
  /** Whose acts are asked for; null for everybody's. */
  actor: string | null;
  page: Page<AuditListRow>;
  /** Why nothing could be looked for; null when it was. */
  fault: string | null;
}

/** What was changed, narrowed by what people ask about. */
export const ChangesPage: FC<{ view: View; changes: Changes }> = ({ view, changes }) => {
  const words = AUDIT_WORDS[view.language];
  const { asked, page, fault } = changes;
  const { after, ...query } = asked;
  return (
    <>
      <p class="lead">{words.lead}</p>
      <div class="stack">
        <AuditTabs view={view} shown="changes" />
        <Filters view={view} changes={changes} />
      </div>
      {fault !== null && <Notice kind="warn">{fault}</Notice>}
      {fault === null && page.rows.length === 0 && <p class="empty">{words.nothing}</p>}
      {page.rows.length > 0 && <ChangesTable view={view} rows={page.rows} />}
      <Pager view={view} query={query} after={after} next={page.next} />
      {page.rows.length > 0 && (
        <p>
          <a class="button" href={withQuery(exportPath, query)} download="">
            {words.export}
          </a>
        </p>
      )}
    </>
  );
};

const Filters: FC<{ view: View; changes: Changes }> = ({ view, changes }) => {
  const words = AUDIT_WORDS[view.language];
  const { asked, syncs } = changes;
  return (
    <form class="filters" method="get" action={paths.audit} aria-label={words.filters}>
      <label>
        {words.sync}
        <select name="sync">
          <option value="">{words.all}</option>
          {syncs.map((sync) => (
            <option value={sync} selected={sync === asked.sync}>
              {sync}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.record}
        {/* an e-mail names no record: it would stand in the address */}
        <input
          name="record"
          value={asked.record ?? ''}
          size={16}
          maxlength={300}
          pattern="[^@]*"
          title={words.recordHint}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <label>
        {words.run}
        <input
          name="run"
          value={asked.run ?? ''}
          size={6}
          pattern="[0-9]{1,15}"
          inputmode="numeric"
          autocomplete="off"
        />
      </label>
      <ActorChoice view={view} label={words.person} actors={changes.actors} actor={changes.actor} />
      <label class="check">
        <input type="checkbox" name="people" value="1" checked={asked.people === '1'} />
        {words.peopleOnly}
      </label>
      <button type="submit">{words.filter}</button>
    </form>
  );
};

interface ActorChoiceProps {
  view: View;
  label: string;
  actors: readonly Actor[];
  /** The one that is chosen; null for everybody. */
  actor: string | null;
}

/** People to choose from, each by an act of theirs. */
export const ActorChoice: FC<ActorChoiceProps> = ({ view, label, actors, actor }) => (
  <label>
    {label}
    <select name="by">
      <option value="">{AUDIT_WORDS[view.language].anybody}</option>
      {actors.map((each) => (
        <option value={String(each.act)} selected={each.actor === actor}>
          {each.actor}
        </option>
      ))}
    </select>
  </label>
);
