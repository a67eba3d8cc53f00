import type { FC } from 'hono/jsx';
import { MAPPED_OBJECTS } from '../../../mappings/weavy-webmecanik/mapped-objects';
import type { MappingFields } from '../../../operations/weavy-webmecanik/mapping-fields';
import type { MappingStanding, MappingStep } from '../../../operations/weavy-webmecanik/mapping-standing';
import { mayDo } from '../../access/principal';
import { Pager } from '../parts/pager';
import { PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { DifferenceTable } from './difference-table';
import { ProblemCount, ProblemTable } from './problem-table';
import { seenFields } from './seen-draft';
import { MAPPING_WORDS } from './words';

export interface MappingPageProps {
  view: View;
  sync: string;
  standing: MappingStanding;
  found: MappingFields;
  versions: { versions: MappingStep[]; next: number | null };
  after: number | undefined;
}

/** The mapping of a sync: what is in force, how it fits, what is being changed, and the versions before. */
export const MappingPage: FC<MappingPageProps> = (props) => {
  const { view, sync, standing, found } = props;
  const words = MAPPING_WORDS[view.language];
  return (
    <>
      <p class="lead">{words.lead}</p>
      <FileNotice {...props} />
      {standing.draft !== null && (
        <p class="notice calm">
          {words.draftBy(standing.draft.by)} <a href={`${paths.mapping(sync)}/draft`}>{words.draftOpen}</a>
        </p>
      )}
      <InForce {...props} />
      <Objects {...props} />
      <section class="card">
        <h2>{words.problems}</h2>
        {found.trouble !== null && <p class="notice warn">{words.trouble}</p>}
        <ProblemTable view={view} problems={found.problems} />
        <p class="soft small">
          {found.source === 'live' ? words.live : words.stored}{' '}
          <a href={`${view.path}?live=1`}>{words.readAgain}</a>
        </p>
      </section>
      <Versions {...props} />
    </>
  );
};

/** The document in the configuration beside what people put in force here. */
const FileNotice: FC<MappingPageProps> = ({ view, sync, standing }) => {
  const words = MAPPING_WORDS[view.language];
  const { file, fileDifferences } = standing;
  if (file === 'leads') return null;
  if (file === 'same') return <p class="notice calm">{words.fileSame}</p>;
  const isNew = file === 'changed';
  const action = (what: string) => `${paths.mapping(sync)}/file/${what}`;
  return (
    <section class="card">
      <p class={`notice ${isNew ? 'warn' : 'calm'}`}>{isNew ? words.fileChanged : words.fileAside}</p>
      <details open={isNew}>
        <summary>{words.fileDifference}</summary>
        <DifferenceTable view={view} caption={words.fileDifference} differences={fileDifferences} />
      </details>
      {mayDo(view.signedIn.principal, 'operate') && (
        <div class="row">
          <PostButton
            view={view}
            action={action('take')}
            label={words.takeFile}
            confirm={words.takeFileConfirm}
          />
          {isNew && <PostButton view={view} action={action('keep')} label={words.keep} />}
        </div>
      )}
    </section>
  );
};

const InForce: FC<MappingPageProps> = ({ view, standing: { newest, isTakenUp, file } }) => {
  const words = MAPPING_WORDS[view.language];
  const isConsole = file !== 'leads';
  return (
    <section class="card">
      <h2>{words.inForce}</h2>
      {newest === null ? (
        <p>{words.notStored}</p>
      ) : (
        <dl class="facts">
          <dt>{words.inForce}</dt>
          <dd>
            {words.version(newest.version)}{' '}
            <span class="soft">{isTakenUp ? words.takenUp : words.notTakenUp}</span>
          </dd>
          <dt>{words.origin}</dt>
          <dd>{isConsole ? words.fromConsole(newest.by ?? '–') : words.fromFile}</dd>
          <dt>{words.since}</dt>
          <dd>
            <Time at={newest.at} view={view} />
          </dd>
        </dl>
      )}
    </section>
  );
};

const Objects: FC<MappingPageProps> = ({ view, sync, standing: { mapping }, found }) => {
  const words = MAPPING_WORDS[view.language];
  const open = mayDo(view.signedIn.principal, 'operate') ? words.change : words.open;
  return (
    <div class="cards">
      {MAPPED_OBJECTS.map((object) => {
        const part = mapping[object];
        const own = found.problems.filter((each) => each.object === object);
        return (
          <section class="card">
            <h2>{words.objects[object].name}</h2>
            <p class="soft">{words.objects[object].ends}</p>
            {part === null ? (
              <p>
                <span class="badge">{words.notSynchronised}</span>
              </p>
            ) : (
              <dl class="facts">
                <dt>{words.rows}</dt>
                <dd>{part.fields.length}</dd>
                {object === 'companies' && mapping.companies !== null && (
                  <>
                    <dt>{words.key}</dt>
                    <dd class="mono">{`${mapping.companies.key.weavy} → ${mapping.companies.key.mautic}`}</dd>
                  </>
                )}
                <dt>{words.problems}</dt>
                <dd>
                  <ProblemCount view={view} problems={own} />
                </dd>
              </dl>
            )}
            <p>
              <a class="button" href={`${paths.mapping(sync)}/${object}`}>
                {open}
                <span class="visually-hidden">{` – ${words.objects[object].name}`}</span>
              </a>
            </p>
          </section>
        );
      })}
    </div>
  );
};

const Versions: FC<MappingPageProps> = ({ view, sync, standing, versions, after }) => {
  const words = MAPPING_WORDS[view.language];
  if (versions.versions.length === 0) return null;
  const mayChange = mayDo(view.signedIn.principal, 'operate');
  return (
    <section class="card">
      <h2>{words.versions}</h2>
      <p class="soft">{words.versionsCaption}</p>
      {versions.versions.map((version) => (
        <details>
          <summary>
            {words.version(version.version)} – <Time at={version.at} view={view} /> –{' '}
            {version.origin === 'console' ? words.fromConsole(version.by ?? '–') : words.fromFile}{' '}
            {version.version === standing.newest?.version && <span class="badge good">{words.inForce}</span>}
          </summary>
          <DifferenceTable view={view} caption={words.changed} differences={version.differences} />
          {mayChange && version.version !== standing.newest?.version && (
            <PostButton
              view={view}
              action={`${paths.mapping(sync)}/versions/${version.version}/draft`}
              fields={seenFields(standing.draft)}
              label={`${words.draftVersion} (${words.version(version.version)})`}
            />
          )}
        </details>
      ))}
      <Pager view={view} query={{}} after={after} next={versions.next} />
    </section>
  );
};
