import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { resultReply } from './document';
import { mediaBytes, mediaOf, PICTOGRAM } from './media';
import { isTrackMedia } from './offer-form';
import { refusal } from './refusals';
import { ROOT } from './root';
import type { PivotWorld } from './world';

/** Documented: 7.5 MB for the file itself. */
const MAX_UPLOAD_BYTES = 7.5 * 1024 * 1024;

const UPLOAD_TYPES: ReadonlyMap<string, string> = new Map([
  ['application/gpx+xml', 'gpx'],
  ['application/vnd.google-earth.kml+xml', 'kml'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
]);

/** Files. Reading them asks for no key (documented). */
export function mediaRoutes(world: PivotWorld): Route[] {
  const open = (template: string, handle: (request: SimRequest) => SimReply): Route => ({
    method: 'GET',
    template,
    access: 'open',
    purpose: 'read',
    handle,
  });
  return [
    open(`${ROOT}/media/{codeCgt}`, (request) => {
      const media = mediaOf(world, param(request, 'codeCgt'));
      return fileReply('application/octet-stream', media && mediaBytes(media), request);
    }),
    // The address that a media names for its file; PIVOT's own is on another host (assumed form).
    open(`${ROOT}/medias/{codeCgt}/{name}`, (request) => {
      const media = world.offers.get(param(request, 'codeCgt'));
      const type = media && isTrackMedia(media) ? 'application/gpx+xml' : 'image/png';
      return fileReply(type, media ? mediaBytes(media) : null, request);
    }),
    open(`${ROOT}/img/{codeCgt}`, (request) => {
      if (!world.offers.get(param(request, 'codeCgt')))
        throw refusal('unknown-record', param(request, 'codeCgt'));
      const media = mediaOf(world, param(request, 'codeCgt'));
      const picture = media && !isTrackMedia(media) ? mediaBytes(media) : PICTOGRAM;
      return fileReply('image/png', picture, request);
    }),
    {
      method: 'POST',
      template: `${ROOT}/img/upload`,
      access: 'client',
      purpose: 'write',
      handle: (request) => uploaded(world, request),
    },
  ];
}

function fileReply(type: string, bytes: Buffer | null, request: SimRequest): SimReply {
  if (!bytes) throw refusal('unknown-record', param(request, 'codeCgt'));
  return { status: 200, body: undefined, raw: { type, content: bytes } };
}

/** Keeps the file under a temporary name until a media refers to it, or a purge comes. */
function uploaded(world: PivotWorld, request: SimRequest): SimReply {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const extension = UPLOAD_TYPES.get(type);
  if (extension === undefined) throw refusal('bad-request', `files of type "${type}" are not taken`);
  const text = typeof request.body === 'string' ? request.body.replace(/\s/g, '') : '';
  const bytes = Buffer.from(text, 'base64');
  // written back and compared: a pattern over ten million characters can run out of the engine's stack
  if (text === '' || bytes.toString('base64') !== text)
    throw refusal('bad-request', 'the body is a file as base64 text');
  if (bytes.length > MAX_UPLOAD_BYTES) throw refusal('too-large', '7.5 MB at most');
  const number = world.nextNumber().toString(36).toUpperCase();
  const name = `pivotwebmedia-TX${number.padStart(6, '0')}-SIMULE.${extension}`;
  world.uploads.set(name, { base64: text });
  return { ...resultReply(request, name), effect: 'created' };
}
