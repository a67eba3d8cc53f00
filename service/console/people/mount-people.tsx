import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { ROLE_NAMES } from '../../../db/accounts';
import { SCOPES } from '../../../db/api-tokens';
import {
  addPerson,
  disablePerson,
  enablePerson,
  inviteLink,
  listPeople,
  type PersonView,
  personOf,
  personView,
  setRole,
} from '../../../operations/people';
import { Refusal } from '../../../operations/refusal';
import { createToken, listTokens, revokeToken } from '../../../operations/tokens';
import { ownOrigin } from '../../access/own-origin';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { statusOf } from '../../problem';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { refusalText } from '../sync/words';
import { viewOf } from '../view';
import { FRAME_WORDS } from '../words';
import { newestAct, wasDoneSince } from './asked-before';
import { LinkOnce, TokenOnce } from './once-page';
import { PeoplePage } from './people-page';
import type { PersonDraft } from './people-section';
import { LIVES, type TokenDraft } from './tokens-section';
import { type Act, PEOPLE_WORDS, refusedText } from './words';

type C = Context<ServiceEnv>;

/** Who may come in, and which programs may ask: for administrators. Addresses name people by number. */
export function mountPeople(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const { people } = paths;
  pages.use(`${people}/*`, requireRole('administer'));
  pages.get(people, (c) => peoplePage(c, parts));
  pages.post(`${people}/add`, (c) => add(c, parts));
  pages.post(`${people}/tokens`, (c) => addToken(c, parts));
  pages.post(`${people}/tokens/:id{\\d{1,15}}/revoke`, (c) => revoke(c, parts));
  pages.post(`${people}/:id{\\d{1,15}}/invite`, (c) => invite(c, parts));
  pages.post(`${people}/:id{\\d{1,15}}/role`, (c) => changeRole(c, parts));
  pages.post(`${people}/:id{\\d{1,15}}/:to{disable|enable}`, (c) => open(c, parts));
  // an answer to a form whose address was opened again
  pages.get(`${people}/*`, (c) => c.redirect(people, 303));
}

const NO_PERSON: PersonDraft = { login: '', name: '', role: 'viewer', language: 'fr' };
const NO_TOKEN: TokenDraft = { name: '', scope: 'read', lasts: '365' };

interface Typed {
  person?: PersonDraft;
  token?: TokenDraft;
  fault: string;
  status: 404 | 409 | 422 | 503;
}

async function peoplePage(c: C, parts: ServiceParts, typed?: Typed): Promise<Response> {
  const view = viewOf(c);
  const context = operationContext(parts, c.get('principal'));
  const [people, tokens, seen] = await Promise.all([
    listPeople(context),
    listTokens(context),
    newestAct(parts.pool),
  ]);
  const { person = NO_PERSON, token = NO_TOKEN, fault = null } = typed ?? {};
  const page = { people, tokens, seen, person, token, fault };
  return show(
    c,
    { title: PEOPLE_WORDS[view.language].title, status: typed?.status ?? 200 },
    <PeoplePage view={view} parts={page} />,
  );
}

const seen = z.coerce.number().int().min(0);
// PostgreSQL knows no text with the character 0
const text = z
  .string()
  .trim()
  .max(300)
  .refine((value) => !value.includes('\0'));
const personSchema = z.object({
  login: text.min(1),
  name: text.default(''),
  role: z.enum(ROLE_NAMES),
  language: z.enum(['fr', 'en']).default('fr'),
  seen,
});

async function add(c: C, parts: ServiceParts): Promise<Response> {
  const asked = personSchema.safeParse(await c.req.parseBody());
  if (!asked.success) return unreadable(c);
  const { seen: known, ...person } = asked.data;
  const context = operationContext(parts, c.get('principal'));
  const before = {
    actor: context.actor,
    operation: 'person-added',
    subject: person.login,
    seen: known,
  } as const;
  if (await wasDoneSince(parts.pool, before)) return repeated(c);
  try {
    const added = await addPerson(context, person);
    const { path, expiresAt } = await inviteLink(context, { id: added.id });
    return linkPage(c, parts, added, { path, expiresAt });
  } catch (error) {
    return peoplePage(c, parts, { person, ...faultOf(c, 'add', error) });
  }
}

const inviteSchema = z.object({ password: z.enum(['keep', 'forget']).default('keep'), seen });

async function invite(c: C, parts: ServiceParts): Promise<Response> {
  const asked = inviteSchema.safeParse(await c.req.parseBody());
  if (!asked.success) return unreadable(c);
  const { password, seen: known } = asked.data;
  const id = idOf(c);
  const context = operationContext(parts, c.get('principal'));
  try {
    const person = personView(await personOf(parts.pool, { id }));
    const before = {
      actor: context.actor,
      operation: 'invited',
      subject: person.login,
      seen: known,
    } as const;
    if (await wasDoneSince(parts.pool, before)) return repeated(c);
    return linkPage(c, parts, person, await inviteLink(context, { id }, { password }));
  } catch (error) {
    return refused(c, 'invite', error);
  }
}

