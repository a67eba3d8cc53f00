import type { Configuration } from '../../config/schema';
import type { WeavyWebmecanikSync } from '../../config/weavy-webmecanik';
import { parseRecordId, type RecordKind } from '../../mappings/weavy-webmecanik/crm-record';

/** The names of weavy's pages (reference weavy, section 4), and Mautic's paths. The page of a Tiers is assumed. */
const PAGES = {
  'weavy/customer': 'customer',
  'weavy/customercontact': 'customerContact',
  'weavy/marketinginbound': 'marketingInbound',
  'mautic/company': 'companies',
  'mautic/contact': 'contacts',
} as const satisfies Record<RecordKind, string>;

/** Where people see a record on its own platform; null when the account is not in the configuration. */
export function recordPage(
  configuration: Configuration,
  sync: WeavyWebmecanikSync,
  recordId: string,
): string | null {
  const named = parseRecordId(recordId);
  if (named === null) return null;
  const page = PAGES[named.kind];
  const id = encodeURIComponent(named.id);
  const account = configuration.platforms[named.kind.startsWith('weavy/') ? sync.source : sync.target];
  if (account?.platform === 'weavy')
    return account.recordUrl.replaceAll('{page}', page).replaceAll('{id}', id);
  if (account?.platform === 'mautic') return `${account.baseUrl.replace(/\/+$/, '')}/s/${page}/view/${id}`;
  return null;
}
