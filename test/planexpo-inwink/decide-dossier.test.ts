import * as fc from 'fast-check';
import {
  type Decision,
  type DossierSituation,
  decideDossier,
  type ParentSituation,
} from '../../mappings/planexpo-inwink/decide-dossier';
import { KNOWN_STATUSES } from '../../mappings/planexpo-inwink/dossier';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { holds } from '../mappings/holds';

const CREATED = { origin: 'created' } as const;

function situation(status: string, own: Partial<DossierSituation> = {}): DossierSituation {
  return {
    dossier: { id: '48211', publicId: 'K7Q2', parentId: null, status, isTest: false },
    testDossiers: [],
    whenCancelled: 'flag',
    link: null,
    parent: 'none',
    openReasons: [],
    standing: null,
    ...own,
  };
}

function child(parent: ParentSituation, own: Partial<DossierSituation> = {}): DossierSituation {
  const dossier = {
    id: '48211/co/1',
    publicId: 'K7Q2/1',
    parentId: '48211',
    status: 'validated',
    isTest: false,
  };
  return situation('validated', { dossier, parent, ...own });
}

const deleted = (own: Partial<DossierSituation> = {}) => situation('', { dossier: null, ...own });

/** `held depth`, `withdraw cancelled-after-sync` or `sync`. */
function inWords(decision: Decision): string {
  if (decision.kind === 'sync') return 'sync';
  return decision.kind === 'settled'
    ? `${decision.outcome} ${decision.reason}`
    : `withdraw ${decision.reason}`;
}

const unpublish = { whenCancelled: 'unpublish' } as const;

