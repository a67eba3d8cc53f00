import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Configuration, SyncConfiguration } from '../config/schema';
import { dossierWorkflowId } from '../workflows/names';

/** The partner in Inwink's back office, when the configuration says how its pages are addressed. */
export function inwinkUrl(configuration: Configuration, sync: SyncConfiguration, id: string): string | null {
  const account = configuration.platforms[sync.target];
  if (account?.platform !== 'inwink' || account.recordUrl === undefined) return null;
  return account.recordUrl
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{eventId}', encodeURIComponent(sync.inwinkEventId));
}

/** The dossier's workflow in the Temporal UI, when the configuration says where that is. */
export function workflowUrl(configuration: Configuration, sync: string, recordId: string): string | null {
  const base = configuration.temporal.uiUrl?.replace(/\/+$/, '');
  if (base === undefined) return null;
  const namespace = loadClientConnectConfig().namespace ?? 'default';
  const id = encodeURIComponent(dossierWorkflowId(sync, recordId));
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${id}`;
}
