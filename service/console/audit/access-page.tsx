import type { FC } from 'hono/jsx';
import type { AccessAuditRow } from '../../../db/lists/audit';
import type { Actor } from '../../../db/lists/audit-actors';
import type { Page } from '../../../db/lists/page';
import type { Language } from '../../../mappings/reason-types';
import { Pager } from '../parts/pager';
import { Time } from '../parts/time';
import { withQuery } from '../paths';
import type { View } from '../view';
import { ACCESS_OPERATIONS, detailText, operationText } from './access-words';
import { AuditTabs, accessPath } from './audit-tabs';
import { ActorChoice } from './changes-page';
import { AUDIT_WORDS } from './words';

const FR = {
  lead: 'Qui est entré, qui a été refusé, et ce qui a changé pour les personnes et les jetons.',
  caption: 'Actes d’accès, du plus récent au plus ancien',
  filters: 'Filtrer les accès',
  act: 'Acte',
  any: 'tous',
  by: 'Par',
  unknown: 'inconnu',
  about: 'Qui ou quoi',
  detail: 'Précisions',
};

const WORDS = {
  fr: FR,
  en: {
    lead: 'Who came in, who was refused, and what changed for people and tokens.',
    caption: 'Acts of access, the newest first',
    filters: 'Filter access',
    act: 'Act',
    any: 'all',
    by: 'By',
    unknown: 'unknown',
    about: 'Whom or what',
    detail: 'Detail',
  },
} as const satisfies Record<Language, typeof FR>;

export interface AccessAsked {
  act?: string | undefined;
  by?: number | undefined;
  after?: number | undefined;
}

interface AccessProps {
  view: View;
  asked: AccessAsked;
  actors: readonly Actor[];
  actor: string | null;
  page: Page<AccessAuditRow>;
}

/** Who was let in, refused, given or denied a right. */
export const AccessPage: FC<AccessProps> = ({ view, asked, actors, actor, page }) => {
  const words = WORDS[view.language];
  const { after, ...query } = asked;
  return (
    <>
      <p class="lead">{words.lead}</p>
      <div class="stack">
        <AuditTabs view={view} shown="access" />
        <form class="filters" method="get" action={accessPath} aria-label={words.filters}>
          <label>
            {words.act}
            <select name="act">
              <option value="">{words.any}</option>
              {ACCESS_OPERATIONS.map((operation) => (
                <option value={operation} selected={operation === asked.act}>
                  {operationText(operation, view)}
                </option>
              ))}
            </select>
          </label>
          <ActorChoice view={view} label={words.by} actors={actors} actor={actor} />
          <button type="submit">{AUDIT_WORDS[view.language].filter}</button>
        </form>
      </div>
      {page.rows.length === 0 ? (
        <p class="empty">{AUDIT_WORDS[view.language].nothing}</p>
      ) : (
        <AccessTable view={view} rows={page.rows} />
      )}
      <Pager view={view} query={{ ...query }} after={after} next={page.next} />
    </>
  );
};

const AccessTable: FC<{ view: View; rows: readonly AccessAuditRow[] }> = ({ view, rows }) => {
  const words = WORDS[view.language];
  const { when } = AUDIT_WORDS[view.language];
  return (
    <div class="scroll card">
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            {[when.split(' ', 1)[0], words.by, words.act, words.about, words.detail].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td>
                <Time at={row.at} view={view} />
              </td>
              <th scope="row">
                {row.actor === 'unknown' ? (
                  <span class="soft">{words.unknown}</span>
                ) : (
                  <a href={withQuery(accessPath, { by: row.id })}>{row.actor}</a>
                )}
              </th>
              <td>{operationText(row.operation, view)}</td>
              <td>{row.subject ?? <span class="soft">–</span>}</td>
              <td>{detailText(row.detail, view)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
