export interface Answer {
  status: number;
  text: string;
  headers: Headers;
  /** Fails the test when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
  json: any;
  /** Path and query of a redirect on this service, the whole address of one to elsewhere; null for none. */
  location: string | null;
}

export interface TestBrowser {
  cookies: Map<string, string>;
  /** The `Set-Cookie` lines of the last answer. */
  setCookies: string[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form. */
  post(path: string, form?: Record<string, string>, headers?: Record<string, string | null>): Promise<Answer>;
  signIn(login: string, password: string): Promise<Answer>;
  /** What the forms of the session carry. */
  csrfToken(): Promise<string>;
}

/** Keeps cookies, follows nothing by itself, and says where its forms come from. */
export function createBrowser(
  url: string,
  { origin = url, ...own }: Record<string, string> = {},
): TestBrowser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit, headers: Record<string, string | null>) => {
    const sent = {
      ...own,
      ...headers,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    const given = Object.entries(sent).filter((entry): entry is [string, string] => !!entry[1]);
    const response = await fetch(new URL(path, url), { ...init, headers: given, redirect: 'manual' });
    browser.setCookies = response.headers.getSetCookie();
    for (const line of browser.setCookies) keepCookie(cookies, line);
    return answerOf(response, url);
  };
  const browser: TestBrowser = {
    cookies,
    setCookies: [],
    get: (path, headers = {}) => send(path, {}, headers),
    post: (path, form = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(form) }, { origin, ...headers }),
    signIn: (login, password) => browser.post('/login', { login, password }),
    csrfToken: async () => (await browser.get('/')).json.csrfToken,
  };
  return browser;
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === '' || /max-age=0\b/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

async function answerOf(response: Response, url: string): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    text,
    headers: response.headers,
    get json() {
      return JSON.parse(text);
    },
    location: response.headers.get('location')?.replace(url, '') ?? null,
  };
}
