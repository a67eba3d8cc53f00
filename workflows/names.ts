/** Names that other services rely on: ids, task queues, search attributes. Described in docs/temporal-surface.md. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const MAIN_QUEUE = 'passerelle';
export const PLANEXPO_QUEUE = 'platform-planexpo';
export const INWINK_QUEUE = 'platform-inwink';

export const syncAttribute = defineSearchAttributeKey('sync', SearchAttributeType.KEYWORD);
export const pairAttribute = defineSearchAttributeKey('pair', SearchAttributeType.KEYWORD);
export const recordAttribute = defineSearchAttributeKey('record', SearchAttributeType.KEYWORD);
export const outcomeAttribute = defineSearchAttributeKey('outcome', SearchAttributeType.KEYWORD);

/** The id of a sync's run: one open run at a time. */
export function runWorkflowId(sync: string): string {
  return `run/${sync}`;
}

/** The id of a dossier's workflow; `recordId` is Planexpo's private order id. */
export function dossierWorkflowId(sync: string, recordId: string): string {
  return `dossier/${sync}/${recordId}`;
}

/** The id of a sync's Schedule. */
export function scheduleId(sync: string): string {
  return `schedule/${sync}`;
}
