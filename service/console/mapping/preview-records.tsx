import type { FC } from 'hono/jsx';
import type { MappingPreview, PreviewedRecord } from '../../../operations/weavy-webmecanik/mapping-preview';
import { OutcomeBadge } from '../parts/badge';
import { paths } from '../paths';
import { kindText } from '../plan/kind-words';
import { LongValue } from '../plan/long-value';
import { ruleText } from '../plan/rule-words';
import type { View } from '../view';
import { MAPPING_WORDS } from './words';

/** What ten real records would become under a draft, side by side and field by field. */
export const PreviewRecords: FC<{ view: View; sync: string; preview: MappingPreview }> = ({
  view,
  sync,
  preview,
}) => {
  const words = MAPPING_WORDS[view.language];
  if (preview.records.length === 0) return <p class="empty">{words.previewNone}</p>;
  return (
    <>
      <p class="soft">{words.previewLead(preview.lookedAt, preview.differing)}</p>
      {preview.records.map((one) => (
        <Previewed view={view} sync={sync} one={one} />
      ))}
    </>
  );
};

const Previewed: FC<{ view: View; sync: string; one: PreviewedRecord }> = ({ view, sync, one }) => {
  const words = MAPPING_WORDS[view.language];
  const { record, name, changes, differs, outcome } = one;
  return (
    <article class="card stack">
      <div class="row between">
        <h3>
          <a href={paths.record(sync, record)}>{name ?? record}</a>{' '}
          {name !== null && <span class="mono soft">{record}</span>}
        </h3>
        <span class="row">
          <span class={`badge ${differs ? 'warn' : ''}`}>{differs ? words.differs : words.asBefore}</span>
          <OutcomeBadge outcome={outcome} language={view.language} />
        </span>
      </div>
      {changes.length === 0 ? (
        <p class="soft">{words.untouched}</p>
      ) : (
        <div class="scroll">
          <table>
            <caption class="visually-hidden">{name ?? record}</caption>
            <thead>
              <tr>
                <th scope="col">{words.side}</th>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.before}</th>
                <th scope="col">{words.after}</th>
                <th scope="col">{words.rule}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr>
                  <td>{kindText(change.kind, view.language)}</td>
                  <th scope="row" class="mono">
                    {change.field}
                  </th>
                  <td class="before">
                    <LongValue value={change.before} language={view.language} />
                  </td>
                  <td class="after">
                    <LongValue value={change.after} language={view.language} />
                  </td>
                  <td title={change.rule}>{ruleText(change.rule, view.language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </article>
  );
};
