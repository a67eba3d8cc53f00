import type { Client } from '@temporalio/client';

export interface Execution {
  workflowId: string;
  runId?: string;
}

/** Every execution of the namespace; the list may lag behind those that ended within the last second. */
export async function executionsOf(client: Client, query?: string): Promise<Execution[]> {
  const found: Execution[] = [];
  for await (const { workflowId, runId } of client.workflow.list(query === undefined ? {} : { query }))
    found.push({ workflowId, runId });
  return found;
}

/**
 * Everything readable that Temporal keeps of an execution: its history with decoded payloads, failures with their stack
 * traces, headers and summaries; its memo and search attributes.
 */
export async function textsOfExecution(client: Client, execution: Execution): Promise<string> {
  const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
  const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  return textsIn([history, description.raw]);
}

/** The details that an open or closed workflow shows in the Temporal UI; a worker must be there to answer. */
export async function currentDetailsOf(client: Client, workflowId: string): Promise<string> {
  return textsIn(await client.workflow.getHandle(workflowId).query('__temporal_workflow_metadata'));
}

/** Every text at any depth, once, a line each; bytes are read as UTF-8, and as JSON when they are that. */
export function textsIn(value: unknown): string {
  const found = new Set<string>();
  collect(value, found);
  return [...found].join('\n');
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (value instanceof Uint8Array) collectBytes(value, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      found.add(key); // maps of headers, memo fields and attributes have telling keys too
      collect(inner, found);
    }
  }
}

function collectBytes(bytes: Uint8Array, found: Set<string>): void {
  const text = Buffer.from(bytes).toString('utf8');
  found.add(text);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object') collect(parsed, found);
    else found.add(String(parsed));
  } catch {
    // no JSON: the text itself is all there is
  }
}
