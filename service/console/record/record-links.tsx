import type { FC } from 'hono/jsx';
import type { LinkView, RecordView } from '../../../operations/record-view';
import { paths } from '../paths';
import { kindText } from '../plan/kind-words';
import type { View } from '../view';
import { RECORD_WORDS } from './words';

/** Where people see the record on each platform, and its workflow. */
export const Links: FC<{ view: View; record: RecordView }> = ({ view, record }) => {
  const words = RECORD_WORDS[view.language];
  const { couple, offer, links, workflow } = record;
  const sides = [couple?.weavy, couple?.mautic].flatMap((side) => side ?? []);
  return (
    <section class="card" aria-labelledby="links">
      <h2 id="links">{words.links}</h2>
      {couple === undefined && offer === undefined && links.length === 0 && (
        <p class="soft">{words.noLinks}</p>
      )}
      <ul>
        {links.map((link) => (
          <li>
            <LinkLine view={view} record={record} link={link} />
          </li>
        ))}
        {sides.map((side) => (
          <li>
            <Elsewhere url={side.url} text={side.record} />
          </li>
        ))}
        {offer?.object?.cirkwiId != null && (
          <li>
            Cirkwi <Elsewhere url={offer.object.url} text={offer.object.cirkwiId} />
          </li>
        )}
      </ul>
      {workflow !== null && (
        <p>
          <a href={workflow} rel="noreferrer">
            {words.workflow}
          </a>
        </p>
      )}
    </section>
  );
};

const LinkLine: FC<{ view: View; record: RecordView; link: LinkView }> = ({ view, record, link }) => {
  const words = RECORD_WORDS[view.language];
  const { owner, pausedFields } = link;
  return (
    <>
      {kindText(link.kind, view.language)} <Elsewhere url={link.url} text={link.targetId} />{' '}
      {link.state !== 'active' && (
        <span class="badge warn">{words.linkStates[link.state] ?? link.state}</span>
      )}
      {owner !== null && owner !== record.record && (
        <span class="soft">
          {words.shared} <a href={paths.record(record.sync, owner)}>{owner}</a>
        </span>
      )}
      {pausedFields.length > 0 && (
        <span class="soft">
          {words.paused} <span class="mono">{pausedFields.join(', ')}</span>
        </span>
      )}
    </>
  );
};

const Elsewhere: FC<{ url: string | null; text: string }> = ({ url, text }) =>
  url === null ? (
    <span class="mono">{text}</span>
  ) : (
    <a class="mono" href={url} rel="noreferrer">
      {text}
    </a>
  );
