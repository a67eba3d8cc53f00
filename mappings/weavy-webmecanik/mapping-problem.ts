import type { Language } from '../reason-types';
import type { Side } from './crm-record';
import type { MappedObject } from './mapped-objects';

/** Added to, never renamed: `mapping check --json` prints them. */
export type MappingProblemCode =
  /** The ends of an object could not be discovered. */
  | 'no-right'
  | 'field-unknown'
  /** A field by which records are matched: without it nothing of that object can be synchronised. */
  | 'key-unknown'
  /** weavy's foreign keys and record codes are never written. */
  | 'read-only'
  | 'form'
  | 'form-better'
  | 'types-differ'
  | 'target-shorter'
  | 'closed-list'
  | 'required-not-mapped'
  | 'required-not-written'
  | 'company-text'
  | 'bounce-field'
  | 'bounce-field-mapped';

/** Something about the mapping that does not fit the platforms as they are. */
export interface MappingProblem {
  object: MappedObject;
  /** What of the object: `weavy name -> Mautic name`, a setting, or a table. */
  place: string;
  code: MappingProblemCode;
  severity: 'fail' | 'warn';
  /** What is wrong, and the next step. */
  message: Readonly<Record<Language, string>>;
}

export const SIDE_NAMES = { weavy: 'weavy', mautic: 'Webmecanik' } as const satisfies Record<Side, string>;

/** How the direction towards one side is written in the document. */
export const TOWARDS = { weavy: 'toWeavy', mautic: 'toMautic' } as const satisfies Record<Side, string>;

/** `contacts, phoneNumber -> phone`: where a problem or a difference is. */
export function placeText(problem: Pick<MappingProblem, 'object' | 'place'>): string {
  return `${problem.object}, ${problem.place}`;
}
