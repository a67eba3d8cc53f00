import type { Account, Configuration } from '../config/schema';

/** The account with this name, of this platform: the configuration's schema has checked that it is one. */
export function accountOf<Platform extends Account['platform']>(
  configuration: Configuration,
  name: string,
  platform: Platform,
): Extract<Account, { platform: Platform }> {
  const account = configuration.platforms[name];
  if (account !== undefined && isOf(account, platform)) return account;
  throw new Error(`"${name}" is no ${platform} account of the configuration`);
}

function isOf<Platform extends Account['platform']>(
  account: Account,
  platform: Platform,
): account is Extract<Account, { platform: Platform }> {
  return account.platform === platform;
}
