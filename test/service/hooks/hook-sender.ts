import { createHmac } from 'node:crypto';

export const SECRETS = {
  planexpo: 'planexpo-signs-with-this',
  mautic: 'mautic-signs-with-this-one',
  generic: 'a-service-signs-with-this',
};

/** Headers of a request as each sender makes them. */
export function signedByPlanexpo(body: string, secret = SECRETS.planexpo): Record<string, string> {
  return { 'x-planexpo-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

export function signedByMautic(body: string, secret = SECRETS.mautic): Record<string, string> {
  return { 'webhook-signature': createHmac('sha256', secret).update(body).digest('base64') };
}

export function signedByService(
  body: string,
  { secret = SECRETS.generic, secondsAgo = 0 }: { secret?: string; secondsAgo?: number } = {},
): Record<string, string> {
  const t = Math.floor(Date.now() / 1_000) - secondsAgo;
  const digest = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { 'x-passerelle-signature': `t=${t},v1=${digest}` };
}

export interface HookAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
  body: any;
}

/** Sends a body as it is, under these headers; JSON unless they say otherwise. */
export async function send(
  url: string,
  sync: string,
  body: string,
  headers: Record<string, string>,
): Promise<HookAnswer> {
  const reply = await fetch(`${url}/hooks/${sync}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}
