import type { FC } from 'hono/jsx';
import { mayDo } from '../../access/principal';
import { paths } from '../paths';
import type { View } from '../view';
import { AUDIT_WORDS } from './words';

export const accessPath = `${paths.audit}/access`;

/** From one audit to the other, for those who may read both. */
export const AuditTabs: FC<{ view: View; shown: 'changes' | 'access' }> = ({ view, shown }) => {
  const words = AUDIT_WORDS[view.language];
  if (!mayDo(view.signedIn.principal, 'administer')) return null;
  const tabs = [
    { is: 'changes', label: words.changes, href: paths.audit },
    { is: 'access', label: words.access, href: accessPath },
  ];
  return (
    <nav class="row" aria-label={words.tabs}>
      {tabs.map(({ is, label, href }) =>
        is === shown ? (
          <a class="button primary" href={href} aria-current="page">
            {label}
          </a>
        ) : (
          <a class="button" href={href}>
            {label}
          </a>
        ),
      )}
    </nav>
  );
};
