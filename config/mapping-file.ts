import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';

/** A mapping document in a file of its own, which stands in for the name of that file in the configuration. */
export interface MappingFile {
  /** Name of the sync. */
  slug: string;
  /** As the configuration names it: how problems name it too. */
  name: string;
  document: Document;
  lines: LineCounter;
  /** What is wrong with the file as YAML; its content is not looked at then. */
  problems: string[];
}

/** A sync whose `mapping` names a file that cannot be read. `offset`: where the configuration names it. */
export interface UnreadableMapping {
  slug: string;
  problem: string;
  offset: number;
}

/**
 * Reads the mapping files that a configuration names as `syncs.<slug>.mapping: FILE`, beside the configuration itself.
 * They hold names of fields only: variables are not filled in there.
 */
export function readMappingFiles(
  configurationFile: string,
  configuration: Document,
): { files: MappingFile[]; unreadable: UnreadableMapping[] } {
  const found: { files: MappingFile[]; unreadable: UnreadableMapping[] } = { files: [], unreadable: [] };
  const syncs = configuration.get('syncs', true);
  for (const { key, value: sync } of isMap(syncs) ? syncs.items : []) {
    const node = isMap(sync) ? sync.get('mapping', true) : undefined;
    if (!isScalar(key) || !isScalar(node) || typeof node.value !== 'string') continue;
    const slug = String(key.value);
    try {
      const text = readFileSync(resolve(dirname(configurationFile), node.value), 'utf8');
      found.files.push(parseMappingFile(slug, node.value, text));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      found.unreadable.push({
        slug,
        problem: `syncs.${slug}.mapping: ${node.value} cannot be read (${reason}); it is looked for beside the configuration file`,
        offset: node.range?.[0] ?? 0,
      });
    }
  }
  return found;
}

function parseMappingFile(slug: string, name: string, text: string): MappingFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(
    (error) => `${name} line ${lines.linePos(error.pos[0]).line}: ${error.message}`,
  );
  return { slug, name, document, lines, problems };
}
