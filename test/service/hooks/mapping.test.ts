import { send, signedByMautic, signedByPlanexpo, signedByService } from './hook-sender';
import { type HookService, startHookService } from './hook-service';

let service: HookService;

beforeAll(async () => {
  service = await startHookService();
});
afterAll(() => service?.stop());
beforeEach(() => service.forget());

const NOW = new Date().toISOString();
const DAYS_AGO_29 = new Date(Date.now() - 29.5 * 86_400_000).toISOString();

async function announced(sync: string, body: unknown, sign: (text: string) => Record<string, string>) {
  const text = JSON.stringify(body);
  const answer = await send(service.url, sync, text, sign(text));
  const stored = await service.stored();
  return {
    status: answer.status,
    accepted: answer.body.accepted,
    records: stored.map(({ signal, record_id, version }) =>
      [signal, record_id, ...(version === null ? [] : [version])].join(' '),
    ),
  };
}

describe('Planexpo', () => {
  const order = (values: Record<string, unknown>) => ({
    id: 'e1',
    type: 'order.updated',
    event: 'expo-2027',
    order_id: '48211',
    version: 3,
    occurred_at: NOW,
    ...values,
  });

  test.each([
    ['order.validated', 'recordValidated 48211 3'],
    ['order.updated', 'recordChanged 48211 3'],
    ['order.cancelled', 'recordChanged 48211 3'],
    ['order.something_new', 'recordChanged 48211 3'],
  ])('says %s: the dossier is looked at', async (type, told) => {
    expect((await announced('salon', order({ type }), signedByPlanexpo)).records).toEqual([told]);
  });

  test('without a version asks for a look whatever was read', async () => {
    const { records } = await announced('salon', order({ version: undefined }), signedByPlanexpo);

    expect(records).toEqual(['recordChanged 48211']);
  });

  test.each([
    ['another fair', { event: 'expo-2028' }],
    ['a change that is older than our memory', { occurred_at: DAYS_AGO_29 }],
  ])('about %s is answered 200 and tells nobody', async (_, values) => {
    expect(await announced('salon', order(values), signedByPlanexpo)).toEqual({
      status: 200,
      accepted: 0,
      records: [],
    });
  });
});

describe('Mautic', () => {
  test('tells of contacts and companies, saved and deleted, several at once', async () => {
    const { accepted, records } = await announced(
      'crm',
      {
        'mautic.lead_post_save_new': [{ contact: { id: 81 }, timestamp: NOW }],
        'mautic.lead_post_save_update': [
          { contact: { id: 82 }, timestamp: NOW },
          { lead: { id: '83' }, timestamp: NOW },
        ],
        'mautic.lead_post_delete': [{ id: 84, contact: { id: null }, timestamp: NOW }],
        'mautic.lead_channel_subscription_changed': [
          { contact: { id: 85 }, channel: 'email', old_status: 'contactable', new_status: 'bounced' },
        ],
        'mautic.lead_company_change': [{ contact: { id: 86 }, company: { id: 7 }, timestamp: NOW }],
        'mautic.company_post_save': [{ company: { id: 8 }, timestamp: NOW }],
        'mautic.company_post_delete': [{ id: 9, company: { id: null }, timestamp: NOW }],
      },
      signedByMautic,
    );

    expect(accepted).toBe(8);
    expect(records).toEqual([
      'recordChanged mautic/contact/81',
      'recordChanged mautic/contact/82',
      'recordChanged mautic/contact/83',
      'recordChanged mautic/contact/84',
      'recordChanged mautic/contact/85',
      'recordChanged mautic/contact/86',
      'recordChanged mautic/company/8',
      'recordChanged mautic/company/9',
    ]);
  });

  test('tells of two changes within one second twice, and of one change that is sent again once', async () => {
    const saved = (city: string) => ({
      'mautic.lead_post_save_update': [{ contact: { id: 81, fields: { city } }, timestamp: NOW }],
    });
    await announced('crm', saved('Lyon'), signedByMautic);
    const other = await announced('crm', saved('Mons'), signedByMautic);
    const again = await announced('crm', saved('Lyon'), signedByMautic);

    expect(other.accepted).toBe(1);
    expect(again).toMatchObject({ status: 200, accepted: 0 });
  });

  test('tells of what is no contact and no company in vain, without harm to what stands beside it', async () => {
    const { accepted, records } = await announced(
      'crm',
      {
        'mautic.form_on_submit': [{ submission: { id: 5 }, timestamp: NOW }],
        'mautic.lead_post_save_new': [{ contact: { id: 81 }, timestamp: NOW }, 'nonsense', { contact: {} }],
        'mautic.lead_post_save_update': [{ contact: { id: 82 }, timestamp: DAYS_AGO_29 }],
      },
      signedByMautic,
    );

    expect(accepted).toBe(1);
    expect(records).toEqual(['recordChanged mautic/contact/81']);
  });
});

describe('any service', () => {
  const event = (values: Record<string, unknown>) => ({
    id: 'e1',
    type: 'record.changed',
    record: 'ITB-1',
    ...values,
  });
  const sign = (text: string) => signedByService(text);

  test('may announce a dossier, an offer, and a CRM record of either side', async () => {
    await announced('salon', event({ type: 'record.validated', record: '48211', version: 7 }), sign);
    await announced('offers', event({ type: 'record.cancelled', occurredAt: NOW }), sign);
    const { records } = await announced('crm', event({ record: 'weavy/customercontact/C/104' }), sign);

    expect(records).toEqual([
      'recordValidated 48211 7',
      'recordChanged ITB-1',
      'recordChanged weavy/customercontact/C/104',
    ]);
  });

  test('may announce several at once, and is told how many were new', async () => {
    const first = await announced('offers', { events: [event({}), event({ id: 'e2' }), event({})] }, sign);
    const second = await announced('offers', { events: [event({ id: 'e2' }), event({ id: 'e3' })] }, sign);

    expect([first, second].map(({ status, accepted }) => [status, accepted])).toEqual([
      [202, 2],
      [202, 1],
    ]);
  });
});
