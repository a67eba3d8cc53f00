import type { Child, FC } from 'hono/jsx';

export type NoticeKind = 'calm' | 'good' | 'warn' | 'bad';

/** A few sentences that stand out. What went wrong is read out at once. */
export const Notice: FC<{ kind: NoticeKind; children: Child }> = ({ kind, children }) => (
  <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
);
