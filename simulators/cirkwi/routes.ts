import { param, Refusal, type Route, type SimRequest } from '../core/http-message';
import { OBJECT_KINDS, type ObjectKind } from './feed-reader';
import { outgoingFeed } from './outgoing-feed';
import { circuitPage, exportGpx } from './pages';
import { notFound } from './problems';
import { pushRoutes } from './push';
import type { CirkwiWorld } from './world';

/** The outgoing feeds (`pois.php` assumed after `circuits.php`), the assumed push beside them, and public pages. */
export function cirkwiRoutes(world: CirkwiWorld): Route[] {
  return [
    ...OBJECT_KINDS.flatMap((kind) => feedRoutes(world, kind)),
    open('/fr/exporter-gpx/{circuit}', (request) => exportGpx(world, request)),
    open('/fr/circuit/{page}', (request) => circuitPage(world, request)),
  ];
}

function feedRoutes(world: CirkwiWorld, kind: ObjectKind): Route[] {
  const template = `/flux/{user}/{code}/${kind}s.php`;
  return [
    {
      method: 'GET',
      template,
      access: 'client',
      purpose: 'read',
      handle(request) {
        checkAccount(world, request);
        if (request.query.get('widget-id') !== world.account.widgetId) throw wrongWidget();
        return outgoingFeed(world, kind, request);
      },
    },
    ...pushRoutes(world, kind, template).map((route) => ofThisAccount(world, route)),
  ];
}

function ofThisAccount(world: CirkwiWorld, route: Route): Route {
  return {
    ...route,
    handle(request) {
      checkAccount(world, request);
      return route.handle(request);
    },
    ...(route.prepare ? { prepare: checkedFirst(world, route.prepare) } : {}),
  };
}

function checkedFirst(world: CirkwiWorld, prepare: NonNullable<Route['prepare']>): typeof prepare {
  return async (request) => {
    if (isThisAccount(world, request)) return prepare(request);
    return () => {
      throw notFound('account');
    };
  };
}

function open(template: string, handle: Route['handle']): Route {
  return { method: 'GET', template, access: 'open', purpose: 'read', handle };
}

function checkAccount(world: CirkwiWorld, request: SimRequest): void {
  if (!isThisAccount(world, request)) throw notFound('account');
}

function isThisAccount({ account }: CirkwiWorld, request: SimRequest): boolean {
  return param(request, 'user') === account.user && param(request, 'code') === account.code;
}

/** Assumed: the only known consumer always names its widget. */
function wrongWidget(): Refusal {
  return new Refusal({ status: 403, code: 'Forbidden', message: 'This widget-id is not of this account.' });
}
