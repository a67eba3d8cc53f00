import { z } from 'zod';
import { openItem } from '../../db/attention';
import { resolveUnseenOfSync } from '../../db/attention-remarks';
import { forgetField } from '../../db/couples';
import { inTransaction } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import { type GoneField, goneFields } from '../../mappings/weavy-webmecanik/check-mapping';
import type {
  DiscoveredSchemas,
  FieldMapping,
  FieldPair,
} from '../../mappings/weavy-webmecanik/field-mapping';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { WeavyWebmecanikContext } from './context';

const knownSchema = z.array(z.string()).nullable();

/** Fields of the mapping that one side no longer has. */
export interface Gone {
  /** Fields that are to be paused. */
  paused: GoneField[];
  /** Names of all that were there once. */
  known: string[];
}
export const NOTHING_GONE: Gone = { paused: [], known: [] };

/**
 * A mapped field that was there before and is there no more is to be paused; one that never was is a problem of the
 * mapping (reference weavy, section 5: pausing is our policy).
 */
export async function goneOf(
  { pool, slug, mapping }: WeavyWebmecanikContext,
  schemas: DiscoveredSchemas,
): Promise<Gone> {
  const known = new Set(knownSchema.parse(await getCursor(pool, slug, 'known-fields')) ?? []);
  const gone = goneFields(mapping, schemas);
  const paused = gone.filter((field) => known.has(nameOf(field)));
  const goneNames = new Set(gone.map(nameOf));
  const present = pairsOf(mapping)
    .map(nameOf)
    .filter((name) => !goneNames.has(name));
  return { paused, known: [...new Set([...known, ...present])].sort() };
}

/** Passes leave these fields alone; a run tells people of them. */
export async function pauseGone(
  { pool, slug }: WeavyWebmecanikContext,
  runId: number | null,
  { paused, known }: Gone,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await moveCursor(tx, slug, 'known-fields', known);
    await moveCursor(tx, slug, 'gone-fields', {
      companies: weavyNames(paused, 'companies'),
      contacts: weavyNames(paused, 'contacts'),
      inbounds: weavyNames(paused, 'inbounds'),
    });
    for (const { object, weavy, mautic } of paused)
      if (mautic !== null) await forgetField(tx, slug, object === 'companies' ? 'company' : 'person', weavy);
    if (runId === null) return;
    for (const field of paused)
      await openItem(tx, slug, runId, {
        recordId: null,
        reason: CrmReason.fieldGone,
        place: nameOf(field),
        detail: { ...field },
        severity: 'action',
      });
    await resolveUnseenOfSync(tx, slug, runId, [CrmReason.fieldGone]);
  });
}

type Named = Pick<GoneField, 'object' | 'weavy' | 'mautic'>;

function nameOf({ object, weavy, mautic }: Named): string {
  return `${object}: ${weavy} - ${mautic ?? ''}`;
}

function pairsOf(mapping: FieldMapping): Named[] {
  const of = (object: Named['object'], fields: readonly FieldPair[] = []) =>
    fields.map(({ weavy, mautic }) => ({ object, weavy, mautic }));
  const bounce = mapping.contacts?.bounceField ?? null;
  return [
    ...of('companies', mapping.companies?.fields),
    ...of('contacts', mapping.contacts?.fields),
    ...of('inbounds', mapping.inbounds?.fields),
    ...(bounce === null ? [] : [{ object: 'contacts' as const, weavy: bounce, mautic: null }]),
  ];
}

function weavyNames(fields: readonly GoneField[], object: Named['object']): string[] {
  return fields.filter((field) => field.object === object).map((field) => field.weavy);
}

/** The mapping as far as it can be used now. */
export function without(mapping: FieldMapping, paused: readonly GoneField[]): FieldMapping {
  const kept = (object: Named['object'], fields: FieldPair[]) =>
    fields.filter((pair) => !weavyNames(paused, object).includes(pair.weavy));
  const { companies, contacts, inbounds } = mapping;
  const bounceIsGone = paused.some((field) => field.mautic === null);
  return {
    companies: companies && { ...companies, fields: kept('companies', companies.fields) },
    contacts: contacts && {
      ...contacts,
      bounceField: bounceIsGone ? null : contacts.bounceField,
      fields: kept('contacts', contacts.fields),
    },
    inbounds: inbounds && { ...inbounds, fields: kept('inbounds', inbounds.fields) },
  };
}
