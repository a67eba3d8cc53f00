import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Context } from 'hono';
import { Refusal } from '../../../operations/refusal';
import type { ServiceEnv } from '../../parts';
import { goTo } from '../show';
import { refusalText } from './words';

/** Where to go after a change, and what to say there. */
export interface Done {
  path: string;
  text: string;
}

/** Does what somebody asked for. What cannot be done is told where it was asked for; anything else is for the log. */
export async function act(
  c: Context<ServiceEnv>,
  back: string,
  change: () => Promise<Done>,
): Promise<Response> {
  try {
    const { path, text } = await change();
    return goTo(c, path, { kind: 'good', text });
  } catch (error) {
    return goTo(c, back, { kind: 'bad', text: refusedText(error, c) });
  }
}

function refusedText(error: unknown, c: Context<ServiceEnv>): string {
  const language = c.get('language');
  // the client tells a server that does not answer in either way
  if (isGrpcServiceError(error) || error instanceof ServiceError) return refusalText('unavailable', language);
  if (!(error instanceof Refusal)) throw error;
  const said = refusalText(error.kind, language);
  // what the server says of times is worth its foreign words: it names the part that is wrong
  return error.kind === 'invalid' ? `${said} (${error.message})` : said;
}
