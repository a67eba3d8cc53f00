const LONGEST = 1_000;
/** Where one signs in and out: going back there would go round in circles. */
const DOORS = /^\/(login|logout)(\/|$)/;

/**
 * Where to go after signing in: the asked path when it is one of ours, else the first page. What browsers read as another
 * site is refused in all its forms (`//host`, `/\host`, schemes, tabs and line ends between the slashes), and so is a query:
 * it may hold what was searched for.
 */
export function returnPath(asked: string | null | undefined): string {
  if (asked == null || asked.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked)) return '/';
  if (asked.includes('\\')) return '/';
  const own = 'http://own.invalid';
  if (!URL.canParse(asked, own)) return '/';
  const { origin, pathname } = new URL(asked, own);
  // dots may lead to a second slash at the start: /x/..//host
  if (origin !== own || pathname.startsWith('//') || DOORS.test(pathname)) return '/';
  return pathname;
}

/** The sign-in page that leads back to this path. */
export function loginPath(asked: string): string {
  const to = returnPath(asked);
  return to === '/' ? '/login' : `/login?to=${encodeURIComponent(to)}`;
}
