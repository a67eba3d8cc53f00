import { type CommandEnd, commandLine } from '../cli/command-stack';
import { type CrmStack, type CrmStackOptions, startCrmTestStack } from '../harness/crm-stack';

export interface CrmCommands {
  stack: CrmStack;
  /** Runs `passerelle ...` as an operator of this stack would. */
  run(...args: string[]): Promise<CommandEnd>;
  stop(): Promise<void>;
}

/** The commands on a stack of their own; `linked`: after a first run and a second one that had nothing left to do. */
export async function startCrmCommands(
  begins: 'apart' | 'linked',
  options: CrmStackOptions = {},
): Promise<CrmCommands> {
  const stack = await startCrmTestStack(options);
  try {
    const run = commandLine(stack.variables);
    if (begins === 'linked') {
      await stack.startWorker();
      await run('run', stack.sync);
      await run('run', stack.sync);
    }
    return { stack, run, stop: () => stack.stop() };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
