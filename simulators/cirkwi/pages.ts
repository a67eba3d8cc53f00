import { param, type SimReply, type SimRequest } from '../core/http-message';
import { renderGpx } from './gpx';
import type { CirkwiObject } from './object-table';
import { notFound } from './problems';
import { textsOf, titleOf } from './records';
import { figuresOf, pointsOf } from './track';
import type { CirkwiWorld } from './world';
import { childNamed, escaped } from './xml-element';

/**
 * `GET /fr/exporter-gpx/{id}_0`, also without `_0`, open to everyone. Only the direction 0 exists (assumed: the number
 * is the direction's index). A circuit without a track has nothing to export.
 */
export function exportGpx(world: CirkwiWorld, request: SimRequest): SimReply {
  const [, id = ''] = /^(\d+)(?:_0)?$/.exec(param(request, 'circuit')) ?? [];
  const circuit = world.objects.circuit.get(id);
  if (!circuit?.track) throw notFound('circuit');
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${id}.gpx"` },
    body: null,
    raw: {
      type: 'application/gpx+xml; charset=utf-8',
      content: renderGpx(circuit.track, titleOf(circuit)),
    },
  };
}

/** `GET /fr/circuit/{id}-{slug}`: the public page, with the object as a script. The slug is not looked at. */
export function circuitPage(world: CirkwiWorld, request: SimRequest): SimReply {
  const [id = ''] = param(request, 'page').split('-', 1);
  const circuit = world.objects.circuit.get(id);
  if (!circuit) throw notFound('circuit');
  // A "<" as an escape: a description must not be able to end the script.
  const json = JSON.stringify(pageObject(circuit)).replaceAll('<', '\\u003c');
  const title = escaped(titleOf(circuit));
  const content = `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><a href="/fr/exporter-gpx/${circuit.id}_0">Télécharger le GPX</a>
<script>var objetJSON = ${json};</script></body></html>
`;
  return { status: 200, body: null, raw: { type: 'text/html; charset=utf-8', content } };
}

function pageObject(circuit: CirkwiObject): unknown {
  const track = circuit.track ?? [];
  const texts = Object.entries(textsOf(circuit)).map(([language, { title, description }]) => [
    `${language}_${language === 'en' ? 'GB' : language.toUpperCase()}`,
    { information: { titre: title, description }, tags: [], informations_complementaires: [] },
  ]);
  return {
    id_objet: `${circuit.id}_0`,
    traduction: Object.fromEntries(texts),
    trace: {
      distance: Math.round(figuresOf(track).lengthM) / 1000,
      altimetries: track.flatMap((segment) =>
        Array.from(pointsOf(segment), ({ lat, lon, ele }) => ({
          altitude: Number.isNaN(ele) ? null : ele,
          position: { lat, lng: lon },
        })),
      ),
    },
    locomotions: (childNamed(circuit.element, 'locomotions')?.children ?? []).map(({ attributes }) => ({
      id: attributes.id_locomotion ?? null,
      duree: { total_secondes: Number(attributes.duree ?? 0) },
    })),
  };
}
