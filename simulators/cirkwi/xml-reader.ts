import { SaxesParser } from 'saxes';
import type { XmlElement } from './xml-element';

/** Why a document cannot be used, in words for an import report. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** What a document's reader is told, in the order of the document. */
export interface DocumentEvents {
  root(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Each child of the root, complete. Only one of them is held at a time. */
  child(element: XmlElement): void;
}

export interface DocumentReader {
  write(text: string): void;
  /** The end of the document: throws when it came too early. */
  close(): void;
}

/** Reads a document of any length piece by piece. Throws `UnreadableDocument` at the first fault in its form. */
export function documentReader(events: DocumentEvents): DocumentReader {
  const parser = strictParser();
  const open: Open[] = [];

  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === 0) events.root(name, attributes);
    open.push({ name, attributes, children: [], text: '' });
  });
  const addText = (text: string): void => {
    const here = open.at(-1);
    if (here && open.length > 1) here.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    const parent = open.at(-1);
    if (!closed || !parent) return;
    const whole: XmlElement = closed.children.length > 0 ? { ...closed, text: '' } : closed;
    if (open.length === 1) events.child(whole);
    else parent.children.push(whole);
  });
  return { write: (text) => void parser.write(text), close: () => void parser.close() };
}

/** A parser that stops at the first fault. A document type is a fault: nobody needs one here, and entities hide in it. */
export function strictParser(): SaxesParser {
  const parser = new SaxesParser({ position: false });
  parser.on('error', (error) => {
    throw new UnreadableDocument(`not well-formed: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new UnreadableDocument('a document type is not accepted');
  });
  return parser;
}
