import type {
  BothSides,
  Expectation,
  HeldEntity,
  KnownLink,
  ReconciledDossier,
} from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import { reconcileSides } from '../../mappings/planexpo-inwink/reconcile/reconcile-sides';

const wanted = { name: 'Exemplar', status: 'Published', 'customFields.planexpo_order_id': '1' };

function inStep(more: Partial<Extract<Expectation, { kind: 'in-step' }>> = {}): Expectation {
  return { kind: 'in-step', partner: wanted, participant: null, products: [], ...more };
}

function dossier(expected: Expectation = inStep()): ReconciledDossier {
  return { id: '1', publicId: 'P1', expected };
}

function held(id: string, fields: HeldEntity['fields'] = wanted): HeldEntity {
  return { id, fields };
}

function link(targetId: string, more: Partial<KnownLink> = {}): KnownLink {
  return { sourceKey: '1', targetId, ownerRecord: '1', base: {}, pausedFields: [], ...more };
}

const person = { key: 'email:a@exemple.fr', email: 'a@exemple.fr', fields: { lastname: 'Martin' } };
const contact = (more: Partial<KnownLink> = {}) => link('r1', { sourceKey: person.key, ...more });
const attendee = (id: string, more: HeldEntity['fields'] = {}) =>
  held(id, { email: 'A@exemple.fr', lastname: 'Martin', ...more });

const agreeing: BothSides = {
  dossiers: [dossier()],
  partners: [held('p1')],
  participants: [],
  partnerLinks: [link('p1')],
  participantLinks: [],
  quantities: null,
};

/** `partner drift name` for each difference. */
function found(sides: Partial<BothSides>): string[] {
  return reconcileSides({ ...agreeing, ...sides }).map(({ entity, kind, field, targetIds }) =>
    [entity, kind, field ?? targetIds.join('+')].filter(Boolean).join(' '),
  );
}

describe('reconcileSides', () => {
  it('finds nothing where both sides agree', () => {
    expect(found({})).toEqual([]);
  });

  const cases: Array<[string, Partial<BothSides>, string[]]> = [
    ['a dossier without a partner', { partners: [], partnerLinks: [] }, ['partner missing']],
    ['a linked partner that is gone', { partners: [] }, ['partner target-gone p1']],
    [
      'a field edited in Inwink',
      { partners: [held('p1', { ...wanted, name: 'Other' })] },
      ['partner drift name'],
    ],
    ['two partners for one order id', { partners: [held('p1'), held('p2')] }, ['partner duplicate p1+p2']],
    ['a partner of ours without a link', { partnerLinks: [] }, ['partner unlinked p1']],
    [
      'a partner with an order id that Planexpo does not know',
      { partners: [held('p1'), held('p9', { 'customFields.planexpo_order_id': '9' })] },
      ['partner unlinked p9'],
    ],
    [
      'two partners for one order id, none of them linked',
      { partners: [held('p1'), held('p2')], partnerLinks: [] },
      ['partner duplicate p1+p2', 'partner unlinked p1+p2'],
    ],
    [
      'a linked partner whose dossier is gone',
      { dossiers: [dossier({ kind: 'dossier-gone' })] },
      ['partner dossier-gone p1'],
    ],
    [
      'a partner still published that should be a draft',
      { dossiers: [dossier({ kind: 'withdrawn' })] },
      ['partner drift status'],
    ],
    [
      'nothing about a dossier that a person stopped',
      { dossiers: [dossier({ kind: 'left-alone' })], partners: [] },
      [],
    ],
    [
      'nothing about the fields of a dossier that is being edited',
      { dossiers: [dossier({ kind: 'not-compared' })], partners: [held('p1', { ...wanted, name: 'Other' })] },
      [],
    ],
    [
      'nothing about a field that waits for a person',
      {
        partners: [held('p1', { ...wanted, name: 'Other' })],
        partnerLinks: [link('p1', { pausedFields: ['name'] })],
      },
      [],
    ],
    [
      'nothing about a value that Inwink keeps in its own way',
      {
        partners: [held('p1', { ...wanted, name: 'EXEMPLAR' })],
        partnerLinks: [link('p1', { base: { name: { sent: 'Exemplar', stored: 'EXEMPLAR' } } })],
      },
      [],
    ],
    [
      'a contact without a participant',
      { dossiers: [dossier(inStep({ participant: person }))] },
      ['participant missing'],
    ],
    [
      'two participants with one e-mail',
      {
        dossiers: [dossier(inStep({ participant: person }))],
        participants: [attendee('r1'), attendee('r2')],
        participantLinks: [contact()],
      },
      ['participant duplicate r1+r2'],
    ],
    [
      'a participant edited in Inwink',
      {
        dossiers: [dossier(inStep({ participant: person }))],
        participants: [attendee('r1', { lastname: 'Durand' })],
        participantLinks: [contact()],
      },
      ['participant drift lastname'],
    ],
    [
      'nothing about a shared participant that another dossier owns',
      {
        dossiers: [dossier(inStep({ participant: person }))],
        participants: [attendee('r1', { lastname: 'Durand' })],
        participantLinks: [contact({ ownerRecord: '2' })],
      },
      [],
    ],
    [
      'a participant with the id of a dossier that does not name it',
      { participants: [held('r7', { email: 'z@exemple.fr', 'customFields.planexpo_order_id': '1' })] },
      ['participant unlinked r7'],
    ],
    ['nothing about participants who are not ours', { participants: [attendee('r1'), attendee('r2')] }, []],
    [
      'a quantity below the dossier, and none above it',
      {
        dossiers: [
          dossier(
            inStep({
              products: [
                { inwinkId: 'low', quantity: 3 },
                { inwinkId: 'high', quantity: 1 },
                { inwinkId: 'none', quantity: 1 },
              ],
            }),
          ),
        ],
        quantities: new Map([
          [
            'p1',
            new Map([
              ['low', 2],
              ['high', 9],
            ]),
          ],
        ]),
      },
      ['product quantity-lower product.low', 'product quantity-lower product.none'],
    ],
  ];
  it.each(cases)('finds %s', (_name, sides, differences) => {
    expect(found(sides)).toEqual(differences);
  });

  it('names the dossier, both values and the rule of a drifted field', () => {
    const edited = { ...agreeing, partners: [held('p1', { ...wanted, name: 'Other' })] };
    const base = { name: { sent: 'Exemplar', stored: 'Exemplar' } };

    const [difference] = reconcileSides({ ...edited, partnerLinks: [link('p1', { base })] });

    expect(difference).toEqual({
      kind: 'drift',
      entity: 'partner',
      record: '1',
      publicId: 'P1',
      targetIds: ['p1'],
      field: 'name',
      rule: 'drift.name',
      held: 'Other',
      wanted: 'Exemplar',
    });
  });
});
