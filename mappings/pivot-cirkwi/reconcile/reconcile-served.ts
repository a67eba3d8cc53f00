import { type Difference, difference } from './reconcile-difference';

type Kind = 'circuit' | 'poi';

/** What the records say is offered, and the codes that really stand in the documents that Cirkwi is served. Pure. */
export function reconcileServed(
  offered: ReadonlyArray<{ code: string; kind: Kind }>,
  served: Readonly<Record<Kind, ReadonlySet<string>>>,
): Difference[] {
  const field = 'feed';
  const lost = offered
    .filter(({ code, kind }) => !served[kind].has(code))
    .map(({ code, kind }) => difference({ kind: 'missing', record: code, entity: kind, field }));
  const stray = (['circuit', 'poi'] as const).flatMap((kind) => {
    const known = new Set(offered.filter((one) => one.kind === kind).map(({ code }) => code));
    return [...served[kind]]
      .filter((code) => !known.has(code))
      .map((code) => difference({ kind: 'extra', record: code, entity: kind, field }));
  });
  return [...lost, ...stray];
}
