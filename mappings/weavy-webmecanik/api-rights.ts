import type { Language } from '../reason-types';
import type { RecordKind } from './crm-record';

/** What an API account may do with one kind of record (weavy's three switches, and Mautic's permissions). */
export type ApiRight = 'READ' | 'ADD' | 'UPDATE';

export interface MissingRight {
  table: RecordKind;
  right: ApiRight;
}

/** The tables and columns of weavy's studio, in the words on its screen (seed). */
const STUDIO_TABLES = {
  'weavy/customer': 'Client',
  'weavy/customercontact': 'Client / Contact',
  'weavy/marketinginbound': 'Marketing / Entrant',
} as const;
const STUDIO_COLUMNS = {
  READ: 'API lecture',
  ADD: 'API ajout',
  UPDATE: 'API MAJ',
} as const satisfies Record<ApiRight, string>;

const MAUTIC_WORDS = {
  fr: {
    objects: { 'mautic/company': 'les sociétés', 'mautic/contact': 'les contacts' },
    rights: { READ: 'voir', ADD: 'créer', UPDATE: 'modifier' },
  },
  en: {
    objects: { 'mautic/company': 'companies', 'mautic/contact': 'contacts' },
    rights: { READ: 'view', ADD: 'create', UPDATE: 'edit' },
  },
} as const;

/** What to tick, and where: `tick "API lecture" and "API ajout" for the table "Client"`. One table, at least one right. */
export function grantText(table: RecordKind, rights: readonly ApiRight[], language: Language): string {
  const and = language === 'fr' ? ' et ' : ' and ';
  if (table === 'mautic/company' || table === 'mautic/contact') {
    const words = MAUTIC_WORDS[language];
    const named = rights.map((right) => words.rights[right]).join(and);
    const object = words.objects[table];
    return language === 'fr'
      ? `dans Webmecanik, donnez au rôle de l’utilisateur API le droit de ${named} ${object} (et de voir leurs champs)`
      : `in Webmecanik, give the API user's role the right to ${named} ${object} (and to view their fields)`;
  }
  const quote = (text: string) => (language === 'fr' ? `« ${text} »` : `"${text}"`);
  const columns = rights.map((right) => quote(STUDIO_COLUMNS[right])).join(and);
  return language === 'fr'
    ? `dans le dictionnaire de données du studio weavy, cochez ${columns} pour la table ${quote(STUDIO_TABLES[table])}`
    : `in the data dictionary of weavy's studio, tick ${columns} for the table ${quote(STUDIO_TABLES[table])}`;
}

/** The rights of each table together, in the order of their first appearance. */
export function rightsByTable(
  missing: readonly MissingRight[],
): Array<{ table: RecordKind; rights: ApiRight[] }> {
  const tables = new Map<RecordKind, ApiRight[]>();
  for (const { table, right } of missing) {
    const known = tables.get(table) ?? [];
    if (!known.includes(right)) tables.set(table, [...known, right]);
  }
  return [...tables].map(([table, rights]) => ({ table, rights }));
}
