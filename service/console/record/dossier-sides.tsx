import type { FC } from 'hono/jsx';
import type { FieldNote } from '../../../mappings/fields';
import type {
  DossierField,
  DossierProduct,
  DossierView,
} from '../../../operations/planexpo-inwink/dossier-view';
import { Value } from '../parts/value';
import { paths } from '../paths';
import { LongValue } from '../plan/long-value';
import { numberText, type View } from '../view';
import { RECORD_WORDS } from './words';

/** What the dossier asks for now beside what was sent and what Inwink stored: partner, participant, products. */
export const DossierSides: FC<{ view: View; sync: string; dossier: DossierView }> = ({
  view,
  sync,
  dossier,
}) => {
  const words = RECORD_WORDS[view.language];
  const { noParticipant, participantOwner } = dossier;
  return (
    <section class="card stack" aria-labelledby="sides">
      <h2 id="sides">{words.sides}</h2>
      <FieldsTable view={view} caption={words.partner} fields={dossier.partner} />
      {noParticipant === null ? (
        <FieldsTable view={view} caption={words.participant} fields={dossier.participant} />
      ) : (
        <p class="soft">{words.noParticipant[noParticipant]}</p>
      )}
      {participantOwner !== null && (
        <p>
          {words.owner} <a href={paths.record(sync, participantOwner)}>{participantOwner}</a>
        </p>
      )}
      <Products view={view} products={dossier.products} />
      {dossier.unmappedItems.length > 0 && (
        <p>
          {words.unmapped} <span class="mono">{dossier.unmappedItems.join(', ')}</span>
        </p>
      )}
      <Notes view={view} notes={dossier.notes} />
    </section>
  );
};

const FieldsTable: FC<{ view: View; caption: string; fields: readonly DossierField[] }> = ({
  view,
  caption,
  fields,
}) => {
  const { language } = view;
  const words = RECORD_WORDS[language];
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.mapped}</th>
            <th scope="col">{words.sent}</th>
            <th scope="col">{words.stored}</th>
            <th scope="col">{words.standing}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, mapped, base, standing }) => (
            <tr>
              <th scope="row" class="mono">
                {field}
              </th>
              <td>
                <LongValue value={mapped} language={language} />
              </td>
              <td>{base === null ? '–' : <LongValue value={base.sent} language={language} />}</td>
              <td>{base === null ? '–' : <LongValue value={base.stored} language={language} />}</td>
              <td>
                <span class={`badge ${standing === 'same' ? 'good' : standing === 'left' ? '' : 'warn'}`}>
                  {words.standings[standing]}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Products: FC<{ view: View; products: readonly DossierProduct[] }> = ({ view, products }) => {
  const words = RECORD_WORDS[view.language];
  if (products.length === 0) return <p class="soft">{words.noProducts}</p>;
  const amount = (value: number | null) => (value === null ? '–' : numberText(value, view));
  return (
    <div class="scroll">
      <table>
        <caption>{words.products}</caption>
        <thead>
          <tr>
            <th scope="col">{words.product}</th>
            {[words.wanted, words.sent, words.stored].map((head) => (
              <th scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {products.map(({ planexpoId, inwinkId, name, wanted, sent, stored }) => (
            <tr>
              <th scope="row">
                {name ?? ''}{' '}
                <span class="mono soft">
                  {planexpoId === null ? inwinkId : `${planexpoId} → ${inwinkId}`}
                </span>
              </th>
              <td class="number">{amount(wanted)}</td>
              <td class="number">{amount(sent)}</td>
              <td class="number">{amount(stored)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** What the mapping noticed about values: it went on, and people can read why one is not as typed. */
export const Notes: FC<{ view: View; notes: readonly FieldNote[] }> = ({ view, notes }) => {
  const words = RECORD_WORDS[view.language];
  if (notes.length === 0) return null;
  return (
    <details>
      <summary>
        {words.notes} ({notes.length})
      </summary>
      <ul>
        {notes.map(({ field, code, raw, sent }) => (
          <li>
            <span class="mono">{field}</span> {words.noteCodes[code]}, {words.read}{' '}
            <del class="before">{raw}</del>{' '}
            <ins class="after">
              <Value value={sent} language={view.language} />
            </ins>
          </li>
        ))}
      </ul>
    </details>
  );
};
