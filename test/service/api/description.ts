import { Hono } from 'hono';
import { serviceSchema } from '../../../config/service';
import { mountApi } from '../../../service/api/mount-api';
import type { ServiceEnv, ServiceParts } from '../../../service/parts';

/** One operation as the document describes it. */
export interface Operation {
  method: string;
  path: string;
  id: string;
  summary: string;
  tags: string[];
  scope: string;
  parameters: Array<{ name: string; in: string; required?: boolean; schema: Record<string, unknown> }>;
  /** Media types of the body; none without one. */
  bodies: string[];
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

/** The API on nothing: enough to describe itself. */
export function bareApi(service: Record<string, unknown> = {}): Hono<ServiceEnv> {
  const app = new Hono<ServiceEnv>();
  const configuration = { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse(service) };
  mountApi(app, { configuration, pool: {}, logger: null } as unknown as ServiceParts); // nothing else is used before somebody asks
  return app;
}

// biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
export type ReadDocument = any;

export async function documentOf(app: Hono<ServiceEnv>): Promise<ReadDocument> {
  return (await app.request('/openapi.json')).json();
}

export async function operationsOf(app = bareApi()): Promise<Operation[]> {
  const { paths } = await documentOf(app);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  return Object.entries<Record<string, any>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      method: method.toUpperCase(),
      path,
      id: told.operationId,
      summary: told.summary,
      tags: told.tags,
      scope: told.security[0].token[0],
      parameters: told.parameters ?? [],
      bodies: Object.keys(told.requestBody?.content ?? {}),
      responses: told.responses,
    })),
  );
}

/** A path with values that name nothing. */
export function addressOf({ path }: Operation): string {
  const sample: Record<string, string> = { sync: 'nowhere', record: 'none%2F1', act: 'pause' };
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => sample[name] ?? '999999999');
}
