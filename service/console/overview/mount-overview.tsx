import type { Hono } from 'hono';
import { overview } from '../../../db/lists/overview';
import { recentRunBars } from '../../../db/lists/runs';
import type { ServiceEnv, ServiceParts } from '../../parts';
import { paths } from '../paths';
import { show } from '../show';
import { PAGE_WAITS_MS, scheduleWithin } from '../sync/schedule-within';
import { viewOf } from '../view';
import { Health } from './health';
import { BARS } from './run-chart';
import { SyncCard, type SyncGlance } from './sync-card';
import { OVERVIEW_WORDS } from './words';

/** The first page: every sync at a glance, and how the platforms are. */
export function mountOverview(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get(paths.overview, async (c) => {
    const view = viewOf(c);
    const words = OVERVIEW_WORDS[view.language];
    const { glances, accounts } = await glancesOf(parts);
    return show(
      c,
      { title: words.title },
      glances.length === 0 ? (
        <p class="empty">{words.noSync}</p>
      ) : (
        <>
          <div class="cards">
            {glances.map((glance) => (
              <SyncCard view={view} glance={glance} />
            ))}
          </div>
          <section class="card" aria-labelledby="health">
            <h2 id="health">{words.health}</h2>
            <Health view={view} accounts={accounts} />
          </section>
        </>
      ),
    );
  });
}

/** The database and Temporal are asked side by side, and Temporal is not waited for. */
async function glancesOf(parts: ServiceParts) {
  const syncs = Object.entries(parts.configuration.syncs);
  const slugs = syncs.map(([slug]) => slug);
  const [found, bars, schedules] = await Promise.all([
    overview(parts.pool, slugs),
    recentRunBars(parts.pool, slugs, BARS),
    Promise.all(slugs.map((slug) => scheduleWithin(parts, slug, PAGE_WAITS_MS))),
  ]);
  const glances = syncs.flatMap(([slug, { pair }], place): SyncGlance[] => {
    const one = found.syncs[place];
    if (one === undefined) return [];
    return [{ overview: one, pair, bars: bars.get(slug) ?? [], schedule: schedules[place] ?? null }];
  });
  const configured = new Set(Object.keys(parts.configuration.platforms));
  return { glances, accounts: found.accounts.filter(({ account }) => configured.has(account)) };
}
