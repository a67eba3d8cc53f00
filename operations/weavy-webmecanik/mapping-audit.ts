import { writeAudit } from '../../db/audit';
import type { Queryable } from '../../db/pool';
import type { Change } from '../../mappings/fields';
import type { MappingDifference } from '../../mappings/weavy-webmecanik/diff-mapping';
import { placeText } from '../../mappings/weavy-webmecanik/mapping-problem';
import type { OperationContext } from '../context';

/** What somebody did to the mapping of a sync, or to its draft. */
export interface MappingAct {
  rule: 'mapping.draft' | 'mapping.drop-draft' | 'mapping.keep' | 'mapping.put-in-force';
  version?: { before: number | null; after: number | null };
  differences?: readonly MappingDifference[];
}

/** Notes it in the audit, in the transaction that does it: a row for each thing that differs. */
export async function noteMapping(
  tx: Queryable,
  { actor }: Pick<OperationContext, 'actor'>,
  slug: string,
  { rule, version, differences = [] }: MappingAct,
): Promise<void> {
  await writeAudit(tx, {
    sync: slug,
    runId: null,
    recordId: null,
    kind: 'mapping',
    targetId: null,
    operation: 'mapping',
    changes: [
      ...(version === undefined ? [] : [{ field: 'version', ...version, rule }]),
      ...differences.flatMap((difference) => changesOf(difference, rule)),
    ],
    rule,
    actor,
  });
}

function changesOf(difference: MappingDifference, rule: string): Change[] {
  const { object } = difference;
  switch (difference.kind) {
    case 'object-added':
      return [{ field: object, before: null, after: true, rule }];
    case 'object-removed':
      return [{ field: object, before: true, after: null, rule }];
    case 'setting': {
      const { name, before, after } = difference;
      return [{ field: `${object}, ${name}`, before, after, rule }];
    }
    case 'pair-added':
    case 'pair-removed': {
      const { weavy, mautic, direction, as } = difference.pair;
      const said = `${direction}, as: ${as}`;
      const [before, after] = difference.kind === 'pair-added' ? [null, said] : [said, null];
      return [{ field: placeText({ object, place: `${weavy} -> ${mautic}` }), before, after, rule }];
    }
    case 'pair-changed': {
      const place = placeText({ object, place: `${difference.weavy} -> ${difference.mautic}` });
      return difference.changes.map(({ name, before, after }) => ({
        field: `${place}, ${name}`,
        before,
        after,
        rule,
      }));
    }
  }
}
