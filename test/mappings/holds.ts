import * as fc from 'fast-check';

/** Checks a property that is computed at once. */
export function holds<Values>(property: fc.IProperty<Values>): void {
  // biome-ignore lint/nursery/noFloatingPromises: the rule sees the overload for asynchronous properties
  fc.assert(property);
}
