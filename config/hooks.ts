import { z } from 'zod';
import { secret } from './accounts';
import { duration } from './duration';

/** Long enough that nobody finds it by trying against one announcement that was overheard. */
const signingSecret = secret.min(16);

/** What a sender signs with. While it is being changed both are good. */
const signatureSchema = z.strictObject({
  secret: signingSecret,
  /** The secret before, until every sender has the new one. */
  previous: z.strictObject({ secret: signingSecret }).optional(),
});

/** Announcements of any service, in our own form. */
const generic = signatureSchema.optional();
/** How far the time in the generic form's signature may be from ours. */
const tolerance = duration.default(5 * 60_000);

/** Who may announce changes of a sync's records (`POST /hooks/<sync>`); a form without a secret is refused. */
export const planexpoHooksSchema = z
  .strictObject({ planexpo: signatureSchema.optional(), generic, tolerance })
  .prefault({});

/** PIVOT and Cirkwi announce nothing by themselves. */
export const pivotHooksSchema = z.strictObject({ generic, tolerance }).prefault({});

/** weavy announces nothing by itself; a script in its studio may, in the generic form. */
export const mauticHooksSchema = z
  .strictObject({ mautic: signatureSchema.optional(), generic, tolerance })
  .prefault({});

export type HookSignature = z.infer<typeof signatureSchema>;
