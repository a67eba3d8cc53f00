interface Stoppable {
  stop(): Promise<void>;
}

/** Jest loads set-up and teardown apart; the global object is what they share. */
const KEY = Symbol.for('passerelle.test.servers');
const shared: typeof globalThis & { [KEY]?: Stoppable[] } = globalThis;

/** Remembers a server for `stopServers`. */
export function keepServers(...servers: Stoppable[]): void {
  shared[KEY] = [...(shared[KEY] ?? []), ...servers];
}

/** Stops every server that this test run started. */
export async function stopServers(): Promise<void> {
  await Promise.all((shared[KEY] ?? []).map((server) => server.stop()));
  delete shared[KEY];
}
