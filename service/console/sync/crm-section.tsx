import type { FC } from 'hono/jsx';
import type { Language } from '../../../mappings/reason-types';
import { grantText } from '../../../mappings/weavy-webmecanik/api-rights';
import { RECORD_KINDS } from '../../../mappings/weavy-webmecanik/crm-record';
import { type CrmStatus, READ_KINDS } from '../../../operations/weavy-webmecanik/crm-status';
import { coupleKindText, kindText, stateText } from '../../../operations/weavy-webmecanik/crm-words';
import { Time } from '../parts/time';
import { numberText, type View } from '../view';
import { PAIR_STATUS_WORDS } from './pair-status-words';

/** What a sync of the two CRMs has beside others: links, readings, clocks, and what stands still. */
export const CrmSection: FC<{ view: View; crm: CrmStatus }> = ({ view, crm }) => {
  const { language } = view;
  const words = PAIR_STATUS_WORDS[language];
  const couples = Object.entries(crm.couples);
  return (
    <section class="card" aria-labelledby="crm">
      <h2 id="crm">{words.crm}</h2>
      <dl class="facts">
        {couples.length === 0 && (
          <>
            <dt>{words.couples}</dt>
            <dd>{words.none}</dd>
          </>
        )}
        {couples.map(([kind, states]) => (
          <>
            <dt>
              {words.couples} ({coupleKindText(kind, language)})
            </dt>
            <dd>{statesText(states, view)}</dd>
          </>
        ))}
        {READ_KINDS.map((kind) => (
          <>
            <dt>
              {words.lastRead} ({kindText(kind, language)})
            </dt>
            <dd>
              {(crm.lastRead[kind] ?? null) === null ? (
                words.never
              ) : (
                <Time at={crm.lastRead[kind] ?? null} view={view} />
              )}
            </dd>
          </>
        ))}
        <dt>{words.clocks}</dt>
        <dd>
          weavy {skewText(crm.skewMs.weavy, language)}, Webmecanik {skewText(crm.skewMs.mautic, language)}
        </dd>
        <Stopped crm={crm} view={view} />
      </dl>
    </section>
  );
};

/** Fields and tables that nothing is done with until somebody acts. */
const Stopped: FC<{ view: View; crm: CrmStatus }> = ({ view, crm }) => {
  const words = PAIR_STATUS_WORDS[view.language];
  const { pausedFields, goneFields, deniedTables } = crm;
  return (
    <>
      {pausedFields.length > 0 && (
        <>
          <dt>{words.paused}</dt>
          <dd>
            {pausedFields
              .map(({ field, records }) => `${field} (${numberText(records, view)} ${words.records})`)
              .join(', ')}
          </dd>
        </>
      )}
      {goneFields.length > 0 && (
        <>
          <dt>{words.gone}</dt>
          <dd>{goneFields.join(', ')}</dd>
        </>
      )}
      {deniedTables.length > 0 && (
        <>
          <dt>{words.denied}</dt>
          <dd>{deniedTables.map((table) => deniedText(table, view.language)).join(', ')}</dd>
        </>
      )}
    </>
  );
};

function statesText(states: Readonly<Record<string, number>>, view: View): string {
  return Object.entries(states)
    .map(([state, n]) => `${numberText(n, view)} ${stateText(state, view.language)}`)
    .join(', ');
}

function skewText(skewMs: number | null, language: Language): string {
  const words = PAIR_STATUS_WORDS[language];
  if (skewMs === null) return words.unknown;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (seconds === 0) return words.onTime;
  return `${skewMs > 0 ? words.ahead : words.behind} ${seconds} s`;
}

/** With what to tick, in the words of the platform's own screen. */
function deniedText(table: string, language: Language): string {
  const kind = RECORD_KINDS.find((each) => each === table);
  return kind === undefined ? table : `${table} (${grantText(kind, ['READ'], language)})`;
}
