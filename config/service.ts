import { z } from 'zod';
import { secret } from './accounts';
import { duration } from './duration';

/** Sign-in through an OpenID provider, beside or instead of passwords. */
export const oidcSchema = z.strictObject({
  /** Its address, under which `/.well-known/openid-configuration` lies. */
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: secret,
  /** What stands on the button; the host of the issuer otherwise. */
  label: z.string().min(1).optional(),
  /** The claim that names what a person may do, and which of its values stand for which role. */
  roleClaim: z.string().min(1).default('groups'),
  roles: z
    .record(z.string(), z.enum(['viewer', 'operator', 'administrator']))
    .default({})
    .describe('value of the claim -> role'),
  /** Role of people whom no value of the claim names; without it they are let in only with an account made before. */
  defaultRole: z.enum(['viewer', 'operator', 'administrator']).optional(),
});

/** The HTTP service: how it is reached, and who may sign in. */
export const serviceSchema = z
  .strictObject({
    /**
     * Where people reach the service. `https://...` declares that TLS stands in front of it, and lets it bind other
     * addresses than this machine's own; `http://127.0.0.1:...` or `http://localhost:...` that only this machine reaches it
     * (a container whose port is published there).
     */
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .transform((url) => new URL(url).origin)
      .optional(),
    /** A browser that asks for nothing is signed out after this time; at the latest after `sessionAtMost`. */
    sessionIdle: duration.default(8 * 3_600_000),
    sessionAtMost: duration.default(7 * 86_400_000),
    oidc: oidcSchema.optional(),
  })
  .prefault({});

export type OidcConfiguration = z.infer<typeof oidcSchema>;
