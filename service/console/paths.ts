/** Addresses of the pages. Ids only: names and e-mails never stand in an address. */
export const paths = {
  overview: '/',
  attention: '/attention',
  audit: '/audit',
  people: '/people',
  account: '/account',
  sync: (sync: string) => `/syncs/${sync}`,
  records: (sync: string) => `/syncs/${sync}/records`,
  record: (sync: string, record: string) => `/syncs/${sync}/records/${encodeURIComponent(record)}`,
  mask: (sync: string) => `/syncs/${sync}/mask`,
  mapping: (sync: string) => `/syncs/${sync}/mapping`,
  tracks: (sync: string) => `/syncs/${sync}/tracks`,
  run: (run: number) => `/runs/${run}`,
  plan: (run: number) => `/runs/${run}/plan`,
} as const;

/** An address with these values in its query; undefined ones and blanks are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size === 0 ? path : `${path}?${search}`;
}
