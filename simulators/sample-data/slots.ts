import type { OrderSlot } from './clean-order';

const FIRST_UPDATE_MS = Date.parse('2025-03-03T08:00:00Z');

/** By an exhibitor's place among 20: mostly validated, each other status once, one test. */
const EXHIBITOR_STATUSES = [
  ...Array<string>(14).fill('validated'),
  'draft',
  'submitted',
  'refused',
  'cancelled',
];
const TEST_PLACE = 18;

/**
 * The dossiers of a sample before their contents: two exhibitors for each co-exhibitor, exhibitors first. Among them, from
 * 120 on: an unknown status, a child of a draft, of a refused, of a cancelled and of a test exhibitor, a child of a
 * child, a child of nobody.
 */
export function orderSlots(dossiers: number): OrderSlot[] {
  const children = Math.floor(dossiers / 3);
  const exhibitors = dossiers - children;
  return Array.from({ length: dossiers }, (_, position) => {
    const shared = { position, id: orderId(position), updatedAt: updatedAt(position, dossiers) };
    if (position < exhibitors) {
      return { ...shared, ...exhibitorStatus(position), parentId: null };
    }
    const child = position - exhibitors;
    return { ...shared, status: childStatus(child), isTest: false, parentId: parentOf(child, exhibitors) };
  });
}

/** Mostly numbers, some not: an id is to be taken as it is. */
function orderId(position: number): string {
  const number = 40_000 + position * 3;
  return position % 17 === 16 ? `A${number}` : String(number);
}

function exhibitorStatus(position: number): { status: string; isTest: boolean } {
  if (position % 60 === 39) return { status: 'on_hold', isTest: false };
  const place = position % 20;
  return { status: EXHIBITOR_STATUSES[place] ?? 'validated', isTest: place === TEST_PLACE };
}

function childStatus(child: number): string {
  const byPlace: Record<number, string> = { 9: 'draft', 10: 'cancelled', 11: 'submitted' };
  return byPlace[child % 12] ?? 'validated';
}

function parentOf(child: number, exhibitors: number): string {
  if (child % 40 === 25) return orderId(exhibitors + child - 1);
  if (child % 80 === 32) return `gone-${child}`;
  const sibling = child % 7 === 5 ? child - 1 : child; // some exhibitors have two
  return orderId((2 * sibling + (Math.floor(sibling / 10) % 2)) % exhibitors);
}

/**
 * A minute apart in an order that mixes exhibitors and co-exhibitors, so that children come before their parents too;
 * 40 of every 200 share one moment, as when an organiser validates them together.
 */
function updatedAt(position: number, dossiers: number): string {
  const stride = dossiers % 7919 === 0 ? 1 : 7919; // a prime that does not divide the number reaches every place once
  const place = (position * stride) % dossiers;
  const inBlock = place % 200;
  const minutes = inBlock >= 20 && inBlock < 60 ? place - inBlock + 20 : place;
  return `${new Date(FIRST_UPDATE_MS + minutes * 60_000).toISOString().slice(0, 19)}Z`;
}
