/** One write as the server saw it. */
export interface JournalEntry {
  /** ISO 8601, when it arrived. */
  at: string;
  method: string;
  path: string;
  route: string;
  body: unknown;
  /** What the caller was answered; `null` when it was answered nothing. */
  status: number | null;
  /** Whether the platform's records took it. */
  committed: boolean;
  effect: 'created' | 'updated' | null;
  /** Kinds of the faults that hit it. */
  faults: string[];
}

export interface Journal {
  add(entry: JournalEntry): void;
  list(): readonly JournalEntry[];
  clear(): void;
}

/** Keeps every write, or the last `limit` ones. */
export function journal(limit = Number.POSITIVE_INFINITY): Journal {
  let entries: JournalEntry[] = [];
  return {
    add(entry) {
      entries.push(entry);
      // Trimmed in blocks: shifting at each write would cost the length of the journal.
      if (entries.length > limit * 2) entries = entries.slice(-limit);
    },
    list: () => (entries.length > limit ? entries.slice(-limit) : entries),
    clear() {
      entries = [];
    },
  };
}
