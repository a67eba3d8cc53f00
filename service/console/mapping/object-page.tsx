import type { FC } from 'hono/jsx';
import type { MappingDraft } from '../../../db/mapping-drafts';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { ENDS, type MappedObject, schemaOf } from '../../../mappings/weavy-webmecanik/mapped-objects';
import type { MappingFields } from '../../../operations/weavy-webmecanik/mapping-fields';
import { mayDo } from '../../access/principal';
import { CsrfField } from '../parts/post-form';
import { paths } from '../paths';
import type { View } from '../view';
import { FieldTables } from './field-tables';
import { FieldSelect, ObjectFields, Select } from './object-fields';
import type { ObjectForm } from './object-form';
import { ProblemTable } from './problem-table';
import { SeenDraftField } from './seen-draft';
import { MAPPING_WORDS } from './words';

export interface ObjectPageProps {
  view: View;
  sync: string;
  object: MappedObject;
  /** What the form began with: the draft, or what is in force. */
  mapping: FieldMapping;
  draft: MappingDraft | null;
  form: ObjectForm;
  found: MappingFields;
  /** Why what was sent is not kept. */
  refusals: readonly string[];
}

/** One object of the mapping: its rows and settings to change, and the fields of both sides. */
export const ObjectPage: FC<ObjectPageProps> = (props) => {
  const { view, object, mapping, found, draft, refusals } = props;
  const words = MAPPING_WORDS[view.language];
  return (
    <>
      <p class="lead">{words.objects[object].ends}</p>
      {refusals.length > 0 && (
        <div class="notice bad" role="alert">
          <p>{words.notSaved}</p>
          <ul>
            {refusals.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {draft !== null && <p class="notice calm">{words.draftShown}</p>}
      {found.trouble !== null && <p class="notice warn">{words.trouble}</p>}
      <MappingForm {...props} />
      <section class="card">
        <h2>{words.problems}</h2>
        <ProblemTable view={view} problems={found.problems.filter((each) => each.object === object)} />
        <p class="soft small">
          {found.source === 'live' ? words.live : words.stored}{' '}
          <a href={`${view.path}?live=1`}>{words.readAgain}</a>
        </p>
      </section>
      <FieldTables view={view} object={object} schemas={found.schemas} mapping={mapping} />
    </>
  );
};

/** To read for those who may not change it: everything in it is disabled, and there is nothing to send. */
const MappingForm: FC<ObjectPageProps> = (props) => {
  const { view, sync, object, draft, form, found } = props;
  const words = MAPPING_WORDS[view.language];
  const mayChange = mayDo(view.signedIn.principal, 'operate');
  const fields = {
    weavy: schemaOf(found.schemas, ENDS[object].weavy),
    mautic: schemaOf(found.schemas, ENDS[object].mautic),
  };
  return (
    <form class="card stack" method="post" action={`${paths.mapping(sync)}/${object}`}>
      <CsrfField view={view} />
      <SeenDraftField draft={draft} />
      <fieldset disabled={!mayChange}>
        <legend>{words.objects[object].name}</legend>
        <label class="check">
          <input type="checkbox" name="on" value="1" checked={form.isOn} />
          {words.synchronise}
        </label>
        <Settings {...props} />
        <ObjectFields view={view} object={object} form={form} fields={fields} problems={found.problems} />
        <p class="soft small">{words.enforceHint}</p>
        {object === 'companies' && <p class="soft small">{words.keyHint}</p>}
      </fieldset>
      {mayChange && (
        <button type="submit" class="primary">
          {words.save}
        </button>
      )}
    </form>
  );
};

const Settings: FC<ObjectPageProps> = ({ view, object, form, found }) => {
  const words = MAPPING_WORDS[view.language];
  if (object === 'companies') return null;
  if (object === 'contacts')
    return (
      <div class="filters">
        <label class="check">
          <input type="checkbox" name="company" value="1" checked={form.company} />
          {words.company}
        </label>
        <label for="bounceField">
          {words.bounceField}
          <FieldSelect
            view={view}
            id="bounceField"
            name="bounceField"
            label={words.bounceField}
            value={form.bounceField}
            fields={schemaOf(found.schemas, ENDS.contacts.weavy)}
          />
        </label>
      </div>
    );
  const creates = (['all', 'none', 'tag', 'segment'] as const).map((value) => ({
    value,
    text: words.creates[value],
  }));
  return (
    <div class="filters">
      <label for="create">
        {words.create}
        <Select id="create" name="create" label={words.create} value={form.create} options={creates} />
      </label>
      <label>
        {words.createName}
        <input type="text" name="createName" value={form.createName} maxlength={190} />
      </label>
    </div>
  );
};
