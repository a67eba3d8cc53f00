import { loadConfiguration } from '../../config/load';
import type { OperationContext } from '../../operations/context';
import { Refusal } from '../../operations/refusal';
import type { CommandStack } from '../cli/command-stack';

/** What somebody called Anna works with on this stack. */
export function contextOn(stack: CommandStack): OperationContext {
  return {
    configuration: loadConfiguration(stack.configurationFile, process.env),
    pool: stack.pool,
    temporal: async () => stack.client,
    actor: 'anna',
  };
}

/** How the operation was refused; fails the test when it was not. */
export async function refusalOf(operation: Promise<unknown>): Promise<Refusal> {
  const end = await operation.then(
    (value) => new Error(`not refused: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (end instanceof Refusal) return end;
  throw end;
}
