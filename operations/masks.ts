import { writeAudit } from '../db/audit';
import { addMask, maskInForce } from '../db/masks';
import { inTransaction } from '../db/pool';
import { ensureSync } from '../db/runs';
import { diffMasks, formatDifference } from '../mappings/planexpo-inwink/mask/mask-diff';
import type { OperationContext } from './context';
import { checkMaskFile, problemView, readCatalogue } from './planexpo-inwink/mask-file';
import { syncOf } from './syncs';

type View = ReturnType<typeof problemView>;

export type MaskImport =
  | {
      ok: true;
      version: number;
      /** The version that was in force before; null for the first one. */
      before: number | null;
      mapped: number;
      unmapped: number;
      /** One line each, against the version before. */
      differences: string[];
      notes: View[];
    }
  | { ok: false; refusal: 'problems'; problems: View[]; notes: View[] }
  | { ok: false; refusal: 'already-in-force'; version: number };

/** Puts a workbook in force. A refused one changes nothing; the very file that is in force already is refused too. */
export async function importMask(context: OperationContext, slug: string, path: string): Promise<MaskImport> {
  const { configuration, pool, actor } = context;
  const { language, pair } = syncOf(configuration, slug);
  const { mask, problems, notes, file, sha256 } = await checkMaskFile(path, () =>
    readCatalogue(context, slug),
  );
  const noted = notes.map((note) => problemView(note, language));
  if (mask === null) {
    const found = problems.map((problem) => problemView(problem, language));
    return { ok: false, refusal: 'problems', problems: found, notes: noted };
  }
  return inTransaction(pool, async (tx): Promise<MaskImport> => {
    await ensureSync(tx, slug, pair);
    const current = await maskInForce(tx, slug);
    if (current?.fileSha256 === sha256)
      return { ok: false, refusal: 'already-in-force', version: current.version };
    const before = current?.version ?? null;
    const version = await addMask(tx, slug, { file, fileSha256: sha256, mask, importedBy: actor });
    await writeAudit(tx, {
      sync: slug,
      runId: null,
      recordId: null,
      kind: 'mask',
      targetId: null,
      operation: 'mask',
      changes: [{ field: 'version', before, after: version, rule: 'mask.import' }],
      rule: 'mask.import',
      actor,
    });
    const differences = current === null ? [] : diffMasks(current.mask, mask);
    return {
      ok: true,
      version,
      before,
      mapped: mask.rows.length,
      unmapped: mask.unmapped.length,
      differences: differences.map((difference) => formatDifference(difference, language)),
      notes: noted,
    };
  });
}
