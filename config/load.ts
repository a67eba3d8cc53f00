import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { type Configuration, configurationSchema } from './schema';

/** Every problem of a configuration at once, each with its path and line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(
    file: string,
    readonly problems: string[],
  ) {
    super(`${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const SECRET_KEYS = new Set(['apiKey', 'clientSecret', 'wsKey', 'password', 'secret']);

/** Reads and checks a configuration file. `variables` is the environment that `${NAME}` refers to. */
export function loadConfiguration(
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
): Configuration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(file, [
      `cannot be read (${reason}); pass --config FILE or set PASSERELLE_CONFIG`,
    ]);
  }
  return parseConfiguration(file, text, variables);
}

/** The same from text already read; `file` is only used in messages. */
export function parseConfiguration(
  file: string,
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map((e) => `line ${lines.linePos(e.pos[0]).line}: ${e.message}`);
  if (problems.length > 0) throw new ConfigurationError(file, problems);

  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key) || !isScalar(pair.value) || typeof pair.value.value !== 'string') return;
      const line = lines.linePos(pair.value.range?.[0] ?? 0).line;
      const raw = pair.value.value;
      if (SECRET_KEYS.has(String(pair.key.value)) && !/^\$\{\w+\}$/.test(raw)) {
        problems.push(
          `line ${line}: ${pair.key.value} must name an environment variable, as \${NAME}: secrets are not written in this file`,
        );
        return;
      }
      pair.value.value = raw.replace(REFERENCE, (_all, name: string) => {
        const value = variables[name];
        if (value === undefined || value === '')
          problems.push(`line ${line}: environment variable ${name} is not set`);
        return value ?? '';
      });
    },
  });

  const parsed = configurationSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    // a line whose variable is missing has been reported: what its empty value breaks says nothing more
    const reported = new Set(problems.map(lineIn));
    const found = parsed.error.issues.map((issue) => describe(issue, document, lines));
    problems.push(...found.filter((problem) => !reported.has(lineIn(problem))));
  }
  if (problems.length > 0 || !parsed.success) throw new ConfigurationError(file, problems);
  return parsed.data;
}

/** `line 12` of `line 12: ...`. */
function lineIn(problem: string): string {
  return problem.split(':', 1)[0] ?? '';
}

function describe(
  issue: z.core.$ZodIssue,
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
): string {
  const path = issue.path.map(String);
  const extra = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const line = lineOf(document, extra === undefined ? path : [...path, extra], lines);
  return `line ${line}: ${path.join('.') || '(top level)'}: ${issue.message}`;
}

/** The line of the deepest part of `path` that the document really has. */
function lineOf(document: ReturnType<typeof parseDocument>, path: string[], lines: LineCounter): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find(
      (item) => isScalar(item.key) && String(item.key.value) === path[depth - 1],
    );
    if (pair && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
  }
  return 1;
}

/** The configuration as it may be printed or logged: every secret replaced. */
export function redactConfiguration(configuration: Configuration): unknown {
  return JSON.parse(
    JSON.stringify(configuration, (key, value) => (SECRET_KEYS.has(key) ? '[redacted]' : value)),
  );
}
