import type { FC } from 'hono/jsx';
import { withQuery } from '../paths';
import type { View } from '../view';
import { FRAME_WORDS } from '../words';

interface PagerProps {
  view: View;
  /** What the list is filtered by. */
  query: Readonly<Record<string, string | number | undefined>>;
  /** Where the page begins that is shown; undefined for the first one. */
  after: string | number | undefined;
  /** Where the next one begins; null at the end. */
  next: string | number | null;
}

/** From page to page by key: as fast at the end of a long list as at its start. */
export const Pager: FC<PagerProps> = ({ view, query, after, next }) => {
  if (after === undefined && next === null) return null;
  const words = FRAME_WORDS[view.language];
  return (
    <nav class="pager" aria-label={words.next}>
      {after !== undefined && <a href={withQuery(view.path, query)}>{words.first}</a>}
      {next !== null && (
        <a href={withQuery(view.path, { ...query, after: next })} rel="next">
          {words.next}
        </a>
      )}
    </nav>
  );
};
