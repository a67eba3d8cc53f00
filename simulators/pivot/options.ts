import type { ServerOptions } from '../core/server-parts';
import type { PivotState } from './offer';

export interface PivotSimulatorOptions extends ServerOptions {
  /** Keys of one tourism operator: number 1, whose texts are those of the region (scope 30). */
  credentials: { keys: string[] };
  /** Default: nothing on the platform yet. */
  initial?: PivotState | undefined;
  /** Shuffles the order of answers, which PIVOT does not promise. Default 1. */
  seed?: number | undefined;
  /** ISO 8601 with offset, day first without a zone, or each date as the record has it (default). */
  dates?: 'as-stored' | 'iso' | 'day-first' | undefined;
  /** How JSON shows a list without entries. Default: each of the three, by offer. */
  emptyLists?: 'mixed' | 'absent' | 'null' | 'empty' | undefined;
  /** Content level when a call names none: the manual says 2 (default), the cheat sheet 0. */
  defaultContent?: 0 | 2 | undefined;
  /** What a change list says of an offer that left: its code alone (default), or the record. */
  leftItems?: 'code-only' | 'whole' | undefined;
  /** `homonyms`: another operator has a filter of the same name, in other letters. Default: one candidate. */
  filters?: 'one-candidate' | 'homonyms' | undefined;
  /** How long the pages of an answer are kept. Default 30 minutes (assumed: the real time is not public). */
  pagesTtlMs?: number | undefined;
}
