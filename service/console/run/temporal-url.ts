import type { ServiceParts } from '../../parts';

/** A workflow in the Temporal UI, when the configuration says where that is. Without `workflowRunId` the latest one of that id. */
export function temporalUrl(
  { configuration, namespace }: Pick<ServiceParts, 'configuration' | 'namespace'>,
  workflowId: string,
  workflowRunId?: string,
): string | null {
  const base = configuration.temporal.uiUrl?.replace(/\/+$/, '');
  if (base === undefined) return null;
  const id = [workflowId, ...(workflowRunId === undefined ? [] : [workflowRunId])].map(encodeURIComponent);
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${id.join('/')}`;
}
