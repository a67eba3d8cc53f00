import type { FC } from 'hono/jsx';
import { PostButton } from '../parts/post-form';
import { paths } from '../paths';
import { RUN_WORDS } from '../run/words';
import type { View } from '../view';

interface SteerButtonsProps {
  view: View;
  sync: string;
  /** The run under way, whose page follows; the change is refused when another one holds the place by then. */
  run: number;
  /** Null while nobody knows. */
  isPaused: boolean | null;
}

/** Pause or resume the run under way, or let it end early. */
export const SteerButtons: FC<SteerButtonsProps> = ({ view, sync, run, isPaused }) => {
  const words = RUN_WORDS[view.language];
  const action = `${paths.sync(sync)}/steer`;
  return (
    <div class="row">
      {isPaused !== true && (
        <PostButton view={view} action={action} fields={{ to: 'pause', run }} label={words.pause} />
      )}
      {isPaused !== false && (
        <PostButton view={view} action={action} fields={{ to: 'resume', run }} label={words.resume} />
      )}
      <PostButton
        view={view}
        action={action}
        fields={{ to: 'cancelAfterCurrent', run }}
        label={words.stop}
        look="danger"
        confirm={words.confirmStop}
      />
    </div>
  );
};
