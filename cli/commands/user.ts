import { text as textOfStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { environment } from '../../config/environment';
import { ROLE_NAMES, type Role } from '../../db/accounts';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import {
  addPerson,
  disablePerson,
  enablePerson,
  type Invitation,
  inviteLink,
  listPeople,
  type PersonView,
  setPassword,
  setRole,
} from '../../operations/people';
import { answer, COLON, timeText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError, withContext } from '../context';
import { PEOPLE_WORDS, peopleText } from '../people-text';
import { serviceAddress } from '../service-address';

interface UserOptions extends CommonOptions {
  language: Language;
}

/** `passerelle user`: the people who sign in to the console. */
export function userCommand(program: Command): void {
  const user = program
    .command('user')
    .description('people who sign in to the console: add them, change their role, let them in or not')
    .addHelpText('after', '\nExample:\n  passerelle user add anne@example.org --role administrator');
  addCommand(user);
  listCommand(user);
  roleCommand(user);
  inviteCommand(user);
  passwordCommand(user);
  changeCommand(user, {
    name: 'disable',
    description: 'let nobody in under this login any more, and end its sessions',
    word: 'isDisabled',
    change: disablePerson,
  });
  changeCommand(user, {
    name: 'enable',
    description: 'let a disabled account in again',
    word: 'isEnabled',
    change: enablePerson,
  });
}

const languageOption = () =>
  new Option('--language <language>', 'language of the answer').choices(['fr', 'en']).default('en');
const roleOption = () => new Option('--role <role>', 'what the person may do').choices(ROLE_NAMES);

interface AddOptions extends UserOptions {
  role: Role;
  name?: string;
  passwordStdin?: boolean;
}

function addCommand(user: Command): void {
  const command = user
    .command('add')
    .argument('<login>', 'what the person types to sign in: an e-mail, or a name without spaces')
    .description('give a person an account; prints a link that signs in once, unless a password is given')
    .addOption(roleOption().makeOptionMandatory())
    .option('--name <name>', 'as the console shows the person (default: the login)')
    .option('--password-stdin', 'read the password from the standard input instead of making a link')
    .addOption(languageOption());
  withCommonOptions(
    command,
    'user add anne@example.org --role administrator --name "Anne Martin"',
    'user add anne@example.org --role operator --password-stdin < password.txt',
  ).action((login: string, options: AddOptions) =>
    withContext(options, async (context) => {
      const { role, name, language } = options;
      const password = options.passwordStdin ? await passwordFromInput() : undefined;
      const person = await addPerson(context, { login, name, role, language, password });
      const invitation = password === undefined ? await inviteLink(context, { id: person.id }) : null;
      tellPerson(context, options, { word: 'added', person, invitation });
    }),
  );
}

function listCommand(user: Command): void {
  const command = user
    .command('list')
    .description('everybody who has an account, with role and last sign-in')
    .addOption(languageOption());
  withCommonOptions(command, 'user list').action((options: UserOptions) =>
    withContext(options, async (context) => {
      const people = await listPeople(context);
      answer(options, { people }, () => peopleText(people, options.language));
    }),
  );
}

function roleCommand(user: Command): void {
  const command = user
    .command('role')
    .argument('<login>', 'whose')
    .argument('<role>', ROLE_NAMES.join(', '))
    .description('change what a person may do, from the next request on')
    .addOption(languageOption());
  withCommonOptions(command, 'user role anne@example.org operator').action(
    (login: string, named: string, options: UserOptions) =>
      withContext(options, async (context) => {
        const role = ROLE_NAMES.find((name) => name === named);
        if (role === undefined)
          throw new UsageError(`"${named}" is not a role: pass one of ${ROLE_NAMES.join(', ')}`);
        tellPerson(context, options, {
          word: 'hasRole',
          person: await setRole(context, { login }, role),
          invitation: null,
        });
      }),
  );
}

interface InviteOptions extends UserOptions {
  forgetPassword?: boolean;
}

function inviteCommand(user: Command): void {
  const command = user
    .command('invite')
    .argument('<login>', 'whom')
    .description('print a link that signs the person in once, within a day')
    .option(
      '--forget-password',
      'for a lost password: the old one stops working, the person chooses another one',
    )
    .addOption(languageOption());
  withCommonOptions(command, 'user invite anne@example.org').action((login: string, options: InviteOptions) =>
    withContext(options, async (context) => {
      const password = options.forgetPassword ? 'forget' : 'keep';
      const invitation = await inviteLink(context, { login }, { password });
      answer(options, { login, ...linkView(context, invitation) }, () =>
        linkText(context, invitation, options.language),
      );
    }),
  );
}

function passwordCommand(user: Command): void {
  const command = user
    .command('password')
    .argument('<login>', 'whose')
    .description('put another password, read from the standard input, in place of the one there was')
    .addOption(languageOption());
  withCommonOptions(command, 'user password anne@example.org < password.txt').action(
    (login: string, options: UserOptions) =>
      withContext(options, async (context) => {
        const person = await setPassword(context, { login }, await passwordFromInput());
        tellPerson(context, options, { word: 'hasPassword', person, invitation: null });
      }),
  );
}

interface Change {
  name: string;
  description: string;
  word: 'isDisabled' | 'isEnabled';
  change: (context: OperationContext, key: { login: string }) => Promise<PersonView>;
}

function changeCommand(user: Command, { name, description, word, change }: Change): void {
  const command = user
    .command(name)
    .argument('<login>', 'whose')
    .description(description)
    .addOption(languageOption());
  withCommonOptions(command, `user ${name} anne@example.org`).action((login: string, options: UserOptions) =>
    withContext(options, async (context) => {
      tellPerson(context, options, { word, person: await change(context, { login }), invitation: null });
    }),
  );
}

/** The first line: files and `echo` end it with a line break that is no part of a password. */
async function passwordFromInput(): Promise<string> {
  const [line = ''] = (await textOfStream(process.stdin)).split(/\r?\n/, 1);
  if (line !== '') return line;
  throw new UsageError('the standard input holds no password');
}

interface Told {
  word: 'added' | 'isDisabled' | 'isEnabled' | 'hasRole' | 'hasPassword';
  person: PersonView;
  invitation: Invitation | null;
}

function tellPerson(
  context: OperationContext,
  options: UserOptions,
  { word, person, invitation }: Told,
): void {
  const { language } = options;
  const link = invitation === null ? {} : linkView(context, invitation);
  answer(options, { person, ...link }, () =>
    [
      `${PEOPLE_WORDS[language][word]}${COLON[language]}${person.login} (${person.role})`,
      ...(invitation === null ? [] : [linkText(context, invitation, language)]),
    ].join('\n'),
  );
}

function linkView({ configuration }: OperationContext, { path, expiresAt }: Invitation) {
  return { link: `${serviceAddress(configuration, environment)}${path}`, expiresAt };
}

function linkText(context: OperationContext, invitation: Invitation, language: Language): string {
  const { link, expiresAt } = linkView(context, invitation);
  return `${PEOPLE_WORDS[language].invited} ${timeText(expiresAt, language)}${COLON[language].trimEnd()}\n  ${link}`;
}
