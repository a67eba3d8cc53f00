import type { Configuration } from '../../../config/schema';
import type { ItemListRow } from '../../../db/lists/attention';
import type { Language } from '../../../mappings/reason-types';
import { reasonsFor } from '../../../operations/syncs';

/** A decision on offer, in the reader's language. */
export interface OfferView {
  code: string;
  /** What has to be given with it; null for most. */
  argument: string | null;
  label: string;
  effect: string;
}

/** An attention item as people read it. */
export interface ItemView extends ItemListRow {
  what: string;
  why: string;
  next: string;
  /** None unless it is open. */
  offers: OfferView[];
  /** What the decision that was taken is called; null before. */
  decidedLabel: string | null;
}

/** The item with its texts in the language of the reader, which need not be that of its sync. */
export function itemView(row: ItemListRow, configuration: Configuration, language: Language): ItemView {
  const offers = offersOf(row, configuration, language);
  return {
    ...row,
    ...reasonsFor(configuration, row.sync).text(row.reason, language),
    offers: row.state === 'open' ? offers : [],
    decidedLabel:
      row.decision === null
        ? null
        : (offers.find(({ code }) => code === row.decision)?.label ?? row.decision),
  };
}

/** What can be answered to items of a reason. */
export function offersOf(
  item: { sync: string; reason: string },
  configuration: Configuration,
  language: Language,
): OfferView[] {
  return reasonsFor(configuration, item.sync)
    .decisions(item.reason)
    .map(({ code, argument, label, effect }) => ({
      code,
      argument: argument ?? null,
      label: label[language],
      effect: effect[language],
    }));
}
