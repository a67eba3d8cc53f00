import type { Child, FC } from 'hono/jsx';
import type { View } from '../view';

/** Proves that a form comes from a page of ours. */
export const CsrfField: FC<{ view: View }> = ({ view }) => (
  <input type="hidden" name="_csrf" value={view.signedIn.csrfToken} />
);

interface PostButtonProps {
  view: View;
  action: string;
  label: Child;
  /** Further values of the form. */
  fields?: Readonly<Record<string, string | number>>;
  look?: 'primary' | 'danger' | 'plain';
  /** Asked before it is sent, where scripts run. */
  confirm?: string;
}

/** A form that is one button: what it does is a change, so it is never a link. */
export const PostButton: FC<PostButtonProps> = ({ view, action, label, fields = {}, look, confirm }) => (
  <form class="inline" method="post" action={action}>
    <CsrfField view={view} />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={String(value)} />
    ))}
    <button
      type="submit"
      {...(look === undefined ? {} : { class: look })}
      {...(confirm === undefined ? {} : { 'data-confirm': confirm })}
    >
      {label}
    </button>
  </form>
);
