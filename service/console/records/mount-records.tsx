import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Hono } from 'hono';
import { listRecords } from '../../../db/lists/records';
import { recordWords } from '../../../operations/record-words';
import { retryAll } from '../../../operations/retry';
import { reasonsFor, syncOf } from '../../../operations/syncs';
import { mayDo } from '../../access/principal';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { PostButton } from '../parts/post-form';
import { paths, withQuery } from '../paths';
import { goTo, show } from '../show';
import { act, type Done } from '../sync/act';
import { slugOf, syncCrumbs } from '../sync/mount-sync';
import { viewOf } from '../view';
import { RECORD_OUTCOMES, type SyncRecordsAsked, syncRecordsAsked } from './asked';
import { RecordsTable } from './records-table';
import { RecordsPager, SearchForm } from './search-form';
import { RECORDS_WORDS } from './words';

/** Records of a page of a list. */
export const PAGE = 50;
/** Whoever retries everything is told how many there were if that is known this soon, ms. */
const TELL_WITHIN_MS = 5_000;

/** The records of a sync, narrowed by where they stand and searched by name or id. */
export function mountRecords(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get('/syncs/:sync/records', (c) => recordsPage(c, parts));
  pages.post('/syncs/:sync/records', (c) => recordsPage(c, parts));
  pages.post('/syncs/:sync/retry', requireRole('operate'), (c) => {
    const sync = slugOf(c, parts);
    return act(c, paths.records(sync), () => retryStuck(c, parts, sync));
  });
}

async function recordsPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const sync = slugOf(c, parts);
  const asked = await syncRecordsAsked(c);
  const path = paths.records(sync);
  if (c.req.method === 'POST' && asked.text === undefined) return goTo(c, withQuery(path, addressOf(asked)));

  const view = viewOf(c);
  const words = RECORDS_WORDS[view.language];
  const { pair } = syncOf(parts.configuration, sync);
  const { rows, next } = await listRecords(parts.pool, sync, { ...asked, limit: PAGE });
  const title = `${recordWords(pair, view.language).Many} (${sync})`;
  return show(
    c,
    { title, crumbs: syncCrumbs(c, sync) },
    <>
      <SearchForm view={view} path={path} asked={asked} outcomes={[...RECORD_OUTCOMES, 'not-yet']}>
        <label class="check">
          <input type="checkbox" name="due" value="1" checked={asked.due === true} />
          {words.due}
        </label>
      </SearchForm>
      <section class="card">
        {rows.length === 0 ? (
          <p class="empty">{words.none}</p>
        ) : (
          <RecordsTable view={view} sync={sync} rows={rows} reasons={reasonsFor(parts.configuration, sync)} />
        )}
        <RecordsPager view={view} path={path} asked={asked} next={next} />
      </section>
      {mayDo(view.signedIn.principal, 'operate') && (
        <PostButton
          view={view}
          action={`${paths.sync(sync)}/retry`}
          label={words.retry}
          confirm={words.retryConfirm}
        />
      )}
    </>,
  );
}

function addressOf({ outcome, due }: SyncRecordsAsked): Record<string, string | undefined> {
  return { outcome, due: due ? '1' : undefined };
}

/** Thousands of records take their time: it goes on after the answer, and what fails then is in the log. */
async function retryStuck(c: Context<ServiceEnv>, parts: ServiceParts, sync: string): Promise<Done> {
  const words = RECORDS_WORDS[c.get('language')];
  const requestId = c.get('requestId');
  const retried = retryAll(operationContext(parts, c.get('principal')), sync);
  const known = await Promise.race([retried, sleep(TELL_WITHIN_MS, null, { ref: false })]);
  const path = paths.records(sync);
  if (known === 0) return { path, text: words.noneStuck };
  if (known !== null) return { path, text: `${words.retried} ${known}.` };
  retried.catch((error: unknown) => {
    const failure = error instanceof Error ? error.name : 'unknown';
    parts.logger?.warn({ requestId, sync, failure }, 'retry broke off');
  });
  return { path, text: words.retrying };
}
