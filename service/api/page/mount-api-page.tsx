import type { Context, Hono } from 'hono';
import { visitorLanguage } from '../../access/visitor-language';
import type { ServiceEnv, ServiceParts } from '../../parts';
import type { ApiDocument } from '../document';
import { API, type Desk } from '../operation';
import { ApiPage } from './api-page';
import { readDocument } from './described';

/** The description of the API as a page for everybody, in French or English, without a script. */
export function mountApiPage(app: Hono<ServiceEnv>, { parts, summaries }: Desk, document: ApiDocument): void {
  const described = readDocument(document);
  app.get(API, (c) =>
    c.html(
      <ApiPage
        described={described}
        summaries={summaries}
        language={visitorLanguage(c)}
        address={addressOf(c, parts)}
      />,
      200,
      { vary: 'accept-language' },
    ),
  );
}

/** As people reach the service: as configured, else as this request did. */
function addressOf(c: Context<ServiceEnv>, { configuration }: ServiceParts): string {
  return configuration.service.publicUrl?.replace(/\/+$/, '') ?? new URL(c.req.url).origin;
}
