import { parseRecordId } from '../../../mappings/weavy-webmecanik/crm-record';
import type { NotedRecord } from '../../../simulators/sample-data/crm';
import type { WeavyWebmecanikStack } from './stack';

/** A contact by its codes on both platforms. */
export interface KnownContact {
  weavy: string;
  mautic: string;
}

const KIND_NOTES = ['knownToBoth', 'weavyAlone', 'mauticAlone'];

/** Contacts that both sides knew from the start and nothing is special about, so that each edit tells one thing. */
export function plainContacts(stack: WeavyWebmecanikStack): KnownContact[] {
  const isPlain = plainness(stack);
  return stack.sample.notes.knownToBoth.filter(isPlain).flatMap(({ weavy, mautic }) => {
    const codes = { weavy: codeOf(weavy), mautic: codeOf(mautic) };
    return codes.weavy === null || codes.mautic === null
      ? []
      : [{ weavy: codes.weavy, mautic: codes.mautic }];
  });
}

/** The number of a contact that Mautic alone knew, and nothing is special about: the first run made an Entrant of it. */
export function plainMauticContact(stack: WeavyWebmecanikStack): string | null {
  return codeOf(stack.sample.notes.mauticAlone.find(plainness(stack))?.mautic ?? null);
}

function plainness({ sample }: WeavyWebmecanikStack): (noted: NotedRecord) => boolean {
  const special = Object.entries(sample.notes).flatMap(([note, records]) =>
    KIND_NOTES.includes(note) ? [] : records.flatMap(({ weavy, mautic }) => [weavy, mautic]),
  );
  const emails = new Map<unknown, number>();
  for (const { fields } of sample.weavy.customercontact ?? [])
    emails.set(fields.email, (emails.get(fields.email) ?? 0) + 1);
  const shared = (sample.weavy.customercontact ?? [])
    .filter(({ fields }) => (emails.get(fields.email) ?? 0) > 1)
    .map(({ id }) => `weavy/customercontact/${id}`);
  const apart = new Set<string | null>([...special, ...shared].filter((recordId) => recordId !== null));
  return ({ weavy, mautic }) => !apart.has(weavy) && !apart.has(mautic);
}

function codeOf(recordId: string | null): string | null {
  return recordId === null ? null : (parseRecordId(recordId)?.id ?? null);
}
