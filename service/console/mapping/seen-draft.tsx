import type { FC } from 'hono/jsx';
import { z } from 'zod';
import type { MappingDraft } from '../../../db/mapping-drafts';

const NAME = 'draft';
const seenSchema = z.object({ [NAME]: z.string().max(64).optional().catch(undefined) });

/** Which draft a form began with, for it to carry back; blank for none. */
export function seenFields(draft: MappingDraft | null): Record<string, string> {
  return { [NAME]: draft?.sha256 ?? '' };
}

export const SeenDraftField: FC<{ draft: MappingDraft | null }> = ({ draft }) => (
  <input type="hidden" name={NAME} value={draft?.sha256 ?? ''} />
);

/** The hash of the draft that a form began with; null for none, undefined when the form does not say. */
export function seenDraft(form: Readonly<Record<string, unknown>>): string | null | undefined {
  const { [NAME]: seen } = seenSchema.parse(form);
  return seen === '' ? null : seen;
}
