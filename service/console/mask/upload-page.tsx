import type { FC } from 'hono/jsx';
import type { MaskCheck } from '../../../operations/masks';
import type { UploadReview } from '../../../operations/planexpo-inwink/mask-upload';
import { mayDo } from '../../access/principal';
import { Notice } from '../parts/notice';
import { PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { DifferenceTable } from './difference-table';
import { UploadForm } from './mask-page';
import { ProblemTable } from './problem-table';
import { MASK_WORDS } from './words';

/** A workbook that cannot be put in force: what is wrong with it, cell by cell, and where to upload the corrected one. */
export const RefusedUpload: FC<{ view: View; sync: string; check: MaskCheck }> = ({ view, sync, check }) => {
  const words = MASK_WORDS[view.language];
  return (
    <>
      <Notice kind="bad">{words.problemsLead}</Notice>
      <Problems view={view} check={check} />
      <UploadForm view={view} sync={sync} />
    </>
  );
};

const Problems: FC<{ view: View; check: MaskCheck }> = ({ view, check }) => {
  const words = MASK_WORDS[view.language];
  const { problems, notes } = check;
  return (
    <>
      {problems.length > 0 && (
        <section class="card">
          <h2>
            {words.problems} ({problems.length})
          </h2>
          <ProblemTable view={view} caption={words.problemsCaption} seen={words.wrong} problems={problems} />
        </section>
      )}
      {notes.length > 0 && (
        <section class="card">
          <h2>
            {words.notes} ({notes.length})
          </h2>
          <ProblemTable view={view} caption={words.notesCaption} seen={words.noted} problems={notes} />
        </section>
      )}
    </>
  );
};

/** An uploaded workbook before it is put in force: what it would change. */
export const ReviewPage: FC<{ view: View; sync: string; review: UploadReview }> = ({
  view,
  sync,
  review,
}) => {
  const words = MASK_WORDS[view.language];
  const { ok, isInForce, differences, before } = review;
  return (
    <>
      <p class="soft">
        {words.reviewBy(review.by)}, <Time at={review.at} view={view} />
      </p>
      <Notice kind={ok ? 'good' : 'bad'}>{ok ? words.reviewLead : words.problemsLead}</Notice>
      {isInForce && <Notice kind="calm">{words.sameFile}</Notice>}
      <Buttons view={view} sync={sync} review={review} />
      {ok && (
        <section class="card">
          <h2>{words.differences}</h2>
          <ul class="figures">
            <li>
              <b>{review.mapped}</b>
              <span>{words.mapped}</span>
            </li>
            <li>
              <b>{review.unmapped}</b>
              <span>{words.unmapped}</span>
            </li>
          </ul>
          <DifferenceTable view={view} caption={words.differencesWith(before)} differences={differences} />
        </section>
      )}
      <Problems view={view} check={review} />
    </>
  );
};

const Buttons: FC<{ view: View; sync: string; review: UploadReview }> = ({ view, sync, review }) => {
  const words = MASK_WORDS[view.language];
  const action = (what: string) => `${paths.mask(sync)}/uploads/${review.upload}/${what}`;
  if (!mayDo(view.signedIn.principal, 'operate')) return null;
  return (
    <div class="card row">
      {review.ok && !review.isInForce && (
        <PostButton
          view={view}
          action={action('put-in-force')}
          label={words.put}
          look="primary"
          confirm={words.putConfirm}
        />
      )}
      <PostButton view={view} action={action('drop')} label={words.drop} look="danger" />
    </div>
  );
};
