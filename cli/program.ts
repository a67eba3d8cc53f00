import { Command } from 'commander';
import { migrateCommand } from './commands/migrate';
import { workerCommand } from './commands/worker';

/** The `passerelle` command with all its subcommands. */
export function buildProgram(): Command {
  const program = new Command('passerelle')
    .description('Keeps records in step between business platforms, durably.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError();
  for (const register of [migrateCommand, workerCommand]) register(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
