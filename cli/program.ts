import { Command } from 'commander';
import { configCommand } from './commands/config';
import { demoCommand } from './commands/demo';
import { devCommand } from './commands/dev';
import { migrateCommand } from './commands/migrate';
import { runCommands } from './commands/run';
import { workerCommand } from './commands/worker';

/** The `passerelle` command with all its subcommands. */
export function buildProgram(): Command {
  const program = new Command('passerelle')
    .description('Keeps records in step between business platforms, durably.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError();
  for (const register of [configCommand, migrateCommand, workerCommand, demoCommand, devCommand, runCommands])
    register(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
