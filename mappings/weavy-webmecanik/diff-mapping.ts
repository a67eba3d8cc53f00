import type { Language } from '../reason-types';
import type { FieldMapping, FieldPair, InboundMapping } from './field-mapping';
import { MAPPED_OBJECTS, type MappedObject, pairsOf } from './mapped-objects';

/** What a pair of fields can change without becoming another pair. */
const PAIR_SETTINGS = ['direction', 'as', 'propagateBlank', 'enforce'] as const;

export interface SettingChange {
  name: (typeof PAIR_SETTINGS)[number];
  before: string | boolean;
  after: string | boolean;
}

/** What differs between two mappings. Pairs are the same pair when they connect the same two fields. */
export type MappingDifference =
  | { kind: 'object-added' | 'object-removed'; object: MappedObject }
  | {
      kind: 'setting';
      object: MappedObject;
      name: 'key' | 'company' | 'bounceField' | 'create';
      before: string;
      after: string;
    }
  | { kind: 'pair-added' | 'pair-removed'; object: MappedObject; pair: FieldPair }
  | { kind: 'pair-changed'; object: MappedObject; weavy: string; mautic: string; changes: SettingChange[] };

/** Object by object: the object itself, its settings, removed and changed pairs in the order before, then added ones. Moved pairs do not differ. */
export function diffMapping(before: FieldMapping, after: FieldMapping): MappingDifference[] {
  return MAPPED_OBJECTS.flatMap((object) => [
    ...objectDifference(object, before, after),
    ...settingDifferences(object, before, after),
    ...pairDifferences(object, before, after),
  ]);
}

function objectDifference(
  object: MappedObject,
  before: FieldMapping,
  after: FieldMapping,
): MappingDifference[] {
  if ((before[object] === null) === (after[object] === null)) return [];
  return [{ kind: before[object] === null ? 'object-added' : 'object-removed', object }];
}

function settingDifferences(
  object: MappedObject,
  before: FieldMapping,
  after: FieldMapping,
): MappingDifference[] {
  const [was, is] = [settingsOf(object, before), settingsOf(object, after)];
  if (was === null || is === null) return [];
  return is.flatMap(({ name, value }): MappingDifference[] => {
    const earlier = was.find((setting) => setting.name === name)?.value ?? '';
    return earlier === value ? [] : [{ kind: 'setting', object, name, before: earlier, after: value }];
  });
}

type SettingName = Extract<MappingDifference, { kind: 'setting' }>['name'];

/** The settings of one object as a person writes them; null when the object is not synchronised. */
function settingsOf(
  object: MappedObject,
  mapping: FieldMapping,
): Array<{ name: SettingName; value: string }> | null {
  const { companies, contacts, inbounds } = mapping;
  switch (object) {
    case 'companies':
      return companies && [{ name: 'key', value: `${companies.key.weavy} -> ${companies.key.mautic}` }];
    case 'contacts':
      return (
        contacts && [
          { name: 'company', value: String(contacts.company) },
          { name: 'bounceField', value: String(contacts.bounceField) },
        ]
      );
    case 'inbounds':
      return inbounds && [{ name: 'create', value: createText(inbounds.create) }];
  }
}

function createText(create: InboundMapping['create']): string {
  if (typeof create === 'string') return create;
  return 'tag' in create ? `tag ${create.tag}` : `segment ${create.segment}`;
}

function pairDifferences(
  object: MappedObject,
  before: FieldMapping,
  after: FieldMapping,
): MappingDifference[] {
  const [earlier, later] = [pairsOf(before, object), pairsOf(after, object)];
  const kept = earlier.flatMap((pair): MappingDifference[] => {
    const now = later.find((other) => isSamePair(pair, other));
    if (now === undefined) return [{ kind: 'pair-removed', object, pair }];
    const changes = PAIR_SETTINGS.filter((name) => pair[name] !== now[name]).map((name) => ({
      name,
      before: pair[name],
      after: now[name],
    }));
    const { weavy, mautic } = pair;
    return changes.length === 0 ? [] : [{ kind: 'pair-changed', object, weavy, mautic, changes }];
  });
  const added = later
    .filter((pair) => !earlier.some((other) => isSamePair(pair, other)))
    .map((pair): MappingDifference => ({ kind: 'pair-added', object, pair }));
  return [...kept, ...added];
}

function isSamePair(a: FieldPair, b: FieldPair): boolean {
  return a.weavy === b.weavy && a.mautic === b.mautic;
}

const WORDS = {
  fr: { added: 'ajouté', removed: 'retiré', changed: 'modifié', object: 'objet', colon: ' : ' },
  en: { added: 'added', removed: 'removed', changed: 'changed', object: 'object', colon: ': ' },
} as const satisfies Record<Language, Record<string, string>>;

/** One line for people: `contacts, changed: phoneNumber -> phone (direction: both => toMautic)`. */
export function formatMappingDifference(difference: MappingDifference, language: Language): string {
  const words = WORDS[language];
  const line = (what: string, text: string) => `${difference.object}, ${what}${words.colon}${text}`;
  switch (difference.kind) {
    case 'object-added':
      return line(words.added, words.object);
    case 'object-removed':
      return line(words.removed, words.object);
    case 'setting':
      return line(words.changed, `${difference.name}: ${difference.before} => ${difference.after}`);
    case 'pair-added':
      return line(words.added, pairText(difference.pair));
    case 'pair-removed':
      return line(words.removed, pairText(difference.pair));
    case 'pair-changed': {
      const changes = difference.changes.map(({ name, before, after }) => `${name}: ${before} => ${after}`);
      return line(words.changed, `${difference.weavy} -> ${difference.mautic} (${changes.join(', ')})`);
    }
  }
}

function pairText({ weavy, mautic, direction, as }: FieldPair): string {
  return `${weavy} -> ${mautic} (${direction}, as: ${as})`;
}
