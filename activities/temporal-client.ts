import { Client, Connection, type ConnectionOptions } from '@temporalio/client';

/** A client for starting and signalling workflows; one per process. */
export async function connectClient(
  options: ConnectionOptions & { namespace: string },
): Promise<{ client: Client; close(): Promise<void> }> {
  const { namespace, ...connectionOptions } = options;
  const connection = await Connection.connect(connectionOptions);
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}
