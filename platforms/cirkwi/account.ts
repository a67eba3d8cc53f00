import type { Budget } from '../budget';

export interface CirkwiAccountOptions {
  /** Host of the outgoing feeds (`https://ws.cirkwi.com`). */
  baseUrl: string;
  /** The two parts of the feeds' address that name the account. */
  user: string;
  code: string;
  /** For Basic authentication. */
  username: string;
  password: string;
  /** Whole duration of one call. @default cirkwiRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

/** The `Authorization` header of the feeds. The site is never sent it. */
export function basicAuthorization({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password.trim()}`).toString('base64')}`;
}
