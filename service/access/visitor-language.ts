import type { Context } from 'hono';
import type { Language } from '../../mappings/reason-types';
import type { ServiceEnv } from '../parts';

/** The language of somebody whom we do not know yet: asked for by `?lang=`, else by the browser, else French. */
export function visitorLanguage(c: Context<ServiceEnv>): Language {
  const asked = c.req.query('lang');
  if (asked === 'fr' || asked === 'en') return asked;
  const wanted = (c.req.header('accept-language') ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
    return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
  });
  const best = wanted
    .filter(({ language, weight }) => (language === 'fr' || language === 'en') && weight > 0)
    .sort((one, other) => other.weight - one.weight)[0];
  return best?.language === 'en' ? 'en' : 'fr';
}
