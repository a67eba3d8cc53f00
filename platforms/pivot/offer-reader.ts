import { z } from 'zod';
import type { Offer, OfferMedia, Texts } from '../../mappings/pivot-cirkwi/offer';
import { readPlace } from './address';
import type { ReadOffer } from './client';
import {
  DEFAULT_MEDIA_LINK,
  difficultyOf,
  durationOf,
  fields,
  linkedOfferSchema,
  MEDIA_KIND_URNS,
  MEDIA_LINK,
  offerTypeSchema,
  relationSchema,
  STATES,
  THEMES,
  usageFields,
} from './contract';
import { answerOf, htmlOf, numberIn, readSpecs, type Specs, textOf, textsOf } from './specs';
import { text } from './values';

type WireOffer = z.infer<typeof linkedOfferSchema>;

/**
 * One offer as both sides of the mapping know it. A member that cannot be read is left out and the rest is read; only an
 * offer without a code or a type is unreadable, or one whose specs are something else altogether: it would look as if
 * nothing were ticked, and be withdrawn. Never throws; problems name members, never what stood in them.
 */
export function readOffer(value: unknown): ReadOffer {
  const wire = linkedOfferSchema.safeParse(value);
  if (!wire.success) return { kind: 'unreadable', code: codeOf(value), problems: problemsOf(wire.error) };

  const { codeCgt: code, typeOffre, spec } = wire.data;
  const type = offerTypeSchema.safeParse(typeOffre);
  const problems = [
    ...(type.success ? [] : ['typeOffre: expected an offer type']),
    ...(spec.every(isField) ? [] : ['spec: expected fields']),
  ];
  if (!type.success || problems.length > 0) return { kind: 'unreadable', code, problems };
  return { kind: 'offer', offer: offerOf(wire.data, type.data.idTypeOffre) };
}

/** An empty entry says nothing; anything else that is no object was meant to say something. */
function isField(row: unknown): boolean {
  return row === null || row === '' || (typeof row === 'object' && !Array.isArray(row));
}

function offerOf(wire: WireOffer, type: number): Offer {
  const specs = readSpecs(wire.spec);
  return {
    code: wire.codeCgt,
    type,
    state: stateOf(wire),
    createdAt: wire.dateCreation,
    modifiedAt: wire.dateModification,
    name: nameOf(wire.nom, specs),
    description: htmlOf(specs, fields.description),
    routeDescription: htmlOf(specs, fields.routeDescription),
    start: readPlace(wire.adresse1),
    arrival: readPlace(wire.adresse2),
    distanceKm: notNegative(numberIn(specs, fields.distanceKm)),
    climbM: positive(numberIn(specs, fields.climbM)),
    descentM: positive(numberIn(specs, fields.descentM)),
    altitudeMinM: numberIn(specs, fields.altitudeMinM),
    altitudeMaxM: numberIn(specs, fields.altitudeMaxM),
    usages: usagesOf(specs),
    access: {
      publicTransport: answerOf(specs, fields.publicTransport),
      wheelchair: answerOf(specs, fields.wheelchair),
      stroller: answerOf(specs, fields.stroller),
    },
    themes: specs.ticked.flatMap((urn) => THEMES.get(urn) ?? []),
    website: fields.websites.map((urn) => textOf(specs, urn)).find((url) => url !== null) ?? null,
    ticked: specs.ticked,
    cirkwiId: textOf(specs, fields.cirkwiId),
    media: readMedia(wire.relOffre),
  };
}

/** Media linked to an offer, the default one first, the others as they come; each once, one without a code not at all. */
export function readMedia(relations: unknown[]): OfferMedia[] {
  const media = relations.flatMap(readMediaRelation);
  const ordered = [
    ...media.filter(({ relation }) => relation === 'default'),
    ...media.filter(({ relation }) => relation === 'other'),
  ];
  const codes = ordered.map(({ code }) => code);
  return ordered.filter(({ code }, at) => codes.indexOf(code) === at);
}

function readMediaRelation(row: unknown): OfferMedia[] {
  const relation = relationSchema.safeParse(row);
  if (!relation.success || !MEDIA_LINK.test(relation.data.urn)) return [];
  const wire = linkedOfferSchema.safeParse(relation.data.offre);
  if (!wire.success) return [];

  const specs = readSpecs(wire.data.spec);
  const url = textOf(specs, fields.mediaUrl);
  return [
    {
      code: wire.data.codeCgt,
      relation: DEFAULT_MEDIA_LINK.test(relation.data.urn) ? 'default' : 'other',
      kind: kindOf(textOf(specs, fields.mediaKind), url),
      url,
      caption: nameOf(wire.data.nom, specs),
      credit: textOf(specs, fields.mediaCredit),
      modifiedAt: wire.data.dateModification,
    },
  ];
}

function kindOf(typmed: string | null, url: string | null): OfferMedia['kind'] {
  if (/\.gpx(?:[?#;]|$)/i.test(url ?? '')) return 'gpx';
  return MEDIA_KIND_URNS.get(typmed ?? '') ?? 'other';
}

function stateOf({ estActiveUrn, estActive }: WireOffer): Offer['state'] {
  const fromUrn = STATES.get(estActiveUrn?.split(':').at(-1) ?? '');
  return fromUrn ?? STATES.get(estActive ?? '') ?? 'unknown';
}

function usagesOf(specs: Specs): Offer['usages'] {
  return usageFields
    .filter(([, urn]) => specs.ticked.includes(urn))
    .map(([usage, urn]) => ({
      usage,
      difficulty: textOf(specs, difficultyOf(urn)),
      durationMinutes: notNegative(numberIn(specs, durationOf(urn))),
    }));
}

function nameOf(french: string | null, specs: Specs): Texts {
  return { ...textsOf(specs, fields.name), ...(french === null ? {} : { fr: french }) };
}

function positive(value: number | null): number | null {
  return value === null ? null : Math.abs(value);
}

function notNegative(value: number | null): number | null {
  return value === null || value < 0 ? null : value;
}

function codeOf(value: unknown): string | null {
  const parsed = z.object({ codeCgt: text }).safeParse(value);
  return parsed.success ? parsed.data.codeCgt : null;
}

/** Paths and expectations; what stood there instead may be personal and stays out. */
function problemsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 20).map((issue) => `${issue.path.join('.') || 'offre'}: ${issue.message}`);
}
