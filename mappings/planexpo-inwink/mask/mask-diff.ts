import type { Mask, MaskRow } from './mask';
import { type PrerequisiteCode, prerequisiteLabels } from './mask-labels';
import type { Language } from './mask-problem';

/** What differs between two versions of a mask. Rows are the same row when they map the same Planexpo product. */
export type MaskDifference =
  | { kind: 'added'; planexpoId: string; after: MaskRow }
  | { kind: 'removed'; planexpoId: string; before: MaskRow }
  | { kind: 'changed'; planexpoId: string; before: MaskRow; after: MaskRow }
  | {
      kind: 'prerequisite';
      code: PrerequisiteCode;
      before: string | boolean | null;
      after: string | boolean | null;
    };

/** Prerequisites first, then removed and changed rows in the order before, then added rows. Moved rows do not differ. */
export function diffMasks(before: Mask, after: Mask): MaskDifference[] {
  const rowsBefore = new Map(before.rows.map((row) => [row.planexpoId, row]));
  const rowsAfter = new Map(after.rows.map((row) => [row.planexpoId, row]));

  const prerequisites = prerequisiteLabels.flatMap(({ code }): MaskDifference[] => {
    const [was, is] = [before.prerequisites[code], after.prerequisites[code]];
    return was === is ? [] : [{ kind: 'prerequisite', code, before: was, after: is }];
  });
  const kept = before.rows.flatMap((row): MaskDifference[] => {
    const now = rowsAfter.get(row.planexpoId);
    if (now === undefined) return [{ kind: 'removed', planexpoId: row.planexpoId, before: row }];
    return isSameMapping(row, now)
      ? []
      : [{ kind: 'changed', planexpoId: row.planexpoId, before: row, after: now }];
  });
  const added = after.rows
    .filter((row) => !rowsBefore.has(row.planexpoId))
    .map((row): MaskDifference => ({ kind: 'added', planexpoId: row.planexpoId, after: row }));
  return [...prerequisites, ...kept, ...added];
}

function isSameMapping(a: MaskRow, b: MaskRow): boolean {
  return (
    a.planexpoName === b.planexpoName &&
    a.planexpoPackSize === b.planexpoPackSize &&
    a.inwinkId === b.inwinkId &&
    a.inwinkName === b.inwinkName &&
    a.inwinkPackSize === b.inwinkPackSize
  );
}

const words = {
  fr: {
    added: 'ajouté',
    removed: 'retiré',
    changed: 'modifié',
    yes: 'oui',
    no: 'non',
    none: 'aucune réponse',
    pack: 'lot de',
  },
  en: {
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    yes: 'yes',
    no: 'no',
    none: 'no answer',
    pack: 'pack of',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** One line for people, such as `changed: Banner (p-31) -> Web banner (8f..) was Old banner (7a..)`. */
export function formatDifference(difference: MaskDifference, language: Language): string {
  const say = words[language];
  switch (difference.kind) {
    case 'added':
      return `${say.added}: ${mapping(difference.after, language)}`;
    case 'removed':
      return `${say.removed}: ${mapping(difference.before, language)}`;
    case 'changed':
      return `${say.changed}: ${mapping(difference.before, language)} => ${mapping(difference.after, language)}`;
    case 'prerequisite': {
      const label = prerequisiteLabels.find(({ code }) => code === difference.code)?.label[language];
      const [before, after] = [difference.before, difference.after].map((value) =>
        answerText(value, language),
      );
      return `${label ?? difference.code}: ${before} => ${after}`;
    }
  }
}

function mapping(row: MaskRow, language: Language): string {
  const { planexpoName, planexpoId, planexpoPackSize, inwinkName, inwinkId, inwinkPackSize } = row;
  return `${product(planexpoName, planexpoId, planexpoPackSize, language)} -> ${product(inwinkName, inwinkId, inwinkPackSize, language)}`;
}

function product(name: string, id: string, packSize: number | null, language: Language): string {
  return `${name} (${id}${packSize === null ? '' : `, ${words[language].pack} ${packSize}`})`;
}

function answerText(value: string | boolean | null, language: Language): string {
  if (value === null) return words[language].none;
  if (typeof value === 'string') return value;
  return value ? words[language].yes : words[language].no;
}
