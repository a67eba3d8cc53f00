import { validationFailed } from './problems';
import type { InwinkExhibitor } from './state';
import type { InwinkWorld } from './world';

/** A parent must exist, and the tree has one level (assumed: one parent field). Throws a `ValidationFailed` refusal. */
export function checkParent(world: InwinkWorld, partner: InwinkExhibitor): void {
  const parentId = partner.affiliatedToId;
  if (parentId === null) return;
  if (parentId === partner.id) throw refused('A partner cannot be its own parent.');
  const parent = world.exhibitor.get(parentId);
  if (!parent) throw refused('The parent does not exist.');
  if (parent.affiliatedToId !== null) throw refused('The parent has a parent itself.');
  if (childrenOf(world, partner.id).length > 0)
    throw refused('A partner with children cannot have a parent.');
}

export function childrenOf(world: InwinkWorld, id: string): InwinkExhibitor[] {
  return world.exhibitor.among('affiliatedToId', [id]) ?? [];
}

function refused(message: string): Error {
  return validationFailed({ affiliatedToId: [message] });
}
