import { z } from 'zod';
import { comparable } from '../../../mappings/weavy-webmecanik/compare-value';
import type { FieldMapping, FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import { byKey, type HeldRecord, type HeldRecords, heldRecords } from './held-records';
import type { WeavyWebmecanikStack } from './stack';

/** How far the two CRMs say the same, as a person who looks at both of them would see it. */
export interface Agreement {
  /** Companies, Contacts and Entrants that stand on both sides. */
  companies: number;
  contacts: number;
  entrants: number;
  /** Records with a key that the other side does not know. */
  alone: string[];
  /** `mautic/contact/81 position`: fields for both ways, and the fields of Entrants, that differ. */
  different: string[];
  /** The same for values of weavy that are longer than what Mautic holds. */
  notHeld: string[];
  /** Contacts whose primary company in Mautic is not that of their Tiers. */
  elsewhere: string[];
}

/** Both sides compared field by field. Records of one key on one side are one set: one of them must agree. */
export async function compareSides(stack: WeavyWebmecanikStack): Promise<Agreement> {
  const held = await heldRecords(stack);
  const mapping = mappingOf(stack);
  const lengths = await mauticLengths(stack);
  const agreement: Agreement = {
    companies: 0,
    contacts: 0,
    entrants: 0,
    alone: [],
    different: [],
    notHeld: [],
    elsewhere: [],
  };
  const companyKeys = new Map(
    [...held.customer, ...held.company].map(({ recordId, key }) => [recordId, key]),
  );
  const note = (couple: Couple, pairs: readonly FieldPair[]) => {
    for (const pair of differencesOf(couple, pairs)) {
      const most = lengths.get(`${couple.mautic.recordId.split('/')[1]}/${pair.mautic}`);
      const isTooLong = String(couple.weavy.fields[pair.weavy] ?? '').length > (most ?? Infinity);
      agreement[isTooLong ? 'notHeld' : 'different'].push(`${couple.mautic.recordId} ${pair.mautic}`);
    }
  };

  const companies = couplesOf(held.customer, held.company, bothWays(mapping.companies?.fields), agreement);
  agreement.companies = companies.length;
  for (const couple of companies) note(couple, bothWays(mapping.companies?.fields));

  const { contacts, entrants } = personSets(held);
  const contactCouples = couplesOf(
    contacts.weavy,
    contacts.mautic,
    bothWays(mapping.contacts?.fields),
    agreement,
  );
  agreement.contacts = contactCouples.length;
  for (const couple of contactCouples) {
    note(couple, bothWays(mapping.contacts?.fields));
    if (!isWithItsTiers(couple, companyKeys)) agreement.elsewhere.push(couple.mautic.recordId);
  }
  const entrantCouples = couplesOf(
    entrants.weavy,
    entrants.mautic,
    mapping.inbounds?.fields ?? [],
    agreement,
  );
  agreement.entrants = entrantCouples.length;
  for (const couple of entrantCouples) note(couple, mapping.inbounds?.fields ?? []);
  return agreement;
}

/** Nothing is missing on either side, and nothing differs that could be the same. */
export function isInStep({ alone, different, elsewhere }: Agreement): boolean {
  return alone.length + different.length + elsewhere.length === 0;
}

interface Couple {
  weavy: HeldRecord;
  mautic: HeldRecord;
}

function couplesOf(
  weavy: readonly HeldRecord[],
  mautic: readonly HeldRecord[],
  pairs: readonly FieldPair[],
  { alone }: Agreement,
): Couple[] {
  const [left, right] = [byKey(weavy), byKey(mautic)];
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const)
    for (const [key, set] of own) if (!other.has(key)) alone.push(...set.map(({ recordId }) => recordId));
  return [...left].flatMap(([key, set]) => {
    const couples = set.flatMap((one) => (right.get(key) ?? []).map((two) => ({ weavy: one, mautic: two })));
    const best = couples.sort((a, b) => differencesOf(a, pairs).length - differencesOf(b, pairs).length)[0];
    return best === undefined ? [] : [best];
  });
}

/** A contact is that of a Contact with its e-mail, else of an Entrant. */
function personSets({ customercontact, marketinginbound, contact }: HeldRecords) {
  const known = byKey(customercontact);
  const isKnown = ({ key }: HeldRecord) => key !== null && known.has(key);
  const isOther = (record: HeldRecord) => !isKnown(record);
  const weavyKeys = byKey(marketinginbound);
  const hasEntrant = ({ key }: HeldRecord) => key !== null && weavyKeys.has(key);
  return {
    contacts: { weavy: customercontact, mautic: contact.filter((one) => isKnown(one) || !hasEntrant(one)) },
    entrants: {
      weavy: marketinginbound.filter(isOther),
      mautic: contact.filter((one) => isOther(one) && hasEntrant(one)),
    },
  };
}

function bothWays(fields: readonly FieldPair[] = []): FieldPair[] {
  return fields.filter(({ direction }) => direction === 'both');
}

function differencesOf({ weavy, mautic }: Couple, pairs: readonly FieldPair[]): FieldPair[] {
  return pairs.filter(
    (pair) =>
      comparable(pair.as, 'weavy', weavy.fields[pair.weavy]) !==
      comparable(pair.as, 'mautic', mautic.fields[pair.mautic]),
  );
}

/** A Tiers without a name is not synchronised: nobody can be moved to it. */
function isWithItsTiers({ weavy, mautic }: Couple, keys: ReadonlyMap<string, string | null>): boolean {
  const wanted = weavy.company === null ? null : (keys.get(weavy.company) ?? null);
  return wanted === null || (mautic.company !== null && keys.get(mautic.company) === wanted);
}

function mappingOf({ configuration, sync }: WeavyWebmecanikStack): FieldMapping {
  const found = configuration.syncs[sync];
  if (found?.pair !== 'weavy-webmecanik')
    throw new Error(`${sync} does not synchronise weavy with Webmecanik`);
  return found.mapping;
}

const fieldSchema = z.looseObject({
  object: z.string(),
  alias: z.string(),
  type: z.string(),
  length: z.number(),
});

/** `contact/position` -> how many characters it holds. */
async function mauticLengths({ mautic }: WeavyWebmecanikStack): Promise<Map<string, number>> {
  const fields = z.array(fieldSchema).parse(await mautic.records('field'));
  const limited = fields.filter(({ type }) => type !== 'textarea');
  return new Map(limited.map(({ object, alias, length }) => [`${object}/${alias}`, length]));
}

/** E-mails and names that stand on one side more often than before the first run, and more than once. */
export function doublesIn(before: HeldRecords, after: HeldRecords): string[] {
  const sides = ({ customer, customercontact, marketinginbound, company, contact }: HeldRecords) => [
    customer,
    [...customercontact, ...marketinginbound],
    company,
    contact,
  ];
  const earlier = sides(before).map(byKey);
  return sides(after).flatMap((records, side) =>
    [...byKey(records)].flatMap(([key, set]) => {
      const allowed = Math.max(1, earlier[side]?.get(key)?.length ?? 0);
      return set.slice(allowed).map(({ recordId }) => recordId);
    }),
  );
}
