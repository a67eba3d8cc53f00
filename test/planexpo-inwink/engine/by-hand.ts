import type { PlanexpoInwinkPolicies as Policies } from '../../../config/planexpo-inwink';
import type { JournalEntry, SimRecord } from '../../../simulators/control';
import type { PlanexpoOrder } from '../../../simulators/planexpo';
import type { Scene } from './scene';

/** These dossiers in Inwink, and no write counted yet. */
export async function bringInStep(
  scene: Scene,
  orders: PlanexpoOrder[],
  policies: Partial<Policies> = {},
): Promise<void> {
  await scene.begin(orders, policies);
  await scene.run();
  await scene.writes();
}

/** A person adds a partner or participant in Inwink's back office. Answers its id. */
export async function addByHand(
  scene: Scene,
  kind: 'exhibitor' | 'registered',
  value: SimRecord,
): Promise<string> {
  const made = await scene.stack.inwink.put(kind, { action: 'upsert', value });
  return String(made?.id);
}

/** The same for a partner that carries a dossier's id. */
export function addPartnerByHand(scene: Scene, orderId: string, name: string): Promise<string> {
  return addByHand(scene, 'exhibitor', { name, customFields: { planexpo_order_id: orderId } });
}

export async function editPartnerByHand(scene: Scene, orderId: string, value: SimRecord): Promise<void> {
  const { id } = await scene.partner(orderId);
  await scene.stack.inwink.put('exhibitor', { action: 'patch', id: String(id), value });
}

export async function deletePartnerByHand(scene: Scene, orderId: string): Promise<void> {
  const { id } = await scene.partner(orderId);
  await scene.stack.inwink.put('exhibitor', { action: 'delete', id: String(id) });
}

export async function deleteParticipantByHand(scene: Scene, email: string): Promise<void> {
  for (const { id } of await scene.participants(email))
    await scene.stack.inwink.put('registered', { action: 'delete', id: String(id) });
}

export function bodiesOf(entries: JournalEntry[]): unknown[] {
  return entries.map((entry) => entry.body);
}
