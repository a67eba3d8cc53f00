/** Names that other services rely on: ids, task queues, search attributes. Described in docs/temporal-surface.md. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const MAIN_QUEUE = 'passerelle';
export const PLANEXPO_QUEUE = 'platform-planexpo';
export const INWINK_QUEUE = 'platform-inwink';
export const PIVOT_QUEUE = 'platform-pivot';
export const CIRKWI_QUEUE = 'platform-cirkwi';
export const WEAVY_QUEUE = 'platform-weavy';
export const MAUTIC_QUEUE = 'platform-mautic';

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

/** The id of a record's workflow, for pairs whose records are no dossiers; `kind` is `offer`, or `mautic-contact` and the like. */
export function recordWorkflowId(sync: string, kind: string, recordId: string): string {
  return `record/${sync}/${kind}/${recordId}`;
}

/** The workflow that signals about one record of a pair go to. */
export function recordWorkflow(
  pair: string,
  sync: string,
  recordId: string,
): { type: 'dossier' | 'record'; id: string } {
  if (pair === 'planexpo-inwink') return { type: 'dossier', id: dossierWorkflowId(sync, recordId) };
  if (pair === 'weavy-webmecanik') return { type: 'record', id: crmWorkflowId(sync, recordId) };
  return { type: 'record', id: recordWorkflowId(sync, 'offer', recordId) };
}

/** `mautic/contact/81` is the record `81` of the kind `mautic-contact`. */
function crmWorkflowId(sync: string, recordId: string): string {
  const [platform = '', entity = '', ...id] = recordId.split('/');
  return recordWorkflowId(sync, `${platform}-${entity}`, id.join('/'));
}

/** The id of the way back of an offer's track; `code` is its codeCgt. */
export function trackWorkflowId(sync: string, code: string): string {
  return `track/${sync}/${code}`;
}

/** The id of a sync's watch for edited tracks: one look at a time. */
export function watchWorkflowId(sync: string): string {
  return `watch/${sync}`;
}

/** The id of the Schedule of a sync's watch. */
export function watchScheduleId(sync: string): string {
  return `schedule/${sync}/watch`;
}

/** The id of a sync's Schedule. */
export function scheduleId(sync: string): string {
  return `schedule/${sync}`;
}
