import { itemCounts, listItems, reasonsOpen } from '../db/lists/attention';
import { listAccessAudit, listAudit } from '../db/lists/audit';
import { overview } from '../db/lists/overview';
import { listPlanEntriesPage, planSummary } from '../db/lists/plans';
import { listRecords, standingOf } from '../db/lists/records';
import { listRunOutcomes, listRuns, recentRunBars, runById, runOutcomeCounts } from '../db/lists/runs';
import { listTrackEdits } from '../db/lists/tracks';
import type { Pool } from '../db/pool';
import { findRecords } from '../db/reading';
import type { ConsoleData } from './console-data';

/** Every question behind the pages, by name: with the filters that hit much, little and nothing, and deep in the list. */
export function questions({
  offers,
  dossiers,
  crm,
  run,
  plan,
}: ConsoleData): Array<[string, (db: Pool) => Promise<unknown>]> {
  const syncs = [offers, dossiers, crm];
  const deep = 'ITB-0A-090000';
  const limit = 50;
  return [
    ['overview', (db) => overview(db, syncs)],
    ['standing', (db) => standingOf(db, syncs)],
    ['bars', (db) => recentRunBars(db, syncs, 30)],
    ['records', (db) => listRecords(db, offers, { limit })],
    ['records deep', (db) => listRecords(db, offers, { after: deep, limit })],
    ['records held', (db) => listRecords(db, offers, { outcome: 'held', after: deep, limit })],
    ['records not yet', (db) => listRecords(db, offers, { outcome: 'not-yet', limit })],
    ['records due', (db) => listRecords(db, offers, { due: true, limit })],
    ['records due deep', (db) => listRecords(db, offers, { due: true, after: 'ITB-0A-099950', limit })],
    ['records "balade"', (db) => listRecords(db, offers, { text: 'balade', limit })],
    ['records "etangs 77"', (db) => listRecords(db, offers, { text: 'étangs 77', limit })],
    ['records "098765"', (db) => listRecords(db, offers, { text: '098765', limit })],
    ['records "zzzz"', (db) => listRecords(db, offers, { text: 'zzzz', limit })],
    ['records "zz"', (db) => listRecords(db, offers, { text: 'zz', limit })],
    ['records "b"', (db) => listRecords(db, offers, { text: 'b', limit })],
    ['records "%"', (db) => listRecords(db, offers, { text: '%', limit })],
    ['records "%%%"', (db) => listRecords(db, offers, { text: '%%%', limit })],
    ['records "balade" held', (db) => listRecords(db, offers, { text: 'balade', outcome: 'held', limit })],
    ['records "moulin" in the small sync', (db) => listRecords(db, dossiers, { text: 'moulin', limit })],
    ['records "lefevre" of the CRM', (db) => listRecords(db, crm, { text: 'Lefèvre', limit })],
    ['record by id', (db) => findRecords(db, offers, 'ITB-0A-012345')],
    ['record by id in other letters', (db) => findRecords(db, offers, 'itb-0a-012345')],
    ['record of the CRM by number', (db) => findRecords(db, crm, '4321')],
    ['runs', (db) => listRuns(db, { limit })],
    ['runs of a sync deep', (db) => listRuns(db, { sync: offers, before: 300, limit })],
    ['run', (db) => runById(db, run)],
    ['run counts', (db) => runOutcomeCounts(db, run)],
    ['outcomes', (db) => listRunOutcomes(db, run, { limit })],
    ['outcomes deep', (db) => listRunOutcomes(db, run, { after: deep, limit })],
    ['outcomes refused deep', (db) => listRunOutcomes(db, run, { outcome: 'refused', after: deep, limit })],
    ['outcomes "balade"', (db) => listRunOutcomes(db, run, { text: 'balade', limit })],
    ['outcomes "098765"', (db) => listRunOutcomes(db, run, { text: '098765', limit })],
    ['outcomes "zzzz"', (db) => listRunOutcomes(db, run, { text: 'zzzz', limit })],
    ['outcomes page of an export', (db) => listRunOutcomes(db, run, { after: deep, limit: 1_000 })],
    ['plan', (db) => listPlanEntriesPage(db, plan, { limit })],
    ['plan to apply', (db) => listPlanEntriesPage(db, plan, { only: 'to-apply', after: deep, limit })],
    ['plan withdraws', (db) => listPlanEntriesPage(db, plan, { only: 'withdraws', limit })],
    ['plan blanks', (db) => listPlanEntriesPage(db, plan, { only: 'blanks', after: 'ITB-0A-099000', limit })],
    ['plan created', (db) => listPlanEntriesPage(db, plan, { outcome: 'created', limit })],
    ['plan "balade"', (db) => listPlanEntriesPage(db, plan, { text: 'balade', limit })],
    ['plan "098765"', (db) => listPlanEntriesPage(db, plan, { text: '098765', limit })],
    ['plan summary', (db) => planSummary(db, plan)],
    ['items', (db) => listItems(db, { limit })],
    ['items open of a sync', (db) => listItems(db, { sync: offers, state: 'open', limit })],
    ['items of a small sync', (db) => listItems(db, { sync: crm, limit })],
    [
      'items open actions of a small sync',
      (db) => listItems(db, { sync: crm, state: 'open', severity: 'action', limit }),
    ],
    ['items of a reason', (db) => listItems(db, { reason: 'missing-name', state: 'open', limit })],
    ['items of a common reason', (db) => listItems(db, { reason: 'edited-in-cirkwi', limit })],
    ['items resolved deep', (db) => listItems(db, { state: 'resolved', after: 50_000, limit })],
    ['items of a record', (db) => listItems(db, { sync: offers, recordId: 'ITB-0A-012346', limit })],
    ['item counts', (db) => itemCounts(db)],
    ['reasons open', (db) => reasonsOpen(db)],
    ['reasons open of a sync', (db) => reasonsOpen(db, crm)],
    ['audit', (db) => listAudit(db, { limit })],
    ['audit of a sync', (db) => listAudit(db, { sync: crm, before: 200_000, limit })],
    ['audit of a record', (db) => listAudit(db, { sync: offers, recordId: 'ITB-0A-012345', limit })],
    ['audit of a run', (db) => listAudit(db, { runId: run, limit })],
    ['audit of people', (db) => listAudit(db, { peopleOnly: true, limit })],
    ['audit of people of a sync', (db) => listAudit(db, { sync: crm, peopleOnly: true, limit })],
    ['audit of a person', (db) => listAudit(db, { actor: 'loic', limit })],
    ['audit of nobody', (db) => listAudit(db, { actor: 'nobody', limit })],
    ['access audit', (db) => listAccessAudit(db, { limit })],
    ['access audit of a person', (db) => listAccessAudit(db, { actor: 'personne7', limit })],
    ['access audit of nobody', (db) => listAccessAudit(db, { actor: 'nobody', limit })],
    ['tracks', (db) => listTrackEdits(db, offers, { limit })],
    ['tracks open', (db) => listTrackEdits(db, offers, { state: 'open', limit })],
  ];
}
