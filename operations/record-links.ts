import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Configuration, Pair, SyncConfiguration } from '../config/schema';
import { recordWorkflow } from '../workflows/names';

/** Where people see the record at the target, when the configuration says how its pages are addressed. */
export function targetUrl(
  configuration: Configuration,
  sync: SyncConfiguration,
  link: { kind: string; targetId: string },
): string | null {
  const account = configuration.platforms[sync.target];
  if (account?.platform === 'cirkwi') return cirkwiPage(account.siteUrl, link);
  if (account?.platform !== 'inwink' || account.recordUrl === undefined) return null;
  if (link.kind !== 'partner' || sync.pair !== 'planexpo-inwink') return null;
  return account.recordUrl
    .replaceAll('{id}', encodeURIComponent(link.targetId))
    .replaceAll('{eventId}', encodeURIComponent(sync.inwinkEventId));
}

/** Cirkwi's ids are numbers; before it has shown one, there is no page. */
function cirkwiPage(siteUrl: string, { kind, targetId }: { kind: string; targetId: string }): string | null {
  if (!/^\d+$/.test(targetId)) return null;
  return `${siteUrl}/fr/${kind === 'poi' ? 'point-interet' : 'circuit'}/${targetId}`;
}

/** The record's workflow in the Temporal UI, when the configuration says where that is. */
export function workflowUrl(
  configuration: Configuration,
  sync: string,
  pair: Pair,
  recordId: string,
): string | null {
  const base = configuration.temporal.uiUrl?.replace(/\/+$/, '');
  if (base === undefined) return null;
  const namespace = loadClientConnectConfig().namespace ?? 'default';
  const id = encodeURIComponent(recordWorkflow(pair, sync, recordId).id);
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${id}`;
}
