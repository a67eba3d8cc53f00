import type { Child, FC } from 'hono/jsx';
import { outcomeText } from '../../../operations/outcome-words';
import { CsrfField } from '../parts/post-form';
import { withQuery } from '../paths';
import type { View } from '../view';
import { FRAME_WORDS } from '../words';
import { RECORDS_WORDS } from './words';

/** What a list of records is narrowed to. */
interface RecordsAsked {
  outcome?: string | undefined;
  /** Part of a name or an id. */
  text?: string | undefined;
  due?: boolean | undefined;
  after?: string | undefined;
}

interface SearchFormProps {
  view: View;
  /** Address of the list. */
  path: string;
  asked: RecordsAsked;
  outcomes: readonly string[];
  /** Further fields of the form. */
  children?: Child;
}

/**
 * Narrows a list of records. It is sent in a body: what people type here is often a person's name, which must not stand
 * in an address, where histories and logs would keep it.
 */
export const SearchForm: FC<SearchFormProps> = ({ view, path, asked, outcomes, children }) => {
  const words = RECORDS_WORDS[view.language];
  return (
    <search>
      <form class="filters" method="post" action={path}>
        <CsrfField view={view} />
        <label>
          {words.search}
          <input type="search" name="text" value={asked.text ?? ''} maxlength={100} autocomplete="off" />
        </label>
        <label>
          {words.outcome}
          <select name="outcome">
            <option value="">{words.all}</option>
            {outcomes.map((outcome) => (
              <option value={outcome} selected={outcome === asked.outcome}>
                {outcomeText(outcome, view.language)}
              </option>
            ))}
          </select>
        </label>
        {children}
        <button type="submit">{words.filter}</button>
      </form>
    </search>
  );
};

interface RecordsPagerProps {
  view: View;
  path: string;
  asked: RecordsAsked;
  next: string | null;
}

/** From page to page by key: by address, or in a body while something is searched. */
export const RecordsPager: FC<RecordsPagerProps> = ({ view, path, asked, next }) => {
  const { after, text } = asked;
  if (after === undefined && next === null) return null;
  const words = FRAME_WORDS[view.language];
  return (
    <nav class="pager" aria-label={words.next}>
      {after !== undefined && (
        <PageLink view={view} path={path} asked={asked} to={undefined} label={words.first} />
      )}
      {next !== null && <PageLink view={view} path={path} asked={asked} to={next} label={words.next} />}
      {text !== undefined && <a href={path}>{RECORDS_WORDS[view.language].clear}</a>}
    </nav>
  );
};

interface PageLinkProps {
  view: View;
  path: string;
  asked: RecordsAsked;
  to: string | undefined;
  label: string;
}

const PageLink: FC<PageLinkProps> = ({ view, path, asked: { outcome, text, due }, to, label }) => {
  const query = { outcome, due: due ? '1' : undefined, after: to };
  if (text === undefined) return <a href={withQuery(path, query)}>{label}</a>;
  return (
    <form class="inline" method="post" action={path}>
      <CsrfField view={view} />
      {Object.entries({ ...query, text }).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
      <button type="submit">{label}</button>
    </form>
  );
};
