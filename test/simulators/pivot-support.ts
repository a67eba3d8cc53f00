import { simulatorControl } from '../../simulators/control';
import type { Simulator } from '../../simulators/core/start-server';
import {
  type PivotOffer,
  type PivotSimulatorOptions,
  type PivotState,
  startPivotSimulator,
} from '../../simulators/pivot';
import { type Answer, type Json, send } from './support';

const running: Simulator[] = [];

/** To be called in `afterEach`. */
export async function stopPivots(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

/** A PIVOT with one stored query, `QRY-ZZ-0000-0001`: all itineraries and points of interest. */
export async function pivot(
  offers: PivotOffer[] = [],
  options: Partial<PivotSimulatorOptions> & { queries?: PivotState['queries'] } = {},
) {
  const { queries = [], ...others } = options;
  const simulator = await startPivotSimulator({
    credentials: { keys: ['key-1'] },
    initial: { offers, queries: [{ codeCgt: QUERY, query: ALL_OFFERS }, ...queries] },
    ...others,
  });
  running.push(simulator);
  const call = (method: string, path: string, body?: unknown, key: string | null = 'key-1') =>
    send(`${simulator.url}/PivotWeb-3.1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(key === null ? {} : { ws_key: key }),
        ...contentType(body),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const get = (path: string, key?: string | null) => call('GET', path, undefined, key);
  return { url: simulator.url, control: simulatorControl(simulator.url), call, get };
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': typeof body === 'string' ? 'application/xml' : 'application/json' };
}

export const QUERY = 'QRY-ZZ-0000-0001';

export const ALL_OFFERS = {
  CriteriaGroup: [
    {
      type: 'and',
      CriteriaField: [{ field: 'urn:fld:typeofr', operator: 'in', target: 'value', value: ['8', '269'] }],
    },
  ],
};

export function offer(code: string, values: Partial<PivotOffer> = {}): PivotOffer {
  return {
    codeCgt: code,
    dateCreation: '2024-03-02T09:00:00+01:00',
    dateModification: '2026-05-04T16:20:11+02:00',
    nom: `Boucle ${code}`,
    estActive: 30,
    typeOffre: { idTypeOffre: 8 },
    ...values,
  };
}

export function gpxMedia(code: string, values: Partial<PivotOffer> = {}): PivotOffer {
  return offer(code, {
    nom: `Trace ${code}`,
    typeOffre: { idTypeOffre: 268 },
    spec: [
      { urn: 'urn:fld:typmed', type: 'Choice', value: 'urn:val:typmed:gpx' },
      { urn: 'urn:fld:url', type: 'URL', value: `{base}/medias/${code}/${code}.gpx` },
    ],
    file: '<gpx version="1.1"/>',
    ...values,
  });
}

export const linkedTo = (code: string, urn = 'urn:lnk:media:autre') => ({ urn, offre: { codeCgt: code } });

/** Codes of an answer's offers, sorted. */
export function codes(answer: Answer): string[] {
  return (answer.body.offre ?? []).map((each: Json) => each.codeCgt).sort();
}

/** `operation code`, sorted. */
export function changes(answer: Answer): string[] {
  return (answer.body.offre ?? []).map((each: Json) => `${each.operation} ${each.codeCgt}`).sort();
}

export const GPX = '<?xml version="1.0"?><gpx version="1.1"><trk/></gpx>';
export const base64 = (text: string) => Buffer.from(text).toString('base64');

type Pivot = Awaited<ReturnType<typeof pivot>>;

export async function upload({ url }: Pivot, body: string, type = 'application/gpx+xml', key = 'key-1') {
  return send(`${url}/PivotWeb-3.1/img/upload`, {
    method: 'POST',
    headers: { 'content-type': type, accept: 'application/json', ws_key: key },
    body,
  });
}

export const mediaOf = (name: string, file: string) => ({
  offre: [
    {
      nom: name,
      estActive: 30,
      typeOffre: { idTypeOffre: 268 },
      spec: [
        { urn: 'urn:fld:typmed', value: 'urn:val:typmed:gpx' },
        { urn: 'urn:fld:url', value: file },
      ],
    },
  ],
});
