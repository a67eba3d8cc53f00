import type { FC } from 'hono/jsx';
import type { MaskSummary } from '../../../operations/masks';
import { mayDo } from '../../access/principal';
import { CsrfField, PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { MASK_WORDS } from './words';

export interface MaskPageProps {
  view: View;
  sync: string;
  /** Newest first. */
  versions: readonly MaskSummary[];
}

/** The mask of a sync: the version in force, the way to another one, and the versions before. */
export const MaskPage: FC<MaskPageProps> = (props) => {
  const words = MASK_WORDS[props.view.language];
  return (
    <>
      <p class="lead">{words.lead}</p>
      <div class="columns">
        <InForce {...props} />
        <UploadForm {...props} />
      </div>
      {props.versions.length > 0 && <Versions {...props} />}
    </>
  );
};

const InForce: FC<MaskPageProps> = ({ view, sync, versions }) => {
  const words = MASK_WORDS[view.language];
  const current = versions.find(({ inForce }) => inForce);
  return (
    <section class="card stack">
      <h2>{words.inForce}</h2>
      {current === undefined ? (
        <p>{words.none}</p>
      ) : (
        <dl class="facts">
          <dt>{words.version}</dt>
          <dd>{current.version}</dd>
          <dt>{words.by}</dt>
          <dd>{current.importedBy}</dd>
          <dt>{words.on}</dt>
          <dd>
            <Time at={current.importedAt} view={view} />
          </dd>
          <dt>{words.mapped}</dt>
          <dd>{current.mapped}</dd>
          <dt>{words.unmapped}</dt>
          <dd>{current.unmapped}</dd>
        </dl>
      )}
      <p>
        <a class="button" href={`${paths.mask(sync)}/export.xlsx`} download>
          {words.export}
        </a>
      </p>
      <p class="soft small">{words.exportHint}</p>
    </section>
  );
};

/** Where a completed workbook goes in; for those who may put it in force. */
export const UploadForm: FC<{ view: View; sync: string }> = ({ view, sync }) => {
  const words = MASK_WORDS[view.language];
  if (!mayDo(view.signedIn.principal, 'operate')) return null;
  return (
    <section class="card">
      <h2>{words.upload}</h2>
      <form class="stack" method="post" action={paths.mask(sync)} enctype="multipart/form-data">
        <CsrfField view={view} />
        <label>
          {words.file}
          <input type="file" name="file" accept=".xlsx" required />
        </label>
        <button type="submit" class="primary">
          {words.send}
        </button>
      </form>
    </section>
  );
};

const Versions: FC<MaskPageProps> = ({ view, sync, versions }) => {
  const words = MASK_WORDS[view.language];
  return (
    <section class="card">
      <h2>{words.versions}</h2>
      <div class="scroll">
        <table>
          <caption>{words.versionsCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.version}</th>
              <th scope="col">{words.on}</th>
              <th scope="col">{words.by}</th>
              <th scope="col">{words.mapped}</th>
              <th scope="col">{words.actions}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <VersionRow view={view} sync={sync} version={version} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const VersionRow: FC<{ view: View; sync: string; version: MaskSummary }> = ({ view, sync, version }) => {
  const words = MASK_WORDS[view.language];
  const path = `${paths.mask(sync)}/versions/${version.version}`;
  const named = <span class="visually-hidden">{` – ${words.versionOf(version.version)}`}</span>;
  return (
    <tr>
      <th scope="row">
        {version.version} {version.inForce && <span class="badge good">{words.inForce}</span>}
      </th>
      <td>
        <Time at={version.importedAt} view={view} />
      </td>
      <td>{version.importedBy}</td>
      <td class="number">{version.mapped}</td>
      <td>
        <span class="row">
          <a href={`${path}.xlsx`} download>
            {words.download}
            {named}
          </a>
          {!version.inForce && (
            <>
              <a href={path}>
                {words.compare}
                {named}
              </a>
              <PutAgain view={view} sync={sync} version={version.version} />
            </>
          )}
        </span>
      </td>
    </tr>
  );
};

/** Puts an earlier version in force again. */
export const PutAgain: FC<{ view: View; sync: string; version: number }> = ({ view, sync, version }) => {
  const words = MASK_WORDS[view.language];
  if (!mayDo(view.signedIn.principal, 'operate')) return null;
  return (
    <PostButton
      view={view}
      action={`${paths.mask(sync)}/versions/${version}/put-in-force`}
      label={`${words.again} (${words.versionOf(version)})`}
      confirm={words.againConfirm}
    />
  );
};
