import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { type MappingFile, readMappingFiles } from './mapping-file';
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

/** The same from text already read; `file` is used in messages, and to find the mapping files beside it. */
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

  const { files, unreadable } = readMappingFiles(file, document);
  const broken = [...unreadable, ...files.filter((each) => each.problems.length > 0)].map(({ slug }) => slug);
  problems.push(
    ...unreadable.map(({ problem, offset }) => `line ${lines.linePos(offset).line}: ${problem}`),
    ...files.flatMap((each) => each.problems),
  );
  for (const { slug, document: mapping } of files) document.setIn(['syncs', slug, 'mapping'], mapping.toJS());

  const parsed = configurationSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    // a line whose variable is missing has been reported, and so has a broken mapping file: what follows says nothing more
    const reported = new Set(problems.map(lineIn));
    const found = parsed.error.issues
      .filter(({ path }) => !(isInMapping(path) && broken.includes(String(path[1]))))
      .map((issue) => describeWhere(issue, document, lines, files));
    problems.push(...found.filter((problem) => !reported.has(lineIn(problem))));
  }
  if (problems.length > 0 || !parsed.success) throw new ConfigurationError(file, problems);
  return parsed.data;
}

function isInMapping(path: readonly PropertyKey[]): boolean {
  return path[0] === 'syncs' && path[2] === 'mapping';
}

/** A problem inside a mapping that has its own file is named by that file, its line and the path in it. */
function describeWhere(
  issue: z.core.$ZodIssue,
  document: Document,
  lines: LineCounter,
  files: readonly MappingFile[],
): string {
  const own = isInMapping(issue.path) ? files.find(({ slug }) => slug === issue.path[1]) : undefined;
  if (own === undefined) return describe(issue, document, lines);
  return `${own.name} ${describe({ ...issue, path: issue.path.slice(3) }, own.document, own.lines)}`;
}

/** `line 12` of `line 12: ...`. */
function lineIn(problem: string): string {
  return problem.split(':', 1)[0] ?? '';
}

function describe(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const path = issue.path.map(String);
  const extra = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const line = lineOf(document, extra === undefined ? path : [...path, extra], lines);
  return `line ${line}: ${path.join('.') || '(top level)'}: ${issue.message}`;
}

/** The line of the deepest part of `path` that the document really has. */
function lineOf(document: Document, path: string[], lines: LineCounter): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const node = partOf(parent, path[depth - 1] ?? '');
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The key of a mapping's entry, or the item of a list. */
function partOf(parent: unknown, name: string): unknown {
  if (isSeq(parent)) return parent.items[Number(name)];
  if (!isMap(parent)) return undefined;
  return parent.items.find((item) => isScalar(item.key) && String(item.key.value) === name)?.key;
}

/** The configuration as it may be printed or logged: every secret replaced. */
export function redactConfiguration(configuration: Configuration): unknown {
  return JSON.parse(
    JSON.stringify(configuration, (key, value) => (SECRET_KEYS.has(key) ? '[redacted]' : value)),
  );
}