describe('decideDossier', () => {
  it.each<[string, DossierSituation, string]>([
    ['a validated dossier', situation('validated'), 'sync'],
    ['a validated dossier that is linked', situation('validated', { link: CREATED }), 'sync'],
    ['a draft', situation('draft'), 'skipped draft'],
    ['a submitted dossier', situation('submitted'), 'skipped not-validated'],
    ['a cancelled dossier that never was in Inwink', situation('cancelled', unpublish), 'skipped cancelled'],
    ['a refused dossier that never was in Inwink', situation('refused'), 'skipped refused'],
    ['a deleted dossier that never was in Inwink', deleted(), 'skipped deleted-at-source'],
    ['re-opened editing', situation('draft', { link: CREATED, ...unpublish }), 'waiting being-edited'],
    [
      'a re-submitted dossier',
      situation('submitted', { link: CREATED, ...unpublish }),
      'waiting being-edited',
    ],
    ['an unknown status', situation('archived', { link: CREATED, ...unpublish }), 'held unknown-status'],
    ['a status in other letters', situation('Validated'), 'held unknown-status'],
    ['an unknown status of an unknown dossier', situation('archived'), 'held unknown-status'],
  ])('%s', (_case, given, expected) => {
    expect(inWords(decideDossier(given))).toBe(expected);
  });

  it.each<[string, DossierSituation, string]>([
    ['cancelled, flag', situation('cancelled', { link: CREATED }), 'held cancelled-after-sync'],
    ['refused, flag', situation('refused', { link: CREATED }), 'held refused-after-sync'],
    ['deleted, flag', deleted({ link: CREATED }), 'held deleted-at-source'],
    [
      'cancelled, unpublish',
      situation('cancelled', { link: CREATED, ...unpublish }),
      'withdraw cancelled-after-sync',
    ],
    [
      'refused, unpublish',
      situation('refused', { link: CREATED, ...unpublish }),
      'withdraw refused-after-sync',
    ],
    ['deleted, unpublish', deleted({ link: CREATED, ...unpublish }), 'withdraw deleted-at-source'],
    [
      'unpublish, but the partner was there before us',
      situation('cancelled', { link: { origin: 'adopted' }, ...unpublish }),
      'held cancelled-after-sync',
    ],
    [
      'unpublish, but a person linked the partner',
      situation('cancelled', { link: { origin: 'relinked' }, ...unpublish }),
      'held cancelled-after-sync',
    ],
    [
      'flag, and a person chose to unpublish',
      situation('cancelled', { link: CREATED, standing: 'unpublish' }),
      'withdraw cancelled-after-sync',
    ],
    [
      'unpublish, but a person chose to keep',
      situation('cancelled', { link: CREATED, standing: 'keep', ...unpublish }),
      'skipped kept-by-decision',
    ],
  ])('a dossier already in Inwink that leaves the validated ones: %s', (_case, given, expected) => {
    expect(inWords(decideDossier(given))).toBe(expected);
  });

  it.each<[string, DossierSituation, string]>([
    ['linked', child('linked'), 'sync'],
    ['not there yet', child('not-there-yet'), 'waiting parent-not-there'],
    ['unknown', child('unknown'), 'waiting parent-not-there'],
    ['held', child('held'), 'waiting parent-held'],
    ['held, the child being linked', child('held', { link: CREATED }), 'waiting parent-held'],
    ['a test', child('test'), 'skipped parent-is-test'],
    ['a co-exhibitor itself', child('itself-a-child'), 'refused depth'],
    ['cancelled, flag', child('cancelled', { link: CREATED }), 'held cancelled-parent'],
    [
      'cancelled, unpublish',
      child('cancelled', { link: CREATED, ...unpublish }),
      'withdraw cancelled-parent',
    ],
    ['deleted, flag', child('deleted', { link: CREATED }), 'held cancelled-parent'],
    ['cancelled, flag, the child never sent', child('cancelled'), 'held cancelled-parent'],
    ['cancelled, unpublish, the child never sent', child('cancelled', unpublish), 'skipped cancelled-parent'],
    [
      'cancelled, the child kept by a person',
      child('cancelled', { link: CREATED, standing: 'keep' }),
      'skipped kept-by-decision',
    ],
  ])('a validated co-exhibitor whose parent is %s', (_case, given, expected) => {
    expect(inWords(decideDossier(given))).toBe(expected);
  });

  it('refuses a dossier that is its own parent', () => {
    const dossier = { id: '1', publicId: 'A', parentId: '1', status: 'validated', isTest: false };

    expect(inWords(decideDossier(situation('validated', { dossier, parent: 'linked' })))).toBe(
      'refused depth',
    );
  });

  it.each([
    ['by its mark', situation('validated', { dossier: { ...sample(), isTest: true } })],
    ['by private id', situation('validated', { testDossiers: ['48211'] })],
    ['by public id', situation('validated', { testDossiers: ['K7Q2'], link: CREATED })],
  ])('skips a test dossier, known %s', (_case, given) => {
    expect(inWords(decideDossier(given))).toBe('skipped test-dossier');
  });

  it.each([ReasonCode.targetDeleted, ReasonCode.participantDeleted, ReasonCode.ambiguousTarget])(
    'touches nothing while %s is unanswered',
    (code) => {
      const held = `held ${code}`;
      expect(inWords(decideDossier(situation('validated', { openReasons: [code] })))).toBe(held);
      expect(
        inWords(decideDossier(situation('cancelled', { link: CREATED, openReasons: [code], ...unpublish }))),
      ).toBe(held);
    },
  );

  it('goes on while items are open that do not block', () => {
    const openReasons = [ReasonCode.noEmail, ReasonCode.fieldAlteredTwice, ReasonCode.cancelledAfterSync];

    expect(decideDossier(situation('validated', { link: CREATED, openReasons }))).toEqual({ kind: 'sync' });
  });

  it('never touches a dossier that a person stopped, nor withdraws one that this sync did not create unasked', () => {
    const anything = fc.record({
      dossier: fc.option(
        fc.record({
          id: fc.constantFrom('1', '2'),
          publicId: fc.constantFrom('', 'A'),
          parentId: fc.constantFrom(null, '1'),
          status: fc.constantFrom(...KNOWN_STATUSES, 'archived'),
          isTest: fc.boolean(),
        }),
      ),
      testDossiers: fc.subarray(['1', 'A', '']),
      whenCancelled: fc.constantFrom('flag' as const, 'unpublish' as const),
      link: fc.constantFrom(null, CREATED, { origin: 'adopted' as const }, { origin: 'relinked' as const }),
      parent: fc.constantFrom<ParentSituation>(
        'none',
        'linked',
        'held',
        'test',
        'cancelled',
        'deleted',
        'unknown',
      ),
      openReasons: fc.subarray(Object.values(ReasonCode)),
      standing: fc.constantFrom(null, 'stop' as const, 'keep' as const, 'unpublish' as const),
    });

    holds(
      fc.property(anything, (given) => {
        const decision = decideDossier(given);
        if (given.standing === 'stop') expect(decision.kind).toBe('settled');
        if (decision.kind === 'sync') expect(given.dossier?.status).toBe('validated');
        if (decision.kind === 'withdraw' && given.standing !== 'unpublish') {
          expect(given).toMatchObject({ whenCancelled: 'unpublish', link: CREATED });
        }
      }),
    );
  });
});

function sample() {
  return { id: '48211', publicId: 'K7Q2', parentId: null, status: 'validated', isTest: false };
}
