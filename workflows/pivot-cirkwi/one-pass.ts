import { setCurrentDetails } from '@temporalio/workflow';
import type { OfferPass } from '../../activities/pivot-cirkwi/one-offer';
import { DEFAULT_RETRY } from '../activity-options';
import type { RecordInput } from '../messages';
import { politely } from '../politely';
import { cirkwiActivities, localOffers, pivotActivities, publishing } from './activities';

/** One offer outside any run: read, judged, published. */
export async function passOffer({ sync, recordId }: RecordInput): Promise<OfferPass> {
  const pivot = pivotActivities(DEFAULT_RETRY);
  setCurrentDetails(`Reading offer ${recordId} from PIVOT`);
  const read = await politely(() =>
    pivot.readOffer.executeWithOptions({ summary: `read offer ${recordId}` }, [
      { sync, recordId, runId: null },
    ]),
  );
  const code = read.code ?? recordId; // as PIVOT writes it
  await politely(() =>
    pivot.fetchTracks.executeWithOptions({ summary: 'fetch its track' }, [
      { sync, runId: null, scope: 'due', after: '', only: [code] },
    ]),
  );
  const pass = await localOffers.passOffer({ sync, recordId: code });
  if (!pass.inLine) return pass;
  if (pass.delivery === 'push')
    await politely(() => cirkwiActivities(DEFAULT_RETRY).pushObjects({ sync, after: '', only: code }));
  else await politely(() => publishing(DEFAULT_RETRY).publishFeed({ sync, runId: null }));
  return pass;
}
