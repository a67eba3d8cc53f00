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
  const { companies, contacts, inbounds } = mappingOf(stack);
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
  const persons = personSets(held);
  const compared = [
    { what: 'companies', weavy: held.customer, mautic: held.company, pairs: bothWays(companies?.fields) },
    { what: 'contacts', ...persons.contacts, pairs: bothWays(contacts?.fields) },
    // an Entrant is written and never read back: nobody has edited one here
    { what: 'entrants', ...persons.entrants, pairs: inbounds?.fields ?? [] },
  ] as const;
  for (const { what, weavy, mautic, pairs } of compared) {
    const couples = couplesOf(weavy, mautic, pairs);
    agreement[what] = couples.length;
    agreement.alone.push(...aloneIn(weavy, mautic), ...aloneIn(mautic, weavy));
    for (const couple of couples)
      for (const pair of differencesOf(couple, pairs))
        agreement[isTooLong(couple, pair, lengths) ? 'notHeld' : 'different'].push(
          `${couple.mautic.recordId} ${pair.mautic}`,
        );
    if (what === 'contacts') agreement.elsewhere.push(...notWithTheirTiers(couples, held));
  }
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

/** One couple for each key that both sides know: of several records, the two that are most alike. */
function couplesOf(
  weavy: readonly HeldRecord[],
  mautic: readonly HeldRecord[],
  pairs: readonly FieldPair[],
): Couple[] {
  const others = byKey(mautic);
  return [...byKey(weavy)].flatMap(([key, set]) => {
    const couples = set.flatMap((one) => (others.get(key) ?? []).map((two) => ({ weavy: one, mautic: two })));
    const best = couples.sort((a, b) => differencesOf(a, pairs).length - differencesOf(b, pairs).length)[0];
    return best === undefined ? [] : [best];
  });
}

function aloneIn(own: readonly HeldRecord[], other: readonly HeldRecord[]): string[] {
  const known = byKey(other);
  return own.filter(({ key }) => key !== null && !known.has(key)).map(({ recordId }) => recordId);
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

function isTooLong(
  { weavy, mautic }: Couple,
  pair: FieldPair,
  lengths: ReadonlyMap<string, number>,
): boolean {
  const most = lengths.get(`${mautic.recordId.split('/')[1]}/${pair.mautic}`);
  return most !== undefined && String(weavy.fields[pair.weavy] ?? '').length > most;
}

/** Of several Tiers with one name, one is synchronised, and of those without a name none: nobody is moved to the others. */
function notWithTheirTiers(
  couples: readonly Couple[],
  { customer, company }: Pick<HeldRecords, 'customer' | 'company'>,
): string[] {
  const single = [...byKey(customer)].flatMap(([key, [first, ...others]]) =>
    first === undefined || others.length > 0 ? [] : [[first.recordId, key] as const],
  );
  const nameOfTiers = new Map(single);
  const nameOfCompany = new Map(company.map(({ recordId, key }) => [recordId, key]));
  return couples.flatMap(({ weavy, mautic }) => {
    const wanted = nameOfTiers.get(weavy.company ?? '');
    const isThere = wanted === undefined || nameOfCompany.get(mautic.company ?? '') === wanted;
    return isThere ? [] : [mautic.recordId];
  });
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
