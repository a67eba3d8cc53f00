import { CIRKWI, OFFER_TYPES } from './urns';

/** A category, a field or a choice, as the thesaurus shows it. Members with a value of undefined are not shown. */
export interface ThesaurusNode {
  urn: string;
  /** Letters of an offer type. */
  code?: string;
  order?: number;
  userGlobalId?: number;
  userGlobalName?: string;
  type: string;
  label: Array<{ lang: string; value: string }>;
  spec?: ThesaurusNode[];
  /** Never shown: the field appears only with `;hidden=true`. */
  hidden?: boolean;
}

export interface Thesaurus {
  types(): ThesaurusNode[];
  /** The fields of an offer type, from its categories down; undefined for an unknown type. */
  ofType(type: string): ThesaurusNode | undefined;
  /** A node below an offer type, wherever it stands first. */
  within(tree: ThesaurusNode, urn: string): ThesaurusNode | undefined;
  /** What one urn means, without what stands below it. */
  alone(urn: string): ThesaurusNode | undefined;
}

export function thesaurus(filters: 'one-candidate' | 'homonyms'): Thesaurus {
  const trees = new Map([...OFFER_TYPES].map(([id]) => [String(id), treeOf(id, filters)]));
  const within = (tree: ThesaurusNode, urn: string): ThesaurusNode | undefined => {
    if (tree.urn === urn) return tree;
    for (const child of tree.spec ?? []) {
      const hit = within(child, urn);
      if (hit) return hit;
    }
    return undefined;
  };
  return {
    types: () => [...trees.values()].map(({ spec: _fields, ...type }) => type),
    ofType: (type) => trees.get(type.replace('urn:typ:', '')),
    within,
    alone(urn) {
      for (const tree of trees.values()) {
        const hit = within(tree, urn);
        if (hit) return { ...hit, spec: [] };
      }
      return undefined;
    },
  };
}

function treeOf(id: number, filters: 'one-candidate' | 'homonyms'): ThesaurusNode {
  const type = OFFER_TYPES.get(id);
  return {
    urn: `urn:typ:${id}`,
    ...(type ? { code: type.code } : {}),
    order: id,
    type: 'Type',
    label: french(type?.label ?? String(id)),
    spec: [
      // Filters stand in more than one category (documented).
      category('urn:cat:ident', 'Identification', [
        field('urn:fld:nomofr', 'Nom', 'FirstUpperStringML'),
        field('urn:fld:etatedit', "État d'édition", 'Choice'),
        category('urn:cat:ident:filtre', 'Filtres', [filterField(filters)]),
        { ...field('urn:fld:idcirkwi', 'Identifiant Cirkwi', 'String'), hidden: true },
      ]),
      category('urn:cat:filtre', 'Filtres', [filterField(filters)]),
      category('urn:cat:cirkwi', 'Cirkwi', [
        category('urn:cat:cirkwi:tags', 'Tags publics', [
          field(CIRKWI.tag, 'Cirkwi', 'Boolean'),
          field(CIRKWI.network, 'Réseau cdf', 'Boolean'),
        ]),
        { ...field('urn:fld:cirkwi:link', 'Lien Cirkwi', 'URL'), hidden: true },
      ]),
      ...(id === 8 ? [category('urn:cat:itineraire', 'Itinéraire', itineraryFields())] : []),
    ],
  };
}

function filterField(filters: 'one-candidate' | 'homonyms'): ThesaurusNode {
  const owned = (urn: string, label: string, userGlobalId: number, userGlobalName: string) => ({
    ...field(urn, label, 'Boolean'),
    userGlobalId,
    userGlobalName,
  });
  return {
    ...field('urn:fld:filtcat', 'Filtres catégorisés', 'MultiChoice'),
    spec: [
      owned(CIRKWI.filter, 'Cirkwi', 1, 'Office imaginé du tourisme'),
      owned('urn:fld:filtcat:01:000002', 'Publication Web', 1, 'Office imaginé du tourisme'),
      owned('urn:fld:filtcat:44:000003', 'Publication Web', 44, 'Maison du tourisme inventée'),
      ...(filters === 'homonyms'
        ? [owned('urn:fld:filtcat:44:000007', 'CIRKWI', 44, 'Maison du tourisme inventée')]
        : []),
    ],
  };
}

function itineraryFields(): ThesaurusNode[] {
  return [
    field('urn:fld:dist', 'Distance', 'UFloat'),
    field('urn:fld:hdifmin', 'Dénivelé négatif', 'Int'),
    field('urn:fld:hdifmax', 'Dénivelé positif', 'Int'),
    ...[
      ['ped', 'Pédestre'],
      ['trail', 'Trail'],
      ['equ', 'Équestre'],
      ['vtc', 'VTC'],
      ['vtt', 'VTT'],
      ['velotour', 'Vélo de route'],
    ].map(([tail = '', label = '']) => field(`urn:fld:infusg${tail}`, label, 'Boolean')),
    ...[
      ['famille', 'Famille'],
      ['patrimoine', 'Patrimoine'],
      ['baladenature', 'Balade nature'],
    ].map(([tail = '', label = '']) => field(`urn:fld:${tail}`, label, 'Boolean')),
  ];
}

function category(urn: string, label: string, spec: ThesaurusNode[]): ThesaurusNode {
  return { urn, type: 'Category', label: french(label), spec };
}

function field(urn: string, label: string, type: string): ThesaurusNode {
  return { urn, type, label: french(label) };
}

function french(value: string): Array<{ lang: string; value: string }> {
  return [{ lang: 'fr', value }];
}
