import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ServiceEnv } from './parts';

/** The last value of each field of a form. Rejects with a 400 for a body that is none, or holds what no text may. */
export function formOf(c: Context<ServiceEnv>): Promise<Record<string, string | File>> {
  return readable(() => c.req.parseBody());
}

/** The same where a field may come several times. */
export function formListsOf(
  c: Context<ServiceEnv>,
): Promise<Record<string, string | File | Array<string | File>>> {
  return readable(() => c.req.parseBody({ all: true }));
}

async function readable<T extends Record<string, unknown>>(read: () => Promise<T>): Promise<T> {
  const form = await read().catch(() => {
    throw new HTTPException(400, { message: 'The form cannot be read: send it again from its page.' });
  });
  // PostgreSQL holds no such character
  const hasNul = Object.entries(form).some((entry) =>
    entry.flat().some((part) => typeof part === 'string' && part.includes('\0')),
  );
  if (hasNul) throw new HTTPException(400, { message: 'The form holds a character that no text may hold.' });
  return form;
}
