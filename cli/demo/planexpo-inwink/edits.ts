import type { LocalStack } from './stack';

/** What people do between two runs, on both sides. Answers what was done, for the story. */
export async function editBothSides(stack: LocalStack): Promise<string[]> {
  const inStep = await dossiersInStep(stack);
  const [parent, shrinking, cancelled, deleted, edited] = inStep;
  if (!parent || !shrinking || !cancelled || !deleted || !edited)
    throw new Error('the sample is too small for the edits: use --records 120 or more');

  const newcomer = await addCoExhibitor(stack, parent.recordId);
  const lowered = await lowerQuantity(stack, shrinking.recordId);
  await stack.planexpo.put('orders', {
    action: 'patch',
    id: cancelled.recordId,
    value: { status: 'cancelled', cancelled_at: new Date().toISOString() },
  });
  await stack.inwink.put('exhibitor', { action: 'delete', id: deleted.targetId });
  await stack.inwink.put('exhibitor', {
    action: 'patch',
    id: edited.targetId,
    value: { website: 'https://edited-by-hand.example' },
  });
  const renamed = await renameProduct(stack);
  return [
    `Planexpo: new co-exhibitor ${newcomer} under dossier ${parent.recordId}`,
    `Planexpo: dossier ${shrinking.recordId} now orders fewer of a product (${lowered})`,
    `Planexpo: dossier ${cancelled.recordId} was cancelled`,
    `Planexpo: product ${renamed} was renamed`,
    `Inwink:   the partner of dossier ${deleted.recordId} was deleted by hand`,
    `Inwink:   the partner of dossier ${edited.recordId} got another website by hand`,
  ];
}

/** Exhibitors in step that have products, no co-exhibitors and a contact of their own, so that each edit tells one thing. */
async function dossiersInStep(stack: LocalStack): Promise<Array<{ recordId: string; targetId: string }>> {
  const { rows } = await stack.pool.query<{ record_id: string; target_id: string }>(
    `select s.record_id, l.target_id from staged_record s join link l on l.sync = s.sync and l.kind = 'partner' and l.source_key = s.record_id
     where s.sync = $1 and s.parent_id is null and s.settled_hash is not null and l.quantities <> '{}'
       and not exists (select 1 from staged_record c where c.sync = s.sync and c.parent_id = s.record_id)
       and not exists (select 1 from staged_record o where o.sync = s.sync and o.contact_key = s.contact_key and o.record_id <> s.record_id)
     order by s.record_id limit 5`,
    [stack.sync],
  );
  return rows.map((row) => ({ recordId: row.record_id, targetId: row.target_id }));
}

async function addCoExhibitor(stack: LocalStack, parentId: string): Promise<string> {
  const [parent] = await stack.planexpo.records('orders', parentId);
  const id = `${parentId}9`;
  await stack.planexpo.put('orders', {
    action: 'upsert',
    id,
    value: {
      ...parent,
      order_id: id,
      public_order_id: `N${id}`,
      parent_order_id: parentId,
      company: { name: 'Nouvel Atelier Exemple', website: 'www.nouvel-atelier.example', address: null },
      booking_contact: null,
      items: [],
    },
  });
  return id;
}

async function lowerQuantity(stack: LocalStack, recordId: string): Promise<string> {
  const [order] = await stack.planexpo.records('orders', recordId);
  const items = Array.isArray(order?.items)
    ? (order.items as Array<{ product_id: string; quantity: number }>)
    : []; // the simulator's own form
  const highest = items.toSorted((a, b) => b.quantity - a.quantity)[0];
  if (highest === undefined) throw new Error(`dossier ${recordId} has no products`);
  const lower = Math.max(0, highest.quantity - 1);
  const changed = items.map((item) =>
    item.product_id === highest.product_id ? { ...item, quantity: lower } : item,
  );
  await stack.planexpo.put('orders', { action: 'patch', id: recordId, value: { items: changed } });
  return `${highest.quantity} -> ${lower}`;
}

async function renameProduct(stack: LocalStack): Promise<string> {
  const { rows } = await stack.pool.query<{ id: string; name: string }>(
    `select row->>'planexpoId' as id, row->>'planexpoName' as name from mask_version, jsonb_array_elements(mask->'rows') as row
     where sync = $1 and in_force order by 1 desc limit 1`,
    [stack.sync],
  );
  const product = rows[0];
  if (product === undefined) throw new Error('the demo mask maps no product');
  await stack.planexpo.put('products', {
    action: 'patch',
    id: product.id,
    value: { name: `${product.name} (nouveau)` },
  });
  return product.id;
}
