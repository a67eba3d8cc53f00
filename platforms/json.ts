/** Escapes that JSON allows and PostgreSQL's text refuses: NUL, and halves of a character without the other half. */
const SUSPECT_ESCAPE = /\\u(0000|d[89a-f][0-9a-f]{2})/i;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

type ParsedJson = { kind: 'value'; value: unknown } | { kind: 'not-json' };

/**
 * Parses a body whose every string can be stored: one record with a character that the database refuses must not take
 * the page around it down. An empty body is the value `undefined`. The parser's error is dropped: it quotes the body.
 */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') return { kind: 'value', value: undefined };
  try {
    const value: unknown = SUSPECT_ESCAPE.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
    return { kind: 'value', value };
  } catch {
    return { kind: 'not-json' };
  }
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').replace(LONE_SURROGATE, '\uFFFD') : value;
}
