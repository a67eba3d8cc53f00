/** One prerequisite of a sync: what was looked at, and what to do about it. */
export interface PreflightCheck {
  code: string;
  result: 'pass' | 'warn' | 'fail';
  /** What was seen. */
  evidence: { fr: string; en: string };
  /** What to do; empty when there is nothing to do. */
  advice: { fr: string; en: string };
}
