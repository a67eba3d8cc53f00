import { createScratchDatabase } from '../../db/scratch-database';
import { startPostgres } from '../../local/postgres';
import { type LocalTemporal, startTemporal } from '../../local/temporal';

export interface LocalServers {
  databaseUrl: string;
  temporal: LocalTemporal;
  stop(): Promise<void>;
}

/** A Temporal server and a migrated database for a demonstration: started here, or those that the environment names. */
export async function startServers(): Promise<LocalServers> {
  const [temporal, postgres] = await Promise.allSettled([
    startTemporal(),
    startPostgres({ durability: 'test' }),
  ]);
  const stop = async () => {
    if (temporal.status === 'fulfilled') await temporal.value.stop();
    if (postgres.status === 'fulfilled') await postgres.value.stop();
  };
  if (temporal.status === 'rejected' || postgres.status === 'rejected') {
    await stop();
    throw temporal.status === 'rejected' ? temporal.reason : (postgres as PromiseRejectedResult).reason; // one of the two is
  }
  try {
    const database = await createScratchDatabase(postgres.value.url);
    return {
      databaseUrl: database.url,
      temporal: temporal.value,
      async stop() {
        await database.drop().catch(() => undefined); // gone with its server when that is ours
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
