import { z } from 'zod';

/** Compose hands a variable that nobody set on as an empty text: that is "not set", never a value. */
const unlessEmpty = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type);
const text = unlessEmpty(z.string().optional());

/**
 * Every environment variable that Passerelle reads, and the only place where it reads them. Secrets of platforms are
 * not here: the configuration names them as `${NAME}` and looks them up in `environmentVariables`.
 */
export const environmentSchema = z.object({
  /** Address (`host:port`) of the Temporal server. Set: no local server is started. Also read by Temporal's own loader. */
  TEMPORAL_ADDRESS: text,
  /** Namespace on that server. Also read by Temporal's own loader, with the other `TEMPORAL_*` settings (TLS, API key). */
  TEMPORAL_NAMESPACE: text,
  /** `postgres://user:password@host:port/database` of Passerelle's own database. Set: no local Postgres is started. */
  DATABASE_URL: text,
  /** Path of the configuration file. */
  PASSERELLE_CONFIG: unlessEmpty(z.string().default('passerelle.yaml')),
  /** Least important log line that is written. */
  PASSERELLE_LOG_LEVEL: unlessEmpty(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  /** Address the HTTP service binds. The default admits this machine only. */
  PASSERELLE_HOST: unlessEmpty(z.string().default('127.0.0.1')),
  /** Port of the HTTP service; 0 takes a free one. */
  PASSERELLE_PORT: unlessEmpty(z.coerce.number().int().min(0).max(65_535).default(8080)),
  /** Folder that keeps what was downloaded (the Temporal server). Default: `.cache/passerelle` in the home folder. */
  PASSERELLE_CACHE: text,
  /** Where the `temporal` command is looked for. */
  PATH: unlessEmpty(z.string().default('')),
  /** Set by continuous integration: no progress bar. */
  CI: text,
  /** Set by the test set-up: the Postgres server on which tests make their databases. */
  PASSERELLE_TEST_DATABASE_URL: text,
  /** Set by the test set-up: the address of the Temporal server that tests use. */
  PASSERELLE_TEST_TEMPORAL: text,
});

export type Environment = Readonly<z.infer<typeof environmentSchema>>;

/** Reads an environment. Throws one error that lists every variable with an impossible value, without the values. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const parsed = environmentSchema.safeParse(source);
  if (parsed.success) return Object.freeze(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Environment variables: ${problems.join('; ')}`);
}

/** The environment of this process, read once. */
export const environment: Environment = parseEnvironment(process.env);

/**
 * Every variable that is set, by name: what the configuration's `${NAME}` refer to. An empty one counts as not set, as in
 * `environmentSchema`.
 */
export const environmentVariables: Readonly<Record<string, string | undefined>> = Object.freeze(
  Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')),
);
