/** An element with its attributes and either text or children, as the feeds have them (no mixed content). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Empty when there are children. */
  readonly text: string;
}

const NO_ATTRIBUTES = {};

export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = NO_ATTRIBUTES,
  content: string | readonly XmlElement[] = '',
): XmlElement {
  if (typeof content === 'string') return { name, attributes, children: [], text: content };
  return { name, attributes, children: content, text: '' };
}

export function childNamed(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name);
}

/** The element at the end of a path of names; the first one where several have the name. */
export function descendant(parent: XmlElement, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(childNamed, parent);
}

/** A copy in which `next` stands in place of the first child of its name, or last when there is none. */
export function withChild(parent: XmlElement, next: XmlElement): XmlElement {
  const at = parent.children.findIndex((child) => child.name === next.name);
  const children = at < 0 ? [...parent.children, next] : parent.children.with(at, next);
  return { ...parent, children, text: '' };
}

export function rendered({ name, attributes, children, text }: XmlElement): string {
  const listed = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  const inside = children.length > 0 ? children.map(rendered).join('') : escaped(text);
  return inside === '' ? `<${name}${listed}/>` : `<${name}${listed}>${inside}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Line ends and tabs as entities: in an attribute they would be read back as spaces. */
export function escaped(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (found) => ENTITIES[found] ?? found);
}
