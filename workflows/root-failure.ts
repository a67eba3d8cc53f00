import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';

/** The ApplicationFailure at the bottom of what an activity or a child threw; null for anything else, such as a timeout. */
export function rootFailure(error: unknown): ApplicationFailure | null {
  let current: unknown = error;
  while (current instanceof ActivityFailure || current instanceof ChildWorkflowFailure)
    current = current.cause;
  return current instanceof ApplicationFailure ? current : null;
}

/** The first detail of a failure, when it is an object. */
export function failureDetail(failure: ApplicationFailure): Record<string, unknown> {
  const detail: unknown = failure.details?.[0];
  return typeof detail === 'object' && detail !== null ? { ...detail } : {};
}
