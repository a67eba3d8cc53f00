import type { Command } from 'commander';
import { buildProgram } from '../../cli/program';

function everyCommand(parent: Command, path: string[] = []): Array<{ path: string; command: Command }> {
  return parent.commands.flatMap((command) => {
    const own = [...path, command.name()];
    return [{ path: own.join(' '), command }, ...everyCommand(command, own)];
  });
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

const commands = everyCommand(buildProgram()).map(({ path, command }) => [path, command] as const);
/** Commands of an operator, for people and programs alike. */
const OPERATORS =
  /^(check|status|show|attention|decide|retry|mask \w+|track \w+|schedule|reconcile|simulate|serve)$/;

describe('the help of the command line', () => {
  it('knows every command of an operator', () => {
    expect(commands.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        ...[
          'demo',
          'dev',
          'worker',
          'serve',
          'migrate',
          'check',
          'plan',
          'run',
          'status',
          'show',
          'attention',
        ],
        ...[
          'decide',
          'retry',
          'mask',
          'mask export',
          'mask validate',
          'mask import',
          'mask list',
          'mask diff',
        ],
        ...['track', 'track check', 'track pull'],
        ...['schedule', 'reconcile', 'simulate'],
      ]),
    );
  });

  it.each(commands)('of %s says what it does and shows an example', (path, command) => {
    const help = helpOf(command);

    expect(command.description()).not.toBe('');
    expect(help).toMatch(new RegExp(`Examples?:\\n +passerelle ${path}`));
  });

  it.each(commands.filter(([path]) => OPERATORS.test(path)))(
    'of %s offers --json and --config',
    (_path, command) => {
      const options = command.options.map((option) => option.long);

      expect(options).toEqual(expect.arrayContaining(['--json', '--config']));
    },
  );
});
