import type { ProductDefinition } from './mask';
import { labelKey, nameKey, tidy } from './mask-text';

/** One platform's products, looked up the way a mask names them. */
export class ProductIndex {
  private readonly ids = new Map<string, ProductDefinition>();
  private readonly names: Map<string, ProductDefinition[]>;
  private readonly looseNames: Map<string, ProductDefinition[]>;

  constructor(products: readonly ProductDefinition[]) {
    for (const product of products) this.ids.set(tidy(product.id), product);
    this.names = grouped(products, nameKey);
    this.looseNames = grouped(products, labelKey);
  }

  byId(id: string): ProductDefinition | undefined {
    return this.ids.get(tidy(id));
  }

  byName(name: string): readonly ProductDefinition[] {
    return this.names.get(nameKey(name)) ?? [];
  }

  /** A product whose name differs only in case or accents: a hint for messages, never a match. */
  nearName(name: string): ProductDefinition | undefined {
    return this.looseNames.get(labelKey(name))?.[0];
  }
}

function grouped(
  products: readonly ProductDefinition[],
  key: (name: string) => string,
): Map<string, ProductDefinition[]> {
  const groups = new Map<string, ProductDefinition[]>();
  for (const product of products) {
    const group = groups.get(key(product.name));
    if (group) group.push(product);
    else groups.set(key(product.name), [product]);
  }
  return groups;
}
