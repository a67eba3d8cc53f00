import type { FC } from 'hono/jsx';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type {
  DiscoveredField,
  DiscoveredSchemas,
  FieldMapping,
} from '../../../mappings/weavy-webmecanik/field-mapping';
import {
  ENDS,
  type MappedObject,
  pairsOf,
  schemaOf,
} from '../../../mappings/weavy-webmecanik/mapped-objects';
import type { View } from '../view';
import { MAPPING_WORDS } from './words';

interface FieldTablesProps {
  view: View;
  object: MappedObject;
  schemas: DiscoveredSchemas;
  mapping: FieldMapping;
}

/** The fields of both ends of one object, as the platforms name them. */
export const FieldTables: FC<FieldTablesProps> = (props) => (
  <div class="columns">
    <FieldTable {...props} side="weavy" />
    <FieldTable {...props} side="mautic" />
  </div>
);

const FieldTable: FC<FieldTablesProps & { side: Side }> = ({ view, object, schemas, mapping, side }) => {
  const words = MAPPING_WORDS[view.language];
  const fields = schemaOf(schemas, ENDS[object][side]) ?? [];
  const used = new Set(pairsOf(mapping, object).map((pair) => pair[side]));
  return (
    <details class="card">
      <summary>
        {words.fieldsOf[side]} ({fields.length})
      </summary>
      {fields.length === 0 ? (
        <p class="empty">{words.noFields}</p>
      ) : (
        <div class="scroll">
          <table>
            <caption class="visually-hidden">{words.fieldsOf[side]}</caption>
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.type}</th>
                <th scope="col">{words.length}</th>
                <th scope="col">{words.needs}</th>
                <th scope="col">{words.usedBy}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr>
                  <th scope="row">
                    {field.label} <span class="mono soft">{field.name}</span>
                  </th>
                  <td class="mono">{field.type}</td>
                  <td class="number">{field.length ?? '–'}</td>
                  <td>{constraintsOf(field, view).join(', ') || '–'}</td>
                  <td>{used.has(field.name) ? words.yes : words.no}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
};

function constraintsOf(
  { required, readOnly, choices, custom }: DiscoveredField,
  { language }: View,
): string[] {
  const words = MAPPING_WORDS[language];
  return [
    required ? words.required : [],
    readOnly ? words.readOnly : [],
    choices === null ? [] : words.choices(choices.length),
    custom ? words.custom : [],
  ].flat();
}
