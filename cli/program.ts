import { Command } from 'commander';
import { attentionCommand } from './commands/attention';
import { checkCommand } from './commands/check';
import { configCommand } from './commands/config';
import { decideCommand } from './commands/decide';
import { demoCommand } from './commands/demo';
import { devCommand } from './commands/dev';
import { fieldsCommand } from './commands/fields';
import { forgetCommand } from './commands/forget';
import { mappingCommand } from './commands/mapping';
import { maskCommand } from './commands/mask';
import { migrateCommand } from './commands/migrate';
import { reconcileCommand } from './commands/reconcile';
import { retryCommand } from './commands/retry';
import { runCommands } from './commands/run';
import { scheduleCommand } from './commands/schedule';
import { serveCommand } from './commands/serve';
import { showCommand } from './commands/show';
import { simulateCommand } from './commands/simulate';
import { statusCommand } from './commands/status';
import { tokenCommand } from './commands/token';
import { trackCommand } from './commands/track';
import { userCommand } from './commands/user';
import { workerCommand } from './commands/worker';

/** The `passerelle` command with all its subcommands. */
export function buildProgram(): Command {
  const program = new Command('passerelle')
    .description('Keeps records in step between business platforms, durably.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError();
  for (const register of [
    configCommand,
    migrateCommand,
    workerCommand,
    demoCommand,
    devCommand,
    runCommands,
    checkCommand,
    statusCommand,
    showCommand,
    attentionCommand,
    decideCommand,
    retryCommand,
    maskCommand,
    fieldsCommand,
    mappingCommand,
    trackCommand,
    scheduleCommand,
    forgetCommand,
    reconcileCommand,
    simulateCommand,
    serveCommand,
    userCommand,
    tokenCommand,
  ])
    register(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
