import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import { compareCouple } from '../../mappings/weavy-webmecanik/reconcile/reconcile-couple';
import type {
  CoupleRules,
  LinkedCouple,
  LiveRecord,
} from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import { type Awaits, compareKeys } from '../../mappings/weavy-webmecanik/reconcile/reconcile-keys';
import type { JudgedPair } from '../../mappings/weavy-webmecanik/verdict';
import { at, pairOf } from './judge-cases';

function live(
  kind: CrmRecord['kind'],
  id: string,
  fields: Fields,
  more: Partial<CrmRecord> = {},
): LiveRecord {
  const record = {
    kind,
    id,
    fields,
    modifiedAt: at(9),
    deleted: false,
    tiersId: null,
    bounced: false,
    tags: [],
  };
  const email = fields.email;
  return {
    recordId: `${kind}/${id}`,
    key: typeof email === 'string' && email !== '' ? email : null,
    record: { ...record, ...more },
  };
}

function linked(more: Partial<LinkedCouple> = {}): LinkedCouple {
  return {
    kind: 'person',
    weavyRecord: 'weavy/customercontact/C-1',
    mauticRecord: 'mautic/contact/1',
    origin: 'adopted',
    isStopped: false,
    base: {},
    altered: {},
    pausedFields: [],
    keptFields: [],
    hasBounceNoted: false,
    ...more,
  };
}

describe('compareCouple', () => {
  interface Case {
    pair?: Partial<JudgedPair>;
    weavy: string | null;
    mautic: string | null;
    base?: { weavy: string | null; mautic: string | null };
    couple?: Partial<LinkedCouple>;
    gone?: string[];
  }
  const compare = ({ pair = {}, weavy, mautic, base, couple = {}, gone = [] }: Case) => {
    const rules: CoupleRules = {
      pairs: [pairOf(pair)],
      gone,
      bounceField: null,
      settings: { tie: 'mautic', tieWithinMs: 1_000 },
    };
    const found = compareCouple(
      {
        couple: linked({ base: base === undefined ? {} : { phoneNumber: base }, ...couple }),
        kinds: { weavy: 'customercontact', mautic: 'contact' },
        weavy: live('weavy/customercontact', 'C-1', { phoneNumber: weavy }),
        mautic: live('mautic/contact', '1', { phone: mautic }),
        modifiedAt: { weavy: at(10), mautic: at(9) },
      },
      rules,
    );
    const told = found.differences.map(({ kind, field, rule }) => `${kind} ${field} ${rule}`);
    return [...told, ...(found.accepted > 0 ? ['accepted'] : [])];
  };
  const agreed = { weavy: '1', mautic: '1' };
  const apart = { weavy: '1', mautic: '2' };
  const ours = { direction: 'toMautic' } as const;

  const cases: Array<[string, Case, string[]]> = [
    ['nothing where both hold one value', { weavy: '1', mautic: '1' }, []],
    [
      'nothing where two spellings are one value',
      { pair: { as: 'phone' }, weavy: '+33 1', mautic: '0033 1' },
      [],
    ],
    [
      'a both-ways field that one side changed',
      { weavy: '1', mautic: '2', base: agreed },
      ['differs phoneNumber changed.mautic'],
    ],
    ['a field that never agreed', { weavy: '1', mautic: '2' }, ['differs phoneNumber first.latest-weavy']],
    [
      'a one-way field that was edited on the other side',
      { pair: ours, weavy: '1', mautic: '2', base: agreed },
      ['not-as-master phoneNumber enforced.weavy'],
    ],
    [
      'two values that only the base calls agreed',
      { weavy: '1', mautic: '2', base: apart },
      ['differs phoneNumber agree.unchanged'],
    ],
    [
      'no fault in an alteration that was told',
      {
        weavy: '1',
        mautic: '2',
        base: apart,
        couple: { altered: { phoneNumber: { side: 'mautic', stored: '2' } } },
      },
      ['accepted'],
    ],
    [
      'a fault in an alteration to something else',
      {
        weavy: '1',
        mautic: '2',
        base: apart,
        couple: { altered: { phoneNumber: { side: 'mautic', stored: '3' } } },
      },
      ['differs phoneNumber agree.unchanged'],
    ],
    [
      'no fault in what a person kept',
      { weavy: '1', mautic: '2', base: apart, couple: { keptFields: ['phoneNumber'] } },
      ['accepted'],
    ],
    [
      'an edit after a person kept two values',
      { weavy: '1', mautic: '4', base: apart, couple: { keptFields: ['phoneNumber'] } },
      ['differs phoneNumber changed.mautic'],
    ],
    [
      'no fault in a paused field',
      { weavy: '1', mautic: '2', base: agreed, couple: { pausedFields: ['phoneNumber'] } },
      ['accepted'],
    ],
    [
      'no fault in a field that one side no longer has',
      { weavy: '1', mautic: null, base: agreed, gone: ['phoneNumber'] },
      ['accepted'],
    ],
    [
      'no fault in an edit that is not enforced against',
      { pair: { ...ours, enforce: false }, weavy: '1', mautic: '2', base: agreed },
      ['accepted'],
    ],
    [
      'a change of the master that never arrived, enforced or not',
      { pair: { ...ours, enforce: false }, weavy: '3', mautic: '1', base: agreed },
      ['not-as-master phoneNumber master.weavy'],
    ],
    [
      'no fault in a blank master whose blank may not travel',
      {
        pair: { ...ours, propagateBlank: false },
        weavy: null,
        mautic: '2',
        base: { weavy: null, mautic: '2' },
      },
      ['accepted'],
    ],
    [
      'no fault in what a create left where it was',
      {
        pair: ours,
        weavy: null,
        mautic: '2',
        base: { weavy: null, mautic: '2' },
        couple: { origin: 'created' },
      },
      ['accepted'],
    ],
    [
      'a both-ways value that a create did not take along',
      { weavy: null, mautic: '2', base: { weavy: null, mautic: '2' }, couple: { origin: 'created' } },
      ['differs phoneNumber agree.unchanged'],
    ],
  ];
  it.each(cases)('finds %s', (_what, given, expected) => {
    expect(compare(given)).toEqual(expected);
  });

  it.each([
    ['one that was never written', {}, null, ['bounce-missing bouncedEmailDetected']],
    ['none that is written', {}, '2026-03-01T10:00:00', []],
    ['none whose date a person cleared', { hasBounceNoted: true }, null, []],
  ])('finds of bounces %s', (_what, couple, date, expected) => {
    const { differences } = compareCouple(
      {
        couple: linked(couple),
        kinds: { weavy: 'customercontact', mautic: 'contact' },
        weavy: live('weavy/customercontact', 'C-1', { bouncedEmailDetected: date }),
        mautic: live('mautic/contact', '1', {}, { bounced: true }),
        modifiedAt: { weavy: null, mautic: null },
      },
      {
        pairs: [],
        gone: [],
        bounceField: 'bouncedEmailDetected',
        settings: { tie: 'mautic', tieWithinMs: 1_000 },
      },
    );

    expect(differences.map(({ kind, field }) => `${kind} ${field}`)).toEqual(expected);
  });
});

