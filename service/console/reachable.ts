import type { Language } from '../../mappings/reason-types';
import { Refusal } from '../../operations/refusal';
import { PlatformFailure } from '../../platforms/failure';

const WORDS = {
  fr: (said: string) =>
    `Une plateforme ne répond pas comme attendu, réessayez dans quelques minutes\u00a0: ${said}`,
  en: (said: string) => `A platform does not answer as expected, try again in a few minutes: ${said}`,
} as const satisfies Record<Language, (said: string) => string>;

/** For what asks a platform on the way to a page: one that does not answer is told as such, not as an error of ours. */
export async function whenReachable<T>(language: Language, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlatformFailure) throw new Refusal('unavailable', WORDS[language](error.message));
    throw error;
  }
}
