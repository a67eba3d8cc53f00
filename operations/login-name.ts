/** What audits name that is no account: the OpenID provider, and somebody who was not let in. */
const NO_PERSON: readonly string[] = ['oidc', 'unknown'];

/**
 * Whether a text can be a login: 1 to 100 letters, digits and `. _ + - @`. It has no colon, so no login is taken for a
 * token (`token:<name>`) in an audit, and nothing that a page or a line of text could show as something else.
 */
export function isLogin(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}@._+-]{0,99}$/u.test(text) && !NO_PERSON.includes(text.toLowerCase());
}
