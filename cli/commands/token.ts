import { type Command, Option } from 'commander';
import { duration } from '../../config/duration';
import { SCOPES, type Scope } from '../../db/api-tokens';
import type { Language } from '../../mappings/reason-types';
import { createToken, listTokens, revokeToken, type TokenView } from '../../operations/tokens';
import { answer, COLON, timeText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError, withContext } from '../context';
import { table } from '../table';

const WORDS = {
  fr: {
    none: 'Aucun jeton : passerelle token create NOM --scope read',
    name: 'Nom',
    prefix: 'Début',
    scope: 'Droit',
    state: 'État',
    expires: 'Valable jusqu’au',
    lastUsed: 'Dernier usage',
    active: 'actif',
    expired: 'échu',
    revoked: 'révoqué',
    created: 'Jeton, montré cette seule fois',
    isRevoked: 'Jeton révoqué',
  },
  en: {
    none: 'No token: passerelle token create NAME --scope read',
    name: 'Name',
    prefix: 'Starts with',
    scope: 'Scope',
    state: 'State',
    expires: 'Good until',
    lastUsed: 'Last use',
    active: 'active',
    expired: 'expired',
    revoked: 'revoked',
    created: 'Token, shown this once',
    isRevoked: 'Token revoked',
  },
} as const satisfies Record<Language, Record<string, string>>;

interface TokenOptions extends CommonOptions {
  language: Language;
}

/** `passerelle token`: programs that use the API. */
export function tokenCommand(program: Command): void {
  const token = program
    .command('token')
    .description('tokens of programs that use the API: make, list and revoke them')
    .addHelpText('after', '\nExample:\n  passerelle token create reporting --scope read --expires 90d');
  createCommand(token);
  listCommand(token);
  revokeCommand(token);
}

const languageOption = () =>
  new Option('--language <language>', 'language of the answer').choices(['fr', 'en']).default('en');

interface CreateOptions extends TokenOptions {
  scope: Scope;
  expires?: string;
}

function createCommand(token: Command): void {
  const command = token
    .command('create')
    .argument('<name>', 'of the program; audits name what it does token:<name>')
    .description('let a program use the API; its token is shown this once')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each scope holds the one before')
        .choices(SCOPES)
        .makeOptionMandatory(),
    )
    .option('--expires <duration>', 'good for this long, such as 90d (default: until it is revoked)')
    .addOption(languageOption());
  withCommonOptions(command, 'token create reporting --scope read --expires 90d').action(
    (name: string, options: CreateOptions) =>
      withContext(options, async (context) => {
        const { scope, expires, language } = options;
        const lastsMs = expires === undefined ? null : lifeOf(expires);
        const { token: secret, view } = await createToken(context, { name, scope, lastsMs });
        answer(options, { token: secret, ...view }, () =>
          [`${WORDS[language].created}${COLON[language].trimEnd()}`, `  ${secret}`].join('\n'),
        );
      }),
  );
}

function lifeOf(expires: string): number {
  const parsed = duration.safeParse(expires);
  if (parsed.success) return parsed.data;
  throw new UsageError(`"${expires}" is not a duration: write 12h or 90d`);
}

function listCommand(token: Command): void {
  const command = token
    .command('list')
    .description('every token that was made, with its scope and last use; never the token itself')
    .addOption(languageOption());
  withCommonOptions(command, 'token list').action((options: TokenOptions) =>
    withContext(options, async (context) => {
      const tokens = await listTokens(context);
      answer(options, { tokens }, () => tokensText(tokens, options.language));
    }),
  );
}

function revokeCommand(token: Command): void {
  const command = token
    .command('revoke')
    .argument('<token>', 'name of the token, or its number')
    .description('answer nothing to this token any more, from the next request on')
    .addOption(languageOption());
  withCommonOptions(command, 'token revoke reporting').action((named: string, options: TokenOptions) =>
    withContext(options, async (context) => {
      const key = /^[1-9]\d{0,14}$/.test(named) ? { id: Number(named) } : { name: named };
      const view = await revokeToken(context, key);
      const { language } = options;
      answer(options, view, () => `${WORDS[language].isRevoked}${COLON[language]}${view.name}`);
    }),
  );
}

function tokensText(tokens: readonly TokenView[], language: Language): string {
  const words = WORDS[language];
  if (tokens.length === 0) return words.none;
  return table(
    [words.name, words.prefix, words.scope, words.state, words.expires, words.lastUsed].map((head) => ({
      head,
    })),
    tokens.map(({ name, prefix, scope, state, expiresAt, lastUsedAt }) => [
      name,
      prefix,
      scope,
      words[state],
      timeText(expiresAt, language),
      timeText(lastUsedAt, language),
    ]),
  );
}
