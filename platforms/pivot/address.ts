import type { z } from 'zod';
import { normaliseCountry } from '../../mappings/normalise/country';
import type { OfferPlace } from '../../mappings/pivot-cirkwi/offer';
import { addressSchema } from './contract';

type WireAddress = z.infer<typeof addressSchema>;

/** An address; null when it says nothing. Its members are judged one by one. */
export function readPlace(value: unknown): OfferPlace | null {
  const parsed = addressSchema.safeParse(value);
  if (!parsed.success) return null;
  const wire = parsed.data;
  const place: OfferPlace = {
    street: written(wire.rue),
    number: written(wire.numero),
    postcode: written(wire.cp),
    town: Object.keys(wire.localite).length > 0 ? wire.localite : wire.commune,
    insCode: wire.ins,
    country: countryOf(wire),
    ...positionOf(wire),
    altitudeM: wire.altitude,
  };
  const { town, ...rest } = place;
  const isEmpty = Object.keys(town).length === 0 && Object.values(rest).every((part) => part === null);
  return isEmpty ? null : place;
}

/** Both degrees or none. 0/0 lies in the sea and stands for "not known" (assumed). */
function positionOf({ latitude, longitude }: WireAddress): Pick<OfferPlace, 'latitude' | 'longitude'> {
  const isKnown =
    latitude !== null &&
    longitude !== null &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180 &&
    (latitude !== 0 || longitude !== 0);
  return isKnown ? { latitude, longitude } : { latitude: null, longitude: null };
}

function countryOf({ paysUrn, pays }: WireAddress): string | null {
  const fromUrn = normaliseCountry(paysUrn?.split(':').at(-1)).value;
  return fromUrn ?? normaliseCountry(pays).value ?? null;
}

/** A dash stands where a form wanted something (seen in the documented examples). */
function written(value: string | null): string | null {
  return value === '-' ? null : value;
}
