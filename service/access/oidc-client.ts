import type * as OpenidClient from 'openid-client';
import type { OidcConfiguration } from '../../config/service';
import { isLoopback } from '../bindable';
import { type Claims, readClaims } from './oidc-person';

/** What a sign-in keeps here while the person is at the provider. */
export interface Begun {
  state: string;
  nonce: string;
  codeVerifier: string;
  /** Where the browser goes. */
  address: string;
}

export interface OidcClient {
  /** Rejects when the provider is out of reach. */
  begin(redirectUri: string): Promise<Begun>;
  /** The claims of whoever came back to `address`. Rejects when anything of the answer does not fit what was begun. */
  finish(address: URL, begun: Pick<Begun, 'state' | 'nonce' | 'codeVerifier'>): Promise<Claims>;
}

const ANSWER_WITHIN_SECONDS = 10;

/** Signs people in at the provider by the authorization code flow with PKCE. The provider is asked how on first use. */
export function createOidcClient(settings: OidcConfiguration): OidcClient {
  let discovered: Promise<Provider> | undefined;
  const provider = (): Promise<Provider> => {
    discovered ??= discover(settings).catch((cause: unknown) => {
      discovered = undefined; // the next one asks again
      throw cause;
    });
    return discovered;
  };
  return {
    async begin(redirectUri) {
      const { lib, config } = await provider();
      const [state, nonce, codeVerifier] = [
        lib.randomState(),
        lib.randomNonce(),
        lib.randomPKCECodeVerifier(),
      ];
      const address = lib.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopeOf(config, settings),
        code_challenge: await lib.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { state, nonce, codeVerifier, address: address.href };
    },
    async finish(address, { state, nonce, codeVerifier }) {
      const { lib, config } = await provider();
      const tokens = await lib.authorizationCodeGrant(config, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = readClaims(tokens.claims());
      const isComplete = settings.roleClaim in claims && claims.email !== undefined;
      if (isComplete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
      // many providers keep the ID token short and tell the rest when asked
      const told = await lib.fetchUserInfo(config, tokens.access_token, claims.sub);
      return readClaims({ ...told, ...claims });
    },
  };
}

interface Provider {
  lib: typeof OpenidClient;
  config: OpenidClient.Configuration;
}

async function discover({ issuer, clientId, clientSecret }: OidcConfiguration): Promise<Provider> {
  // loaded by those who use it only: nobody else pays for it
  const lib = await import('openid-client');
  const address = new URL(issuer);
  const isOpen = address.protocol === 'http:';
  if (isOpen && !isLoopback(address.hostname))
    throw new Error('the OpenID provider must be reached by https: service.oidc.issuer');
  const config = await lib.discovery(address, clientId, clientSecret, undefined, {
    timeout: ANSWER_WITHIN_SECONDS,
    execute: isOpen ? [lib.allowInsecureRequests] : [],
  });
  return { lib, config };
}

/** Some providers tell the role claim only to those who ask for it by name, others refuse names that they do not know. */
function scopeOf(config: OpenidClient.Configuration, { roleClaim }: OidcConfiguration): string {
  const known = config.serverMetadata().scopes_supported ?? [];
  return ['openid', 'profile', 'email', ...(known.includes(roleClaim) ? [roleClaim] : [])].join(' ');
}
