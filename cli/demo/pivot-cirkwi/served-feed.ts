import { createHash } from 'node:crypto';
import type { PivotCirkwiStack } from './stack';

/** One document as the service serves it now. */
export interface ServedDocument {
  sha256: string;
  bytes: number;
  text: string;
}

export interface ServedFeed {
  circuits: ServedDocument;
  pois: ServedDocument;
}

/** Both documents, fetched the way Cirkwi fetches them. Rejects when one of them is not served. */
export async function fetchServedFeed({ urls }: PivotCirkwiStack): Promise<ServedFeed> {
  return {
    circuits: await fetched(`${urls.feed}/circuits.xml`),
    pois: await fetched(`${urls.feed}/pois.xml`),
  };
}

async function fetched(url: string): Promise<ServedDocument> {
  const reply = await fetch(url);
  if (!reply.ok)
    throw new Error(`the service answers ${reply.status} where a document of the feed should be`);
  const body = Buffer.from(await reply.arrayBuffer());
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { sha256, bytes: body.length, text: body.toString('utf8') };
}

/** Not one byte of either document differs. */
export function isSameFeed(a: ServedFeed, b: ServedFeed): boolean {
  return a.circuits.sha256 === b.circuits.sha256 && a.pois.sha256 === b.pois.sha256;
}

export function countObjects({ circuits, pois }: ServedFeed): { circuits: number; pois: number } {
  return {
    circuits: [...circuits.text.matchAll(/<circuit /g)].length,
    pois: [...pois.text.matchAll(/<poi /g)].length,
  };
}

/** The element of one circuit; null when the feed does not hold it. */
export function circuitInFeed({ circuits }: ServedFeed, code: string): string | null {
  return circuits.text.split('\n').find((line) => line.includes(`id_circuit="${code}"`)) ?? null;
}
