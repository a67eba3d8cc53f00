import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { changeOwnPassword, setLanguage } from '../../../operations/own-account';
import { personOf, personView } from '../../../operations/people';
import { Refusal } from '../../../operations/refusal';
import { signOutElsewhere } from '../../../operations/sign-out-elsewhere';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { viewOf } from '../view';
import { AccountPage } from './account-page';
import { ACCOUNT_WORDS } from './words';

type C = Context<ServiceEnv>;

/** What people change about themselves, whatever their role. */
export function mountAccount(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const { account } = paths;
  pages.get(account, async (c) => {
    const view = viewOf(c);
    const person = await ownAccount(c, parts);
    return show(
      c,
      { title: ACCOUNT_WORDS[view.language].title },
      <AccountPage view={view} person={person} />,
    );
  });
  pages.post(`${account}/language`, (c) => chooseLanguage(c, parts));
  pages.post(`${account}/password`, (c) => changePassword(c, parts));
  pages.post(`${account}/sign-out-elsewhere`, async (c) => {
    const { accountId, sessionHash } = c.get('signedIn');
    await signOutElsewhere(operationContext(parts, c.get('principal')), { accountId, sessionHash });
    const text = ACCOUNT_WORDS[viewOf(c).language].signedOut;
    return goTo(c, account, { kind: 'good', text });
  });
}

async function ownAccount(c: C, { pool }: ServiceParts) {
  return personView(await personOf(pool, { id: c.get('signedIn').accountId }));
}

const languageSchema = z.object({ language: z.enum(['fr', 'en']) });

async function chooseLanguage(c: C, parts: ServiceParts): Promise<Response> {
  const asked = languageSchema.safeParse(await c.req.parseBody());
  if (!asked.success) return c.redirect(paths.account, 303);
  const { language } = asked.data;
  await setLanguage(operationContext(parts, c.get('principal')), c.get('signedIn').accountId, language);
  return goTo(c, paths.account, { kind: 'good', text: ACCOUNT_WORDS[language].languageChosen });
}

const typed = z.string().max(1_000).catch('');
const passwordSchema = z.object({ current: typed, next: typed, again: typed });

async function changePassword(c: C, parts: ServiceParts): Promise<Response> {
  const words = ACCOUNT_WORDS[viewOf(c).language];
  const { accountId, sessionHash } = c.get('signedIn');
  const { current, next, again } = passwordSchema.parse(await c.req.parseBody());
  const fault = (text: string) => goTo(c, paths.account, { kind: 'bad', text });
  const { signsInBy } = await ownAccount(c, parts);
  // a password of ours would be a way in that the organisation does not know of
  if (signsInBy === 'oidc') return fault(words.byOrganisation);
  if (next !== again) return fault(words.different);
  try {
    const context = operationContext(parts, c.get('principal'));
    await changeOwnPassword(context, { accountId, current, next, sessionHash });
  } catch (error) {
    // told in the language of the account, which is that of the page
    if (error instanceof Refusal) return fault(error.message);
    throw error;
  }
  return signsInBy === 'link'
    ? goTo(c, paths.overview, { kind: 'good', text: words.chosen })
    : goTo(c, paths.account, { kind: 'good', text: words.changed });
}
