import { type DraftedOffer, reconcileOffer } from '../../mappings/pivot-cirkwi/reconcile/reconcile-offer';
import { reconcileServed } from '../../mappings/pivot-cirkwi/reconcile/reconcile-served';
import {
  type HandedOver,
  reconcileShown,
  type ShownObject,
} from '../../mappings/pivot-cirkwi/reconcile/reconcile-shown';

const title = { field: 'title.fr', before: 'Ancien', after: 'Nouveau', rule: 'map.title.fr' };

describe('reconcileOffer', () => {
  const drafted = (more: Partial<DraftedOffer>): DraftedOffer => ({
    code: 'ITB-1',
    entity: 'circuit',
    act: 'publish',
    reason: null,
    isOffered: true,
    changes: [title],
    ...more,
  });
  const cases: Array<[string, Partial<DraftedOffer>, string[]]> = [
    ['nothing about an offer in step', { act: 'none', changes: [] }, []],
    [
      'nothing about an offer that is nobody’s promise',
      { act: 'none', isOffered: false, reason: 'held' },
      [],
    ],
    ['an offer that is to be published and is not', { isOffered: false }, ['missing']],
    [
      'an offer that is published and is not to be',
      { act: 'withdraw', reason: 'unticked' },
      ['extra unticked'],
    ],
    ['a field that is published otherwise', {}, ['drift title.fr']],
  ];
  it.each(cases)('finds %s', (_what, more, found) => {
    const differences = reconcileOffer(drafted(more)).map(({ kind, field, reason }) =>
      [kind, field, reason].filter((part) => part !== null).join(' '),
    );

    expect(differences).toEqual(found);
  });

  it('names what is offered and what PIVOT asks for', () => {
    expect(reconcileOffer(drafted({}))).toMatchObject([
      { held: 'Ancien', wanted: 'Nouveau', record: 'ITB-1' },
    ]);
  });
});

describe('reconcileServed', () => {
  it('finds what the feed lost, and what it holds without a record of it', () => {
    const offered = [
      { code: 'ITB-1', kind: 'circuit' as const },
      { code: 'ITB-2', kind: 'circuit' as const },
      { code: 'POI-1', kind: 'poi' as const },
    ];

    const found = reconcileServed(offered, { circuit: new Set(['ITB-2', 'ITB-3']), poi: new Set(['POI-1']) });

    expect(found.map(({ kind, record, field }) => `${kind} ${record} ${field}`)).toEqual([
      'missing ITB-1 feed',
      'extra ITB-3 feed',
    ]);
  });
});

describe('reconcileShown', () => {
  const LIMIT = 1_000;
  const object = (more: Partial<HandedOver> = {}): HandedOver => ({
    code: 'ITB-1',
    kind: 'circuit',
    isOffered: true,
    at: 500,
    isVerified: true,
    ...more,
  });
  const shown = (id: string, more: Partial<ShownObject> = {}): ShownObject => ({
    id,
    code: 'ITB-1',
    kind: 'circuit',
    differing: [],
    ...more,
  });
  const edited = shown('7', { differing: ['title.fr'] });
  const fresh = { at: 2_000, isVerified: false };

  const cases: Array<[string, HandedOver[], ShownObject[], string[]]> = [
    ['nothing where Cirkwi shows what is offered', [object()], [shown('7')], []],
    ['nothing about objects that are gone on both sides', [object({ isOffered: false })], [], []],
    ['an object that Cirkwi does not show', [object()], [], ['not-in-cirkwi']],
    ['one that it cannot have imported yet', [object(fresh)], [], ['not-in-cirkwi awaits']],
    ['one that it should have imported long ago', [object({ isVerified: false })], [], ['not-in-cirkwi']],
    ['a text that somebody edited there', [object()], [edited], ['edited-in-cirkwi 7 title.fr']],
    [
      'a text that a publication changed and no import has brought yet',
      [object(fresh)],
      [edited],
      ['not-in-cirkwi 7 title.fr awaits'],
    ],
    ['two objects with one code', [object()], [shown('8'), shown('7')], ['duplicate 7+8']],
    ['an object that was withdrawn long ago', [object({ isOffered: false })], [shown('7')], ['orphan 7']],
    [
      'one that the next import deletes',
      [object({ isOffered: false, ...fresh })],
      [shown('7')],
      ['orphan 7 awaits'],
    ],
    ['an object of an offer that was never published', [], [shown('7')], ['orphan 7']],
    [
      'the circuit that is left of an offer which is a point of interest now',
      [object({ kind: 'poi', ...fresh })],
      [shown('7'), shown('9', { kind: 'poi' })],
      ['orphan 7 awaits'],
    ],
  ];
  it.each(cases)('finds %s', (_what, handedOver, found, differences) => {
    const told = reconcileShown(handedOver, found, LIMIT).map((one) =>
      [one.kind, one.targetIds.join('+'), one.field ?? '', one.awaitsImport ? 'awaits' : '']
        .filter((part) => part !== '')
        .join(' '),
    );

    expect(told).toEqual(differences);
  });
});