/** The answer to the form itself, so that the link stands in no address and in no cookie. */
function linkPage(
  c: C,
  parts: ServiceParts,
  person: PersonView,
  { path, expiresAt }: { path: string; expiresAt: string },
): Response | Promise<Response> {
  const view = viewOf(c);
  const link = `${ownOrigin(c, parts) ?? ''}${path}`;
  return show(
    c,
    { title: PEOPLE_WORDS[view.language].linkTitle, crumbs: crumbs(c) },
    <LinkOnce view={view} person={person} link={link} expiresAt={expiresAt} />,
  );
}

const tokenSchema = z.object({
  name: text.min(1),
  scope: z.enum(SCOPES),
  lasts: z.enum(LIVES).default('365'),
  seen,
});
const DAY_MS = 86_400_000;

async function addToken(c: C, parts: ServiceParts): Promise<Response> {
  const asked = tokenSchema.safeParse(await c.req.parseBody());
  if (!asked.success) return unreadable(c);
  const { seen: known, ...token } = asked.data;
  const { name, scope, lasts } = token;
  const context = operationContext(parts, c.get('principal'));
  const subject = `token:${name}`;
  const before = { actor: context.actor, operation: 'token-created', subject, seen: known } as const;
  if (await wasDoneSince(parts.pool, before)) return repeated(c);
  const view = viewOf(c);
  try {
    const lastsMs = lasts === 'none' ? null : Number(lasts) * DAY_MS;
    const made = await createToken(context, { name, scope, lastsMs });
    return show(
      c,
      { title: PEOPLE_WORDS[view.language].tokenTitle, crumbs: crumbs(c) },
      <TokenOnce view={view} token={made.view} secret={made.token} />,
    );
  } catch (error) {
    return peoplePage(c, parts, { token, ...faultOf(c, 'token', error) });
  }
}

async function revoke(c: C, parts: ServiceParts): Promise<Response> {
  try {
    const { name } = await revokeToken(operationContext(parts, c.get('principal')), { id: idOf(c) });
    const text = PEOPLE_WORDS[viewOf(c).language].tokenRevoked(name);
    return goTo(c, paths.people, { kind: 'good', text });
  } catch (error) {
    return refused(c, 'revoke', error);
  }
}

const roleSchema = z.object({ role: z.enum(ROLE_NAMES) });

async function changeRole(c: C, parts: ServiceParts): Promise<Response> {
  const asked = roleSchema.safeParse(await c.req.parseBody());
  if (!asked.success) return unreadable(c);
  const { language } = viewOf(c);
  try {
    const context = operationContext(parts, c.get('principal'));
    const { name, role } = await setRole(context, { id: idOf(c) }, asked.data.role);
    const text = PEOPLE_WORDS[language].roleChanged(name, FRAME_WORDS[language].roles[role]);
    return goTo(c, paths.people, { kind: 'good', text });
  } catch (error) {
    return refused(c, 'role', error);
  }
}

/** Opens or shuts the door for somebody. */
async function open(c: C, parts: ServiceParts): Promise<Response> {
  const words = PEOPLE_WORDS[viewOf(c).language];
  const act = c.req.param('to') === 'enable' ? 'enable' : 'disable';
  try {
    const context = operationContext(parts, c.get('principal'));
    const change = act === 'enable' ? enablePerson : disablePerson;
    const { name } = await change(context, { id: idOf(c) });
    const text = act === 'enable' ? words.personEnabled(name) : words.personDisabled(name);
    return goTo(c, paths.people, { kind: 'good', text });
  } catch (error) {
    return refused(c, act, error);
  }
}

const idOf = (c: C) => Number(c.req.param('id'));
const crumbs = (c: C) => [{ label: PEOPLE_WORDS[viewOf(c).language].title, href: paths.people }];

const unreadable = (c: C) =>
  goTo(c, paths.people, { kind: 'bad', text: PEOPLE_WORDS[viewOf(c).language].unreadable });
const repeated = (c: C) =>
  goTo(c, paths.people, { kind: 'warn', text: PEOPLE_WORDS[viewOf(c).language].repeated });

function refused(c: C, act: Act, error: unknown): Response {
  return goTo(c, paths.people, { kind: 'bad', text: faultOf(c, act, error).fault });
}

/** A refusal in the reader's words; anything else is for the log. */
function faultOf(c: C, act: Act, error: unknown): { fault: string; status: 404 | 409 | 422 | 503 } {
  if (!(error instanceof Refusal)) throw error;
  const { language } = viewOf(c);
  const fault = refusedText(act, error.kind, language) ?? refusalText(error.kind, language);
  return { fault, status: statusOf(error) };
}
