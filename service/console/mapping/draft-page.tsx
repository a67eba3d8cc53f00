import type { FC } from 'hono/jsx';
import type { MappingDraft } from '../../../db/mapping-drafts';
import type { MappingDifference } from '../../../mappings/weavy-webmecanik/diff-mapping';
import { MAPPED_OBJECTS } from '../../../mappings/weavy-webmecanik/mapped-objects';
import type { MappingFields } from '../../../operations/weavy-webmecanik/mapping-fields';
import type { MappingPreview } from '../../../operations/weavy-webmecanik/mapping-preview';
import { mayDo } from '../../access/principal';
import { PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { DifferenceTable } from './difference-table';
import { PreviewRecords } from './preview-records';
import { ProblemTable } from './problem-table';
import { MAPPING_WORDS } from './words';

export interface DraftPageProps {
  view: View;
  sync: string;
  draft: MappingDraft;
  /** Whether something else came into force since it was begun. */
  isStale: boolean;
  differences: readonly MappingDifference[];
  found: MappingFields;
  preview: MappingPreview;
}

/** A draft before it is put in force: what it changes, how it fits, what real records would become. */
export const DraftPage: FC<DraftPageProps> = (props) => {
  const { view, sync, draft, isStale, differences, found, preview } = props;
  const words = MAPPING_WORDS[view.language];
  return (
    <>
      <p class="lead">{words.draftLead}</p>
      <p>
        {words.draftBy(draft.by)} <Time at={draft.at} view={view} />
      </p>
      {isStale && <p class="notice bad">{words.draftStale}</p>}
      {found.trouble !== null && <p class="notice warn">{words.trouble}</p>}
      <Buttons {...props} />
      <section class="card">
        <h2>{words.differences}</h2>
        <DifferenceTable view={view} caption={words.differencesCaption} differences={differences} />
      </section>
      <section class="card">
        <h2>{words.problems}</h2>
        <ProblemTable view={view} problems={found.problems} />
        <p class="soft small">{found.source === 'live' ? words.live : words.stored}</p>
      </section>
      <section>
        <h2>{words.preview}</h2>
        <PreviewRecords view={view} sync={sync} preview={preview} />
      </section>
    </>
  );
};

const Buttons: FC<DraftPageProps> = ({ view, sync, draft, isStale, differences, found }) => {
  const words = MAPPING_WORDS[view.language];
  const failing = found.problems.some(({ severity }) => severity === 'fail');
  const action = (what: string) => `${paths.mapping(sync)}/draft/${what}`;
  if (!mayDo(view.signedIn.principal, 'operate')) return null;
  return (
    <div class="card row">
      {failing && <span class="problem">{words.putFirst}</span>}
      {!failing && !isStale && differences.length > 0 && (
        <PostButton
          view={view}
          action={action('put-in-force')}
          fields={{ sha256: draft.sha256 }}
          label={words.put}
          look="primary"
          confirm={words.putConfirm}
        />
      )}
      {MAPPED_OBJECTS.map((object) => (
        <a class="button" href={`${paths.mapping(sync)}/${object}`}>
          {words.objects[object].name}
        </a>
      ))}
      <PostButton
        view={view}
        action={action('drop')}
        fields={{ sha256: draft.sha256 }}
        label={words.drop}
        look="danger"
      />
    </div>
  );
};
