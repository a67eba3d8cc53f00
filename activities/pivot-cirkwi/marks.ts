import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { getCursor } from '../../db/staging';
import type { Marks } from '../../mappings/pivot-cirkwi/find-marks';
import type { Offer } from '../../mappings/pivot-cirkwi/offer';
import { decidePublication, type Publication } from '../../mappings/pivot-cirkwi/publication-rule';
import { FailureKind } from '../../platforms/failure';
import type { PivotCirkwiContext } from './context';

const marksSchema = z.object({
  filterUrns: z.array(z.string()),
  cirkwiTagUrns: z.array(z.string()),
  networkTagUrns: z.array(z.string()),
});

/** The urns that the last preflight found or the configuration names; null before the first preflight. */
export async function loadMarks(context: PivotCirkwiContext): Promise<Marks | null> {
  return marksSchema.nullable().parse(await getCursor(context.pool, context.slug, 'marks'));
}

/** The same, where a preflight has gone before. */
export async function requireMarks(context: PivotCirkwiContext): Promise<Marks> {
  const marks = await loadMarks(context);
  if (marks !== null) return marks;
  // no repetition finds them: a preflight does
  throw ApplicationFailure.nonRetryable(
    `nothing is known yet about the filter and tags of "${context.slug}": run "passerelle check ${context.slug}" first`,
    FailureKind.defect,
  );
}

/** What the ticks of an offer ask for under the sync's rule. */
export function publicationOf(context: PivotCirkwiContext, marks: Marks, offer: Offer): Publication {
  return decidePublication(offer, {
    rule: context.policies.publicationRule,
    filterUrns: marks.filterUrns,
    tagUrns: { cirkwi: marks.cirkwiTagUrns, network: marks.networkTagUrns },
  });
}
