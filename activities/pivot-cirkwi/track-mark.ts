const MARK = /passerelle-track:([0-9a-f]{64})/g;

/** Stands for the address of a track in stored documents, so that another address changes no document. */
export function trackMark(hash: string): string {
  return `passerelle-track:${hash}`;
}

/** The document as it is served, with the tracks' real addresses. */
export function withTrackAddresses(document: string, address: (hash: string) => string): string {
  return document.replace(MARK, (_mark, hash: string) => address(hash));
}
