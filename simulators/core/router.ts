import type { Route } from './http-message';

export type RouteMatch =
  | { kind: 'route'; route: Route; params: Record<string, string> }
  | { kind: 'wrong-method'; allowed: string[] }
  | { kind: 'unknown' };

export type Router = (method: string, path: string) => RouteMatch;

interface Pattern {
  route: Route;
  segments: string[];
}

export function router(routes: readonly Route[]): Router {
  const patterns = routes.map((route) => ({ route, segments: route.template.split('/') }));

  return (method, path) => {
    const segments = path.split('/');
    const allowed: string[] = [];
    for (const pattern of patterns) {
      const params = matched(pattern, segments);
      if (!params) continue;
      if (pattern.route.method === method) return { kind: 'route', route: pattern.route, params };
      allowed.push(pattern.route.method);
    }
    return allowed.length > 0
      ? { kind: 'wrong-method', allowed: [...new Set(allowed)] }
      : { kind: 'unknown' };
  };
}

function matched(pattern: Pattern, segments: string[]): Record<string, string> | null {
  if (pattern.segments.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [position, expected] of pattern.segments.entries()) {
    const actual = segments[position] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== actual) return null;
      continue;
    }
    const value = decoded(actual);
    if (!value) return null;
    params[expected.slice(1, -1)] = value;
  }
  return params;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // a stray % is a path that no platform knows
  }
}
