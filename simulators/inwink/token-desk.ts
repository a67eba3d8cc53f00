import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Problem, SimReply } from '../core/http-message';
import { isObject } from '../core/value-path';
import type { InwinkSimulatorOptions } from './options';

/** OAuth2 client credentials (assumed: RFC 6749). */
export interface TokenDesk {
  /** `POST /oauth/token`. */
  issue(body: unknown): SimReply;
  refuse(headers: IncomingHttpHeaders): Problem | null;
  clientOf(headers: IncomingHttpHeaders): string;
  revokeAll(): void;
  clients: Map<string, ApiClient>;
}

export interface ApiClient {
  id: string;
  secret: string;
  /** Whether it may use this event. */
  allowed: boolean;
}

export function tokenDesk(options: InwinkSimulatorOptions): TokenDesk {
  const { clientId, clientSecret, scope } = options.credentials;
  const ttlSeconds = options.tokenTtlSeconds ?? 3600;
  const clients = new Map([[clientId, { id: clientId, secret: clientSecret, allowed: true }]]);
  const tokens = new Map<string, { client: string; until: number }>();

  const valid = (headers: IncomingHttpHeaders): string | null => {
    const token = tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
    return token && token.until > Date.now() && clients.has(token.client) ? token.client : null;
  };

  return {
    clients,
    issue(body) {
      const form = isObject(body) ? body : {};
      if (form.grant_type !== 'client_credentials') return oauthError(400, 'unsupported_grant_type');
      const client = clients.get(String(form.client_id));
      if (!client || client.secret !== form.client_secret) return oauthError(401, 'invalid_client');
      if (scope !== undefined && form.scope !== scope) return oauthError(400, 'invalid_scope');
      const access_token = randomUUID();
      tokens.set(access_token, { client: client.id, until: Date.now() + ttlSeconds * 1000 });
      const expires_in = ttlSeconds + (options.expiresInSkewSeconds ?? 0);
      return { status: 200, body: { access_token, token_type: 'Bearer', expires_in } };
    },
    refuse(headers) {
      const client = clients.get(valid(headers) ?? '');
      if (!client)
        return { status: 401, code: 'InvalidToken', message: 'The token is missing, expired or revoked.' };
      if (client.allowed) return null;
      return { status: 403, code: 'ScopeDenied', message: 'This client may not use this event.' };
    },
    clientOf: (headers) => valid(headers) ?? 'anonymous',
    revokeAll: () => tokens.clear(),
  };
}

function oauthError(status: number, error: string): SimReply {
  return { status, body: { error } };
}
