import { type CommandEnd, commandLine } from '../cli/command-stack';
import { type PivotStack, type PivotStackOptions, startPivotTestStack } from '../harness/pivot-stack';

export interface OfferCommands {
  stack: PivotStack;
  /** Runs `passerelle ...` as an operator of this stack would. */
  run(...args: string[]): Promise<CommandEnd>;
  /** A person ticks or unticks an offer in PIVOT: the filter, the tags, or all of them. */
  tick(code: string, value: 'true' | 'false', ...marks: Mark[]): Promise<void>;
  stop(): Promise<void>;
}

const MARKS = {
  filter: 'urn:fld:filtcat:01:000001',
  tag: 'urn:fld:cirkwi:publie',
  network: 'urn:fld:cirkwi:reseau',
} as const;
type Mark = keyof typeof MARKS;

/** The commands on a stack of their own; `published`: after a first run, an import, and the run that saw it. */
export async function startOfferCommands(
  begins: 'empty' | 'published',
  options: PivotStackOptions = {},
): Promise<OfferCommands> {
  const stack = await startPivotTestStack(options);
  try {
    const run = commandLine(stack.variables);
    if (begins === 'published') {
      await Promise.all([stack.startWorker(), stack.startService()]);
      await run('run', stack.sync);
      await stack.cirkwi.act('pull');
      await run('run', stack.sync);
    }
    return {
      stack,
      run,
      async tick(code, value, ...marks) {
        const chosen = marks.length > 0 ? marks : (['filter', 'tag', 'network'] as const);
        const setSpec = Object.fromEntries(chosen.map((mark) => [MARKS[mark], value]));
        await stack.pivot.put('offers', { action: 'patch', id: code, value: { setSpec } });
      },
      stop: () => stack.stop(),
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
