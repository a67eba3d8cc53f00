import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CirkwiSimulatorOptions,
  type ImportReport,
  startCirkwiSimulator,
} from '../../simulators/cirkwi';
import { simulatorControl } from '../../simulators/control';
import { send } from './support';

const stops: Array<() => Promise<void>> = [];

/** To be called in `afterEach`. */
export async function stopCirkwi(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
}

/** What the provider answers at a path. `cut` ends the connection after these bytes of the body; `silent` never answers. */
export interface Document {
  body?: string | Buffer;
  status?: number;
  headers?: Record<string, string>;
  cut?: number;
  silent?: true;
}

/** A provider's server: documents by path, and the requests that it got. */
export async function provider() {
  const documents = new Map<string, Document>();
  const requests: Array<{ path: string; headers: IncomingMessage['headers'] }> = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    const { body = '', status = 200, headers = {}, cut, silent } = documents.get(path) ?? { status: 404 };
    if (silent) return;
    const bytes = Buffer.from(body);
    response.writeHead(status, { 'content-length': bytes.length, ...headers });
    if (cut === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, cut), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // `address()` is a string only for pipes; this server listens on TCP.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const circuits = (...items: string[]) =>
    documents.set('/circuits.xml', { body: feed('circuits', ...items) });
  const pois = (...items: string[]) => documents.set('/pois.xml', { body: feed('pois', ...items) });
  circuits();
  pois();
  return { url, documents, requests, circuits, pois };
}

export type Provider = Awaited<ReturnType<typeof provider>>;

/** A running Cirkwi, linked to the provider when one is given. */
export async function cirkwi(source: Provider | null, options: Partial<CirkwiSimulatorOptions> = {}) {
  const simulator = await startCirkwiSimulator({
    account: { user: 'maison', code: 'c0de', widgetId: '77', username: 'maison', password: 'secret' },
    limits: 'none',
    ...(source ? { feeds: { circuits: `${source.url}/circuits.xml`, pois: `${source.url}/pois.xml` } } : {}),
    ...options,
  });
  stops.push(() => simulator.close());
  const control = simulatorControl(simulator.url);
  const call = (path: string, init: RequestInit & { password?: string } = {}) =>
    send(`${simulator.url}${path}`, {
      ...init,
      headers: {
        authorization: `Basic ${btoa(`maison:${init.password ?? 'secret'}`)}`,
        'content-type': 'application/xml',
      },
    });
  return {
    url: simulator.url,
    control,
    call,
    /** A page of the outgoing feed. */
    list: (kind: 'circuits' | 'pois', query = '') =>
      call(`/flux/maison/c0de/${kind}.php?widget-id=77${query}`),
    push: (method: string, kind: 'circuits' | 'pois', id: string, body?: string) =>
      call(`/flux/maison/c0de/${kind}.php?id=${id}`, { method, ...(body === undefined ? {} : { body }) }),
    // The cast is on the answer of our own server, whose type this is.
    pull: async (body?: unknown) => (await control.act('pull', body)) as ImportReport,
    circuit: async (id: string) => (await control.records('circuits', id))[0] ?? {},
  };
}

export const LINE = [
  [50.31, 4.94, 100],
  [50.32, 4.95, 120.5],
  [50.33, 4.96, 90],
] as const;

/** Two circuits, the first with a track, and a POI, as yet not imported. */
export async function ready(options: Parameters<typeof cirkwi>[1] = {}) {
  const source = await provider();
  source.documents.set('/a.gpx', { body: gpx(LINE) });
  source.circuits(circuit('A', 'Moulin', `${source.url}/a.gpx`), circuit('B', 'Ruines'));
  source.pois(poi('P', 'Musée'));
  return { source, ...(await cirkwi(source, options)) };
}

export function feed(root: 'circuits' | 'pois', ...items: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} version="2">${items.join('')}</${root}>`;
}

/** The children of a circuit in their order, each replaceable or (null) left out. */
const CIRCUIT_PARTS = {
  informations: '<informations/>',
  distance: '<distance>8400</distance>',
  adresse: '<adresse><ville>Yvoir</ville><pays code_pays="BE">Belgique</pays></adresse>',
  auteur: '<auteur/>',
  accessibilite: '<accessibilite pmr="0"/>',
  fichier_trace: '<fichier_trace/>',
  tags_prives: '<tags_prives/>',
  locomotions: '<locomotions/>',
  infos_parcours: '<infos_parcours/>',
  pois: '<pois version="2"/>',
  lien: '<lien/>',
  altitude_minimum: '<altitude_minimum/>',
  altitude_maximum: '<altitude_maximum/>',
  denivele_positif: '<denivele_positif>120</denivele_positif>',
  denivele_negatif: '<denivele_negatif>-120</denivele_negatif>',
  diffusion: '<diffusion mobile="1" cirkwi="1" reseau="0"/>',
};

export type CircuitParts = Partial<Record<keyof typeof CIRCUIT_PARTS, string | null>>;

/** A valid circuit with a French title and description, and a track when its address is given. */
export function circuit(id: string, title: string, trackUrl?: string, parts: CircuitParts = {}): string {
  const all = {
    ...CIRCUIT_PARTS,
    informations: texts(title),
    tags_prives: `<tags_prives><tag_prive nom="${id}"/></tags_prives>`,
    ...(trackUrl === undefined ? {} : { fichier_trace: `<fichier_trace url="${trackUrl}"/>` }),
    ...parts,
  };
  return `<circuit ${heading('circuit', id)}>${Object.values(all).join('')}</circuit>`;
}

export function poi(id: string, title: string, categories = '<categorie id_categorie="14" nom="Musées"/>') {
  return `<poi ${heading('poi', id)}><categories>${categories}</categories>
    <tags_prives><tag_prive nom="${id}"/></tags_prives>${texts(title)}<adresse/><dates/><auteur/><lien/>
    <externalLinks/><diffusion mobile="1" cirkwi="1" reseau="0"/></poi>`;
}

export function heading(kind: 'circuit' | 'poi', id: string): string {
  return `id_${kind}="${id}" code_cgt="${id}" date_creation="1709366400" date_modification="1777904411"`;
}

export function texts(title: string): string {
  return `<informations><information langue="fr" publie="1"><titre>${title}</titre>
    <description><![CDATA[<p>De ${title}.</p>]]></description></information></informations>`;
}

export function gpx(points: ReadonlyArray<readonly [number, number, number?]>): string {
  const list = points.map(
    ([lat, lon, ele]) =>
      `<trkpt lat="${lat}" lon="${lon}">${ele === undefined ? '' : `<ele>${ele}</ele>`}</trkpt>`,
  );
  return `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${list.join('')}</trkseg></trk></gpx>`;
}
