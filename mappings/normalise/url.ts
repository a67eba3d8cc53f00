import { asTyped, cleanText, type Normalised, type RawText } from './text';

/** `http` or `https`, however the colon and slashes after it are typed: `http//`, `https:/`, `http:` ... */
const TYPED_SCHEME = /^(https?)(?:[:;]\s*[\\/]*|[\\/]+)\s*(.+)$/iu;
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:/iu;
const HOST_WITH_PORT = /^[^/:@]+\.[^/:@]+:\d+(?:[/?#]|$)/u;

/**
 * A web address people can click: `www.acme.fr` becomes `https://www.acme.fr`; a typed `http` stays `http`. Only http
 * and https, only host names with a dot and a domain in letters, no user name or password. When the text holds words
 * or several addresses, the first address is sent and noted as `malformed`; when it holds none (`néant`, `javascript:`),
 * the field is left out with that note.
 */
export function normaliseUrl(raw: RawText): Normalised {
  if (raw === undefined || raw === null) return { value: raw };
  const text = cleanText(raw);
  if (text === '') return { value: null };

  const whole = toAddress(text);
  if (whole !== null) return asTyped(raw, whole);

  const firstPart = text
    .split(/[\s;]+/u)
    .map(toAddress)
    .find((address) => address !== null);
  return { value: firstPart, note: 'malformed' };
}

function toAddress(typed: string): string | null {
  const { scheme, rest } = splitScheme(typed.replace(/[.,;]+$/u, ''));
  if (rest === '' || /\s/u.test(rest)) return null;
  if (OTHER_SCHEME.test(rest) && !HOST_WITH_PORT.test(rest)) return null;
  const url = parse(`${scheme}://${rest}`);
  if (url === null || url.username !== '' || url.password !== '' || !isPublicName(url.hostname)) return null;
  const isBareHost = url.pathname === '/' && url.search === '' && url.hash === '' && !rest.endsWith('/');
  return isBareHost ? `${url.protocol}//${url.host}` : url.href;
}

/** Without a scheme it is https. A scheme typed twice (`http://https://...`) counts once, the inner one wins. */
function splitScheme(typed: string): { scheme: string; rest: string } {
  let scheme = 'https';
  let rest = typed.replace(/^[\\/]+/u, '');
  for (let match = TYPED_SCHEME.exec(rest); match !== null; match = TYPED_SCHEME.exec(rest)) {
    scheme = (match[1] ?? scheme).toLowerCase();
    rest = match[2] ?? '';
  }
  return { scheme, rest };
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** At least two labels, and a last one with a letter: neither `localhost` nor an IP address. */
function isPublicName(host: string): boolean {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  return (
    labels.length > 1 && labels.every((label) => label !== '') && /^(?:xn--[a-z0-9-]+|[a-z]{2,})$/u.test(last)
  );
}
