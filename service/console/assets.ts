import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { ServiceEnv } from '../parts';

const require_ = createRequire(__filename);
const own = (name: string) => join(__dirname, 'assets', name);

const FILES: Readonly<Record<string, { file: string; type: string }>> = {
  'console.css': { file: own('console.css'), type: 'text/css; charset=utf-8' },
  'console.js': { file: own('console.js'), type: 'text/javascript; charset=utf-8' },
  'icon.svg': { file: own('icon.svg'), type: 'image/svg+xml' },
  'htmx.min.js': {
    file: join(require_.resolve('htmx.org/package.json'), '../dist/htmx.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
  'hx-sse.min.js': {
    file: join(require_.resolve('htmx.org/package.json'), '../dist/ext/hx-sse.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
};

/** Styles and scripts under `/assets/`: few and small, so they are kept in memory. */
export function mountAssets(app: Hono<ServiceEnv>): void {
  for (const [name, { file, type }] of Object.entries(FILES)) {
    const bytes = readFileSync(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    app.get(`/assets/${name}`, (c) => {
      const caching = { etag, 'cache-control': 'public, max-age=300, must-revalidate' };
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, caching);
      return c.body(new Uint8Array(bytes), 200, { ...caching, 'content-type': type });
    });
  }
}
