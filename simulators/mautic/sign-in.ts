import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Problem, Refusal, type SimReply } from '../core/http-message';
import { isObject } from '../core/value-path';
import type { MauticSimulatorOptions } from './options';

/** Basic, and OAuth2 with client credentials; there is no refresh token for these. */
export interface SignInDesk {
  /** `POST /oauth/v2/token`. */
  issue(body: unknown): SimReply;
  refuse(headers: IncomingHttpHeaders): Problem | null;
  clientOf(headers: IncomingHttpHeaders): string;
  revokeAll(): void;
}

export function signInDesk({ credentials, tokenTtlSeconds = 3600 }: MauticSimulatorOptions): SignInDesk {
  const { basic, oauth2 } = credentials;
  const tokens = new Map<string, number>();

  const userOf = (header: string): string | null => {
    const [, scheme = '', value = ''] = /^(\w+) (.+)$/.exec(header) ?? [];
    if (scheme.toLowerCase() === 'bearer') {
      return (tokens.get(value) ?? 0) > Date.now() ? (oauth2?.clientId ?? null) : null;
    }
    if (scheme.toLowerCase() !== 'basic' || !basic) return null;
    const pair = Buffer.from(value, 'base64').toString('utf8');
    return pair === `${basic.username}:${basic.password}` ? basic.username : null;
  };

  return {
    issue(body) {
      const form = isObject(body) ? body : {};
      if (form.grant_type !== 'client_credentials') {
        throw refusal(400, 'unsupported_grant_type', 'The grant type is not possible here.');
      }
      if (!oauth2 || form.client_id !== oauth2.clientId || form.client_secret !== oauth2.clientSecret) {
        throw refusal(400, 'invalid_client', 'The client credentials are invalid');
      }
      const access_token = randomUUID();
      tokens.set(access_token, Date.now() + tokenTtlSeconds * 1000);
      return {
        status: 200,
        body: { access_token, expires_in: tokenTtlSeconds, token_type: 'bearer', scope: null },
      };
    },
    refuse(headers) {
      const header = headers.authorization ?? '';
      if (userOf(header) !== null) return null;
      if (/^bearer /i.test(header)) {
        return { status: 401, code: 'invalid_grant', message: 'The access token provided has expired.' };
      }
      return { status: 401, code: 'access_denied', message: 'API authorization denied.' };
    },
    clientOf: (headers) => userOf(headers.authorization ?? '') ?? 'anonymous',
    revokeAll: () => tokens.clear(),
  };
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, code, message });
}
