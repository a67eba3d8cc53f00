import { BEING_EDITED, MEDIA_TYPE, type PivotOffer, type PivotReport } from './offer';
import { LINK } from './urns';

/**
 * Validates an offer as each write does, and keeps the report with it. With errors it cannot stay publishable: the
 * write succeeds and the offer leaves all feeds (documented). Which rules there are beside the documented messages is
 * assumed; `lurking` holds what this validation is to find besides.
 */
export function validated(offer: PivotOffer): PivotOffer {
  const { lurking = [], ...kept } = offer;
  const audit = [...lurking, ...reports(offer)];
  const hasErrors = audit.some((report) => report.idStatus.startsWith('ERR'));
  return {
    ...kept,
    ...(lurking.length > 0 ? { lurking } : {}),
    audit,
    estActive: hasErrors ? Math.min(offer.estActive, BEING_EDITED) : offer.estActive,
  };
}

function reports(offer: PivotOffer): PivotReport[] {
  const isMedia = offer.typeOffre.idTypeOffre === MEDIA_TYPE;
  const found: PivotReport[] = [];
  if (!offer.nom?.trim())
    found.push({ idStatus: 'ERR0001', message: 'Ce champ est vide', context: 'urn:fld:nomofr' });
  if (!isMedia && !offer.spec?.some((spec) => spec.urn.includes('descmarket') && spec.value))
    found.push({
      idStatus: 'WRN0006',
      message: 'Un descriptif commercial est souhaité',
      context: 'Descriptifs marketing',
    });
  if (!isMedia && !offer.relOffre?.some((link) => link.urn === LINK.defaultMedia))
    found.push({
      idStatus: 'WRN0007',
      message: 'Une photo par défaut est souhaitée',
      context: 'Médias',
    });
  return found;
}
