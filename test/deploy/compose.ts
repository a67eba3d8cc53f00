import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../setup/run-script';

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  init: z.boolean().optional(),
  restart: z.string(),
  user: z.string().optional(),
  privileged: z.boolean().optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).default({}),
  healthcheck: z
    .union([z.strictObject({ disable: z.literal(true) }), z.looseObject({ test: z.array(z.string()) })])
    .optional(),
  stop_grace_period: z.string().optional(),
});

export type ComposeService = z.infer<typeof serviceSchema>;

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});

export const composeText = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
export const compose = composeSchema.parse(parse(composeText, { merge: true }));

/** The services that run our own image. */
export const ourServices: [string, ComposeService][] = Object.entries(compose.services).filter(
  ([, service]) => service.image.startsWith('passerelle:'),
);

/** What compose makes of a value, given the variables of a .env file. */
export function interpolated(value: string, variables: Record<string, string>): string {
  return value.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: string, kind?: string, rest?: string) => {
      const given = variables[name];
      if (given !== undefined && given !== '') return given;
      if (kind === '-') return rest ?? '';
      throw new Error(`${name} is not set`);
    },
  );
}
