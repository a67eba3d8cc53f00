import type { Mask, ProductDefinition } from './mask';
import type { Language } from './mask-problem';

export interface MaskExport {
  language: Language;
  /** Every product of the event; inactive ones are left out. */
  planexpoProducts: readonly ProductDefinition[];
  inwinkProducts: readonly ProductDefinition[];
  /** The mask in force: its answers and mappings are filled in, with today's names. */
  current?: Mask | undefined;
  /** What the configuration calls the events; shown, and written into the first sheet. */
  planexpoEvent: string;
  inwinkEvent: string;
}

/** Where the drop-down lists of columns C and D take their values from; `null` when Inwink has no product yet. */
export interface InwinkLists {
  names: string;
  ids: string;
}
