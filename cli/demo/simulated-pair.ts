/** What all simulators of one `passerelle simulate` share. */
export interface SimulationSettings {
  host: string;
  seed: number;
  limits: { requestsPerSecond: number; burst: number };
}

/** The two platforms of a pair, running as servers. */
export interface SimulatedPair {
  /** By platform: where it is, and how to get in. Without secrets that came from the environment. */
  addresses: Record<string, { url: string } & Record<string, unknown>>;
  /** The same for people. */
  lines: string[];
  stop(): Promise<void>;
}
