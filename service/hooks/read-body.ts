/**
 * The bytes of a body of at most `most`; null for a longer one, of which no more is read and nothing is kept. Rejects when
 * the sender goes away half-way.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.byteLength;
    if (length > most) {
      await reader.cancel().catch(() => undefined); // whatever becomes of the rest, the answer is the same
      return null;
    }
    chunks.push(value);
  }
}
