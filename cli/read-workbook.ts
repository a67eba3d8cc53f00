import { open } from 'node:fs/promises';
import { MASK_BYTES, type MaskUpload } from '../operations/planexpo-inwink/mask-file';
import { UsageError } from './context';

/** The bytes of a workbook; only the size of one that is too large to be worth reading. */
export async function readWorkbook(path: string): Promise<MaskUpload> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw new UsageError(`${path} is not a file`);
    return info.size > MASK_BYTES ? { bytes: info.size } : await handle.readFile();
  } finally {
    await handle.close();
  }
}
