import type { FeedObject, ObjectKind } from './feed-reader';
import type { ImportOutcome } from './import-object';

/** An object of a feed, by the provider's id (null when it has none), and what there is to say about it. */
export interface ReportLine {
  kind: ObjectKind;
  id: string | null;
  reason: string;
}

/** What a pull did (assumed: whether Cirkwi tells providers any of this is not public). */
export interface ImportReport {
  created: number;
  /** Objects that were there and were overwritten. */
  updated: number;
  /** Those of them in which the overwriting changed something. */
  changed: number;
  deleted: number;
  /** Not imported: what Cirkwi has of them stays. */
  rejected: ReportLine[];
  /** Imported, but with the track they had before, or none. */
  partial: ReportLine[];
  /** Imported, without codes that Cirkwi does not know. */
  warnings: ReportLine[];
  /** Feeds that could not be read as a whole. With one of them nothing at all was changed. */
  failed: Array<{ feed: 'circuits' | 'pois'; reason: string }>;
  /** Both feeds answered that they had not changed. Their objects were overwritten all the same. */
  unchangedFeed: boolean;
  /** The pull was made to stop before its end: the rest waits for the next one, deletions too. */
  halfFinished: boolean;
}

export function emptyReport(): ImportReport {
  return {
    created: 0,
    updated: 0,
    changed: 0,
    deleted: 0,
    rejected: [],
    partial: [],
    warnings: [],
    failed: [],
    unchangedFeed: false,
    halfFinished: false,
  };
}

export function noteOutcome(report: ImportReport, found: FeedObject, outcome: ImportOutcome): void {
  const line = (reason: string): ReportLine => ({ kind: found.kind, id: found.externalId, reason });
  if (outcome.kind === 'rejected') {
    report.rejected.push(line(outcome.reason));
    return;
  }
  if (outcome.kind === 'created') report.created += 1;
  else report.updated += 1;
  if (outcome.kind === 'replaced' && outcome.change === 'some') report.changed += 1;
  if (outcome.partial !== null) report.partial.push(line(outcome.partial));
  report.warnings.push(...found.unknownCodes.map(line));
}
