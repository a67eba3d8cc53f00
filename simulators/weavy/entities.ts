/** The three tables of this API that matter here, under their names in addresses and in the control routes. */
export const ENTITIES = ['customer', 'customercontact', 'marketinginbound'] as const;
export type EntityName = (typeof ENTITIES)[number];

export function isEntity(name: string): name is EntityName {
  return ENTITIES.some((entity) => entity === name);
}

/** The column that carries a table's business code. */
export function keyOf(entity: EntityName): string {
  return `${entity}_ID`;
}
