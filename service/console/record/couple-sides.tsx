import type { FC } from 'hono/jsx';
import type { CoupleView, FieldView, SideView } from '../../../operations/weavy-webmecanik/couple-view';
import { stateText } from '../../../operations/weavy-webmecanik/crm-words';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { LongValue } from '../plan/long-value';
import { ruleText } from '../plan/rule-words';
import { type View, valueText } from '../view';
import { RECORD_WORDS } from './words';

interface CoupleProps {
  view: View;
  sync: string;
  couple: CoupleView;
}

/** Both records of a couple, and each field as weavy holds it, as they last agreed, and as Webmecanik holds it. */
export const CoupleSides: FC<CoupleProps> = ({ view, sync, couple }) => {
  const words = RECORD_WORDS[view.language];
  return (
    <section class="card stack" aria-labelledby="sides">
      <h2 id="sides">{words.sides}</h2>
      <div class="columns">
        <Side view={view} sync={sync} name="weavy" side={couple.weavy} />
        <Side view={view} sync={sync} name="Webmecanik" side={couple.mautic} />
      </div>
      <CoupleFacts view={view} couple={couple} />
      {couple.fields.length > 0 && <FieldsTable view={view} fields={couple.fields} />}
    </section>
  );
};

const Side: FC<{ view: View; sync: string; name: string; side: SideView | null }> = ({
  view,
  sync,
  name,
  side,
}) => {
  const words = RECORD_WORDS[view.language];
  return (
    <div>
      <h3>{name}</h3>
      {side === null ? (
        <p class="soft">{words.noSide}</p>
      ) : (
        <p>
          <a class="mono" href={paths.record(sync, side.record)}>
            {side.record}
          </a>{' '}
          {side.gone && <span class="badge warn">{words.gone}</span>}
          {side.url !== null && (
            <a href={side.url} rel="noreferrer">
              {words.open} {name}
            </a>
          )}
          {side.changedAt !== null && (
            <span class="soft small">
              {' '}
              {words.modified} <Time at={side.changedAt} view={view} />
            </span>
          )}
          {side.knownSince !== null && (
            <span class="soft small">
              {' '}
              {words.knownSince} <Time at={side.knownSince} view={view} />
            </span>
          )}
        </p>
      )}
    </div>
  );
};

const CoupleFacts: FC<{ view: View; couple: CoupleView }> = ({ view, couple }) => {
  const words = RECORD_WORDS[view.language];
  return (
    <dl class="facts">
      <dt>{words.link}</dt>
      <dd>{couple.state === null ? words.alone : stateText(couple.state, view.language)}</dd>
      {couple.madeCompany !== null && (
        <>
          <dt>{words.company}</dt>
          <dd>{couple.madeCompany}</dd>
        </>
      )}
      {couple.bouncedAt !== null && (
        <>
          <dt>{words.bounced}</dt>
          <dd>
            <Time at={couple.bouncedAt} view={view} />
          </dd>
        </>
      )}
      {couple.duplicates.length > 0 && (
        <>
          <dt>{words.duplicates}</dt>
          <dd class="mono">{couple.duplicates.join(', ')}</dd>
        </>
      )}
      {couple.isUnsettled && (
        <>
          <dt>{words.standing}</dt>
          <dd>
            <span class="badge warn">{words.unsettled}</span>
          </dd>
        </>
      )}
    </dl>
  );
};

const FieldsTable: FC<{ view: View; fields: readonly FieldView[] }> = ({ view, fields }) => {
  const words = RECORD_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption class="visually-hidden">{words.sides}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">weavy</th>
            <th scope="col">{words.base}</th>
            <th scope="col">Webmecanik</th>
            <th scope="col">{words.fieldStanding}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow view={view} field={field} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const ARROWS = { both: '↔', toMautic: '→', toWeavy: '←' } as const;

const FieldRow: FC<{ view: View; field: FieldView }> = ({ view, field }) => {
  const { language } = view;
  const words = RECORD_WORDS[language];
  const { base } = field;
  // one value where both sides agreed on the same, two where a platform spells it in its own way
  const isOneBase = base !== null && valueText(base.weavy) === valueText(base.mautic);
  return (
    <tr>
      <th scope="row" class="mono">
        {field.weavyField} <span title={words.direction[field.direction]}>{ARROWS[field.direction]}</span>
        <span class="visually-hidden"> {words.direction[field.direction]} </span> {field.mauticField}
      </th>
      <td>
        <LongValue value={field.weavy} language={language} />
      </td>
      <td class="soft">
        {base !== null && <LongValue value={base.weavy} language={language} />}
        {base !== null && !isOneBase && (
          <>
            {' | '}
            <LongValue value={base.mautic} language={language} />
          </>
        )}
      </td>
      <td>
        <LongValue value={field.mautic} language={language} />
      </td>
      <td>
        <span class={`badge ${field.standing === 'same' ? 'good' : 'warn'}`}>
          {words.standings[field.standing]}
        </span>{' '}
        {field.rule !== null && <span title={field.rule}>{ruleText(field.rule, language)}</span>}
      </td>
    </tr>
  );
};
