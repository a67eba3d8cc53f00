import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/run-script';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git', '.passerelle', 'test-artefacts']);

/** Every document of the project, by its path from the root. */
export function documents(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export function textOf(document: string): string {
  return readFileSync(join(ROOT, document), 'utf8');
}

/** Rows of the first table below a heading: cells without the marks of code, in their order. */
export function tableBelow(text: string, heading: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`there is no heading "${heading}"`);
  const first = lines.findIndex((line, at) => at > start && line.startsWith('|'));
  const end = lines.findIndex((line, at) => at > first && !line.startsWith('|'));
  return lines.slice(first + 2, end < 0 ? undefined : end).map(cellsOf);
}

/** From a heading of the second level to the next one. */
export function section(text: string, heading: string): string {
  const [, part] = text.split(`\n## ${heading}\n`);
  if (part === undefined) throw new Error(`there is no heading "${heading}"`);
  const [own = ''] = part.split(/^## /m);
  return own;
}

/** Rows of every table of a text. */
export function allRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'));
}

/** Contents of the fenced blocks of one language. */
export function blocks(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...text.matchAll(fence)].map(([, content]) => content ?? '');
}

/** Commands as a reader would type them: lines of shell blocks, and code in running text. */
export function commandLines(text: string): string[] {
  const shell = blocks(text, 'sh').flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');
  return [...shell.map((line) => line.replace(/\s#.*$/, '')), ...inline].map((line) => line.trim());
}

/** Targets of links that point into the project, with the part after `#`. */
export function relativeLinks(text: string): Array<{ path: string; anchor: string | null }> {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = null] = target.split('#');
      return { path: decodeURIComponent(path), anchor };
    });
}

/** The anchors that a host makes of a document's headings. */
export function anchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
