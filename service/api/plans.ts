import { z } from '@hono/zod-openapi';
import { listPlanEntriesPage, planSummary } from '../../db/lists/plans';
import { withLinks } from '../../operations/weavy-webmecanik/plan-link';
import { addOperation, type Desk } from './operation';
import { outcome, planEntry } from './run-answers';
import { foundRun } from './runs';
import { byText, numbers, pageByText, rowNumber, text } from './values';

const RUN = z.strictObject({ run: rowNumber });
const TAG = 'Runs';
const search = text(1, 100);

/** What a plan would do. */
export function addPlans(desk: Desk): void {
  addGetPlan(desk);
  addListPlanEntries(desk);
}

function addGetPlan(desk: Desk): void {
  const { pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'getPlan',
      tag: TAG,
      summary: { fr: 'Une simulation, en nombres', en: 'A plan, in numbers' },
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/plan',
      params: RUN,
      answer: z.object({
        run: z.number().int(),
        entries: z.number().int(),
        byOutcome: numbers,
        needsApply: z.number().int(),
        withdraws: z.number().int(),
        blanks: z.number().int(),
      }),
      errors: [404],
    },
    async ({ params }) => {
      await foundRun(desk, params.run);
      const summary = await planSummary(pool, params.run);
      return { run: params.run, ...summary, byOutcome: { ...summary.byOutcome } };
    },
  );
}

function addListPlanEntries(desk: Desk): void {
  const { pool, configuration } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listPlanEntries',
      tag: TAG,
      summary: {
        fr: 'Ce qu’une simulation ferait de chaque fiche',
        en: 'What a plan would do with each record',
      },
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/plan/entries',
      params: RUN,
      query: z.strictObject({
        outcome: outcome.optional(),
        search: search.optional(),
        only: z.enum(['to-apply', 'withdraws', 'blanks']).optional(),
        ...byText,
      }),
      answer: pageByText(planEntry),
      errors: [404],
    },
    async ({ params, query: { search: words, ...asked } }) => {
      const { sync } = await foundRun(desk, params.run);
      const { rows, next } = await listPlanEntriesPage(pool, params.run, { ...asked, text: words });
      const isCrm = configuration.syncs[sync]?.pair === 'weavy-webmecanik';
      const entries = isCrm ? await withLinks(pool, sync, rows) : rows;
      return { items: entries.map(({ recordId, ...row }) => ({ ...row, record: recordId })), next };
    },
  );
}
