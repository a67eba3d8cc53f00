import type { SimRequest } from '../core/http-message';

/** Options are kept under names that no query string has, because PIVOT takes none from there (documented). */
const MARK = ';';

/** Takes the matrix parameters off every segment: `/query/Q;content=3/paginated` is `/query/Q/paginated`, content 3. */
export function splitPath(path: string): { path: string; options: Array<readonly [string, string]> } {
  const options: Array<readonly [string, string]> = [];
  const segments = path.split('/').map((segment) => {
    const [name = '', ...given] = segment.split(';');
    for (const text of given) {
      const [key = '', ...value] = text.split('=');
      if (key !== '') options.push([MARK + decoded(key).trim().toLowerCase(), decoded(value.join('='))]);
    }
    return name;
  });
  const plain = segments.join('/');
  return { path: plain.length > 1 ? plain.replace(/\/$/, '') : plain, options };
}

/** The first value given to an option; names compare without case (assumed). */
export function option(request: Pick<SimRequest, 'query'>, name: string): string | null {
  return request.query.get(MARK + name);
}

/** Every `;param=name:value` of the request; several values are parted by `|`. */
export function queryParameters(request: SimRequest): ReadonlyMap<string, string> {
  return new Map(
    request.query.getAll(`${MARK}param`).map((text) => {
      const [name = '', ...value] = text.split(':');
      return [name, value.join(':')];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is taken as it is
  }
}
