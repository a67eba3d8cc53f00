import type { FC } from 'hono/jsx';
import {
  type Direction,
  type DiscoveredField,
  VALUE_FORMS,
} from '../../../mappings/weavy-webmecanik/field-mapping';
import type { MappedObject } from '../../../mappings/weavy-webmecanik/mapped-objects';
import type { MappingProblem } from '../../../mappings/weavy-webmecanik/mapping-problem';
import type { View } from '../view';
import { type FormRow, type ObjectForm, spareRows } from './object-form';
import { MAPPING_WORDS } from './words';

const DIRECTIONS: readonly Direction[] = ['both', 'toMautic', 'toWeavy'];

export interface ObjectFieldsProps {
  view: View;
  object: MappedObject;
  form: ObjectForm;
  /** Undefined when that side could not be discovered. */
  fields: { weavy: readonly DiscoveredField[] | undefined; mautic: readonly DiscoveredField[] | undefined };
  problems: readonly MappingProblem[];
}

/** The rows of one object as a table of choices; `disabled` around it makes it a table to read. */
export const ObjectFields: FC<ObjectFieldsProps> = (props) => {
  const { view, object, form } = props;
  const words = MAPPING_WORDS[view.language];
  const rows = [...form.rows, ...spareRows(object)];
  return (
    <div class="scroll">
      <input type="hidden" name="rows" value={String(rows.length)} />
      <table>
        <caption>{words.objects[object].ends}</caption>
        <thead>
          <tr>
            {object === 'companies' && <th scope="col">{words.keyColumn}</th>}
            <th scope="col">{words.weavyField}</th>
            {object !== 'inbounds' && <th scope="col">{words.direction}</th>}
            <th scope="col">{words.mauticField}</th>
            <th scope="col">{words.as}</th>
            <th scope="col">{words.blank}</th>
            {object !== 'inbounds' && <th scope="col">{words.enforce}</th>}
            <th scope="col">{words.remove}</th>
            <th scope="col">{words.problems}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row {...props} row={row} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row: FC<ObjectFieldsProps & { row: FormRow; index: number }> = (props) => {
  const { view, object, form, fields, row, index } = props;
  const words = MAPPING_WORDS[view.language];
  const isNew = index >= form.rows.length;
  const called = isNew
    ? `${words.newRow} ${index - form.rows.length + 1}`
    : `${words.row(index + 1)}, ${row.weavy}`;
  const label = (what: string) => `${what}, ${called}`;
  const directions = DIRECTIONS.map((each) => ({ value: each, text: words.directions[each] }));
  const forms = VALUE_FORMS.map((each) => ({ value: each, text: words.forms[each] }));
  return (
    <tr>
      {object === 'companies' && (
        <td>
          <input
            type="radio"
            name="key"
            value={String(index)}
            checked={form.key === index}
            aria-label={label(words.keyColumn)}
          />
        </td>
      )}
      <td>
        <FieldSelect
          view={view}
          name={`weavy.${index}`}
          label={label(words.weavyField)}
          value={row.weavy}
          fields={fields.weavy}
        />
      </td>
      {object !== 'inbounds' && (
        <td>
          <Select
            name={`direction.${index}`}
            label={label(words.direction)}
            value={row.direction}
            options={directions}
          />
        </td>
      )}
      <td>
        <FieldSelect
          view={view}
          name={`mautic.${index}`}
          label={label(words.mauticField)}
          value={row.mautic}
          fields={fields.mautic}
        />
      </td>
      <td>
        <Select name={`as.${index}`} label={label(words.as)} value={row.as} options={forms} />
      </td>
      <td>
        <Tick name={`blank.${index}`} label={label(words.blank)} ticked={row.propagateBlank} />
      </td>
      {object !== 'inbounds' && (
        <td>
          <Tick name={`enforce.${index}`} label={label(words.enforce)} ticked={row.enforce} />
        </td>
      )}
      <td>{!isNew && <Tick name={`remove.${index}`} label={label(words.remove)} ticked={false} />}</td>
      <td>{!isNew && <RowProblems {...props} />}</td>
    </tr>
  );
};

const RowProblems: FC<ObjectFieldsProps & { row: FormRow }> = ({ view, object, row, problems }) => {
  const words = MAPPING_WORDS[view.language];
  const own = problems.filter(
    (problem) => problem.object === object && problem.place === `${row.weavy} -> ${row.mautic}`,
  );
  if (own.length === 0) return <span class="soft">–</span>;
  return (
    <>
      {own.map(({ severity, message }) => (
        <details>
          <summary>
            <span class={`badge ${severity === 'fail' ? 'bad' : 'warn'}`}>{words.weights[severity]}</span>
          </summary>
          {message[view.language]}
        </details>
      ))}
    </>
  );
};

interface FieldSelectProps {
  view: View;
  id?: string;
  name: string;
  label: string;
  value: string;
  fields: readonly DiscoveredField[] | undefined;
}

/** The fields of one side; one that is mapped and not there any more stays, and says so. */
export const FieldSelect: FC<FieldSelectProps> = ({ view, fields = [], ...select }) => {
  const { value } = select;
  const words = MAPPING_WORDS[view.language];
  const isThere = value === '' || fields.some((field) => field.name === value);
  const options = [
    { value: '', text: words.choose },
    ...(isThere ? [] : [{ value, text: `${value} (${words.notThere})` }]),
    ...fields.map((field) => ({
      value: field.name,
      text: `${field.label} (${field.name})${field.required ? ` – ${words.required}` : ''}`,
    })),
  ];
  return <Select {...select} options={options} />;
};

interface SelectProps {
  /** For a label beside it. */
  id?: string;
  name: string;
  label: string;
  value: string;
  options: ReadonlyArray<{ value: string; text: string }>;
}

export const Select: FC<SelectProps> = ({ id, name, label, value, options }) => (
  <select name={name} aria-label={label} {...(id === undefined ? {} : { id })}>
    {options.map((option) => (
      <option value={option.value} selected={option.value === value}>
        {option.text}
      </option>
    ))}
  </select>
);

/** A box alone in its cell; its column and its row name it. */
const Tick: FC<{ name: string; label: string; ticked: unknown }> = ({ name, label, ticked }) => (
  <input type="checkbox" name={name} value="1" checked={ticked === true} aria-label={label} />
);
