import { withKnownCodes } from './code-lists';
import { CIRCUIT_RULE, POI_RULE, problemsOf } from './feed-rules';
import type { XmlElement } from './xml-element';
import { documentReader, UnreadableDocument } from './xml-reader';

export const OBJECT_KINDS = ['circuit', 'poi'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** An object of a feed. With problems it is not to be imported. */
export interface FeedObject {
  kind: ObjectKind;
  /** `id_circuit` or `id_poi`; null when it has none. */
  externalId: string | null;
  codeCgt: string | null;
  element: XmlElement;
  problems: string[];
  /** Codes that were left out. */
  unknownCodes: string[];
}

export interface FeedReader {
  write(text: string): void;
  /** Every object, in the order of the document. Throws `UnreadableDocument` when the document is not complete. */
  close(): FeedObject[];
}

/** Reads `circuits.xml` or `pois.xml` piece by piece. A wrong root is a document that cannot be used at all. */
export function feedReader(kind: ObjectKind): FeedReader {
  const objects: FeedObject[] = [];
  const reader = documentReader({
    root(name, attributes) {
      if (name !== `${kind}s`) throw new UnreadableDocument(`the root is <${name}>, not <${kind}s>`);
      if (!attributes.version) throw new UnreadableDocument('the root has no version');
    },
    child(element) {
      if (element.name === kind) objects.push(feedObject(kind, element));
    },
  });
  return {
    write: reader.write,
    close() {
      reader.close();
      return objects;
    },
  };
}

export function readFeed(kind: ObjectKind, text: string): FeedObject[] {
  const reader = feedReader(kind);
  reader.write(text);
  return reader.close();
}

function feedObject(kind: ObjectKind, read: XmlElement): FeedObject {
  const { element, unknown } = withKnownCodes(read);
  return {
    kind,
    externalId: given(read.attributes[`id_${kind}`]),
    codeCgt: given(read.attributes.code_cgt),
    element,
    problems: problemsOf(read, kind === 'circuit' ? CIRCUIT_RULE : POI_RULE),
    unknownCodes: unknown,
  };
}

function given(attribute: string | undefined): string | null {
  const text = attribute?.trim() ?? '';
  return text === '' ? null : text;
}
