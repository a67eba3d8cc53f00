import type { FieldValue } from '../../../mappings/fields';
import { comparable } from '../../../mappings/weavy-webmecanik/compare-value';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping, FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import { type CoupleForm, KINDS, keyPairOf, pairsOf } from './couple';
import type { FakeSide } from './fake-side';
import { isBlank, isSame, otherSide } from './field-track';
import { controlKind } from './side-records';

type Values = Record<Side, FieldValue>;
interface Link {
  form: CoupleForm;
  ids: Record<Side, string>;
  base: Map<string, Values>;
  isBounced: boolean;
}

/** What a sync may do wrong; `late` leaves a third of its couples for the next cycle, which is no fault. */
export type Flaw =
  | 'late'
  | 'forgets-mautic'
  | 'creates-twice'
  | 'record-wins'
  | 'dates-any-bounce'
  | 'not-enforced'
  | null;

/** A sync in memory for values that are spelled alike on both sides: as small as it can be, to hold the model against. */
export function fakeSync(sides: Record<Side, FakeSide>, fields: FieldMapping, flaw: Flaw = null) {
  const links: Link[] = [];
  let cycle = 0;
  const tableOf = (form: CoupleForm, side: Side) => sides[side].table(controlKind(KINDS[form][side]));
  const linked = (form: CoupleForm, side: Side, id: string): Link | undefined =>
    links.find((link) => KINDS[link.form][side] === KINDS[form][side] && link.ids[side] === id);

  const create = (form: CoupleForm, from: Side, id: string): void => {
    const to = otherSide(from);
    const record = tableOf(form, from).get(id);
    const made = to === 'weavy' ? `WM-${id}` : String(tableOf(form, to).size + 1);
    for (const code of flaw === 'creates-twice' ? [made, `${made}0`] : [made])
      sides[to].write(controlKind(KINDS[form][to]), code, {});
    const link: Link = { form, ids: { weavy: made, mautic: made }, base: new Map(), isBounced: false };
    link.ids[from] = id;
    for (const pair of pairsOf(form, fields)) {
      const value = record?.fields[pair[from]] ?? null;
      if (isBlank(value) || pair.direction === (to === 'weavy' ? 'toMautic' : 'toWeavy')) continue;
      for (const code of flaw === 'creates-twice' ? [made, `${made}0`] : [made])
        sides[to].write(controlKind(KINDS[form][to]), code, { [pair[to]]: value });
      link.base.set(pair.weavy, { weavy: value, mautic: value });
    }
    links.push(link);
  };

  const settleLink = (link: Link): void => {
    const weavy = tableOf(link.form, 'weavy').get(link.ids.weavy);
    const mautic = tableOf(link.form, 'mautic').get(link.ids.mautic);
    if (weavy === undefined || mautic === undefined) return;
    const times = { weavy: weavy.ms, mautic: mautic.ms };
    for (const pair of pairsOf(link.form, fields)) {
      const values = { weavy: weavy.fields[pair.weavy] ?? null, mautic: mautic.fields[pair.mautic] ?? null };
      const base = link.base.get(pair.weavy) ?? null;
      const winner = flaw === 'record-wins' ? laterOf(times) : winnerOf(pair, values, base, times, flaw);
      const value = values[winner];
      if (isSame(pair, values.weavy, values.mautic)) {
        link.base.set(pair.weavy, values);
        continue;
      }
      const loser = otherSide(winner);
      if (isBlank(value) && (!pair.propagateBlank || pair === keyPairOf(link.form, fields))) {
        if (link.form === 'entrant') continue;
        sides[winner].write(controlKind(KINDS[link.form][winner]), link.ids[winner], {
          [pair[winner]]: values[loser],
        });
        continue;
      }
      sides[loser].write(controlKind(KINDS[link.form][loser]), link.ids[loser], { [pair[loser]]: value });
      link.base.set(pair.weavy, { weavy: value, mautic: value });
    }
    const reasons = mautic.doNotContact.map(({ reason }) => reason);
    const isBounce = flaw === 'dates-any-bounce' ? reasons.length > 0 : reasons.includes(2);
    const field = fields.contacts?.bounceField ?? null;
    if (link.form !== 'contact' || !isBounce || link.isBounced || field === null) return;
    link.isBounced = true;
    sides.weavy.write('customercontact', link.ids.weavy, { [field]: '2026-01-01T00:00:00' });
  };

  return async (): Promise<void> => {
    const forms: ReadonlyArray<readonly [CoupleForm, Side]> = [
      ['company', 'weavy'],
      ['company', 'mautic'],
      ['contact', 'weavy'],
      ['entrant', 'mautic'],
    ];
    for (const link of links) relink(link, sides.weavy);
    for (const [form, from] of forms)
      for (const { id } of [...tableOf(form, from).values()])
        if (linked(form, from, id) === undefined && isKeyed(form, from, id)) create(form, from, id);
    cycle += 1;
    for (const [index, link] of links.entries()) {
      if (flaw === 'late' && (cycle + index) % 3 === 0) continue;
      // Others work while a sync does.
      await Promise.resolve();
      settleLink(link);
    }
  };

  function isKeyed(form: CoupleForm, side: Side, id: string): boolean {
    const key = keyPairOf(form, fields)?.[side] ?? '';
    const value = tableOf(form, side).get(id)?.fields[key];
    if (isBlank(value)) return false;
    const others = links.filter((link) => KINDS[link.form][side] === KINDS[form][side]);
    const isTaken = others.some(({ ids }) => tableOf(form, side).get(ids[side])?.fields[key] === value);
    return !isTaken || flaw === 'creates-twice';
  }
}

function relink(link: Link, weavy: FakeSide): void {
  const inbound = weavy.table('marketinginbound').get(link.ids.weavy);
  if (link.form !== 'entrant' || inbound === undefined || inbound.isLive) return;
  const contact = [...weavy.table('customercontact').values()].find(
    ({ fields }) => fields.email === inbound.fields.email,
  );
  if (contact === undefined) return;
  link.form = 'contact';
  link.ids.weavy = contact.id;
}

function winnerOf(
  pair: FieldPair,
  values: Values,
  base: Values | null,
  times: Record<Side, number>,
  flaw: Flaw,
): Side {
  if (base === null && isBlank(values.weavy) !== isBlank(values.mautic))
    return isBlank(values.weavy) ? 'mautic' : 'weavy';
  if (pair.direction !== 'both' && flaw !== 'not-enforced')
    return pair.direction === 'toMautic' ? 'weavy' : 'mautic';
  const isChanged = (side: Side): boolean =>
    comparable(pair.as, side, values[side]) !== comparable(pair.as, side, base?.[side] ?? null);
  if (!isChanged('mautic') || flaw === 'forgets-mautic') return 'weavy';
  return isChanged('weavy') ? laterOf(times) : 'mautic';
}

function laterOf(times: Record<Side, number>): Side {
  return times.weavy > times.mautic ? 'weavy' : 'mautic';
}