describe('compareKeys', () => {
  const contact = (id: string, email: string | null) => live('weavy/customercontact', id, { email });
  const entrant = (id: string, email: string) => live('weavy/marketinginbound', id, { email });
  const person = (id: string, email: string) => live('mautic/contact', id, { email });
  const compare = (
    records: LiveRecord[],
    couples: LinkedCouple[] = [],
    awaits: Awaits = 'counterpart',
  ): string[] => {
    const found = compareKeys({ records, couples, awaits: () => awaits });
    const told = found.differences.map(({ kind, records: ids }) => `${kind} ${ids.join('+')}`);
    return [...told, ...(found.unknown > 0 ? [`unknown ${found.unknown}`] : [])];
  };

  const cases: Array<[string, string[], string[]]> = [
    ['nothing about two that are linked', compare([contact('C-1', 'a'), person('1', 'a')], [linked()]), []],
    [
      'two that nobody linked',
      compare([contact('C-1', 'a'), person('1', 'a')]),
      ['unlinked weavy/customercontact/C-1+mautic/contact/1'],
    ],
    [
      'a Contact without a counterpart',
      compare([contact('C-1', 'a')]),
      ['missing weavy/customercontact/C-1'],
    ],
    ['nothing about one that awaits nobody', compare([person('1', 'a')], [], 'nothing'), []],
    ['one of which nobody knows', compare([person('1', 'a')], [], 'unknown'), ['unknown 1']],
    ['nothing about records without a key', compare([contact('C-1', null), contact('C-2', '')]), []],
    [
      'the linked one of a set before its duplicates, whatever their ids',
      compare([contact('C-0', 'a'), contact('C-1', 'a'), person('1', 'a')], [linked()]),
      ['duplicate weavy/customercontact/C-1+weavy/customercontact/C-0'],
    ],
    ['nothing about an Entrant by itself', compare([entrant('E-1', 'a')]), []],
    [
      'Entrants that are there twice',
      compare(
        [entrant('E-1', 'a'), entrant('E-2', 'a'), person('1', 'a')],
        [linked({ weavyRecord: 'weavy/marketinginbound/E-1' })],
      ),
      ['entrant-doubled weavy/marketinginbound/E-1+weavy/marketinginbound/E-2'],
    ],
    [
      'an Entrant that nobody adopted',
      compare([entrant('E-1', 'a'), person('1', 'a')]),
      ['unlinked weavy/marketinginbound/E-1+mautic/contact/1'],
    ],
    [
      'nothing about an Entrant beside the Contact that it became',
      compare([entrant('E-1', 'a'), contact('C-1', 'a'), person('1', 'a')], [linked()]),
      [],
    ],
    [
      'that a half of a link is no link',
      compare([contact('C-1', 'a')], [linked({ mauticRecord: null })]),
      ['missing weavy/customercontact/C-1'],
    ],
    [
      'nothing about one that a person stopped',
      compare([contact('C-1', 'a')], [linked({ mauticRecord: null, isStopped: true })]),
      [],
    ],
    [
      'nothing about deleted ones',
      compare([live('weavy/customercontact', 'C-1', { email: 'a' }, { deleted: true })]),
      [],
    ],
  ];
  it.each(cases)('finds %s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});
