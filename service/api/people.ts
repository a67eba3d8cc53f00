import { z } from '@hono/zod-openapi';
import { ROLE_NAMES } from '../../db/accounts';
import {
  addPerson,
  disablePerson,
  enablePerson,
  inviteLink,
  listPeople,
  setPassword,
  setRole,
} from '../../operations/people';
import { addOperation, type Desk } from './operation';
import { byText, language, moment, momentOrNull, pageByText, pageOfAll, rowNumber, text } from './values';

const TAG = 'People';
const PERSON = z.strictObject({ person: rowNumber });
const role = z.enum(ROLE_NAMES);
const password = text(1, 200);

const person = z
  .object({
    id: z.number().int(),
    login: z.string(),
    name: z.string(),
    role,
    language,
    signsInBy: z.enum(['password', 'oidc', 'link']),
    disabledAt: momentOrNull,
    createdBy: z.string(),
    createdAt: moment,
    lastLoginAt: momentOrNull,
  })
  .openapi('Person');

/** People who sign in. */
export function addPeople(desk: Desk): void {
  addListAndNew(desk);
  addRights(desk);
  addWaysIn(desk);
}

function addListAndNew(desk: Desk): void {
  addListPeople(desk);
  addNewPerson(desk);
}

function addListPeople(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listPeople',
      tag: TAG,
      summary: { fr: 'Personnes ayant un compte', en: 'People who have an account' },
      description: 'By login, in the order of its characters.',
      scope: 'administer',
      method: 'get',
      path: '/people',
      query: z.strictObject(byText),
      answer: pageByText(person),
    },
    async ({ context, query }) => {
      const people = (await listPeople(context)).sort((a, b) => (a.login < b.login ? -1 : 1));
      return pageOfAll(people, query, ({ login }) => login);
    },
  );
}

function addNewPerson(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'addPerson',
      tag: TAG,
      summary: { fr: 'Ouvrir un compte', en: 'Give somebody an account' },
      description: 'Without a password, the person gets a link or comes through OpenID Connect.',
      scope: 'administer',
      method: 'post',
      path: '/people',
      body: z.strictObject({
        login: text(1, 100),
        name: text(1, 200).optional(),
        role,
        password: password.optional(),
        language: language.optional(),
      }),
      status: 201,
      done: 'Added.',
      answer: person,
      errors: [409, 422],
    },
    ({ context, body }) => addPerson(context, body),
  );
}

function addRights(desk: Desk): void {
  addSetRole(desk);
  addDisablePerson(desk);
  addEnablePerson(desk);
}

function addSetRole(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'setRole',
      tag: TAG,
      summary: { fr: 'Changer le rôle d’une personne', en: 'Change what a person may do' },
      description: 'From the next request on. 409 for the last administrator.',
      scope: 'administer',
      method: 'put',
      path: '/people/{person}/role',
      params: PERSON,
      body: z.strictObject({ role }),
      answer: person,
      errors: [404, 409],
    },
    ({ context, params, body }) => setRole(context, { id: params.person }, body.role),
  );
}

function addDisablePerson(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'disablePerson',
      tag: TAG,
      summary: { fr: 'Désactiver un compte', en: 'Disable an account' },
      description: 'Signs the person out everywhere. 409 for the last administrator.',
      scope: 'administer',
      method: 'post',
      path: '/people/{person}/disable',
      params: PERSON,
      answer: person,
      errors: [404, 409],
    },
    ({ context, params }) => disablePerson(context, { id: params.person }),
  );
}

function addEnablePerson(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'enablePerson',
      tag: TAG,
      summary: { fr: 'Réactiver un compte', en: 'Enable an account' },
      scope: 'administer',
      method: 'post',
      path: '/people/{person}/enable',
      params: PERSON,
      answer: person,
      errors: [404],
    },
    ({ context, params }) => enablePerson(context, { id: params.person }),
  );
}

function addWaysIn(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'setPassword',
      tag: TAG,
      summary: { fr: 'Donner un autre mot de passe', en: 'Set another password' },
      description: 'Signs the person out everywhere. 422 for one that is easy to guess.',
      scope: 'administer',
      method: 'put',
      path: '/people/{person}/password',
      params: PERSON,
      body: z.strictObject({ password }),
      answer: person,
      errors: [404, 422],
    },
    ({ context, params, body }) => setPassword(context, { id: params.person }, body.password),
  );
  addOperation(
    desk,
    {
      id: 'invitePerson',
      tag: TAG,
      summary: { fr: 'Créer un lien de connexion', en: 'Make a link that signs in once' },
      description:
        'Within a day. `path` is told this once; it is below the address of the service. `forget`: a lost password stops working.',
      scope: 'administer',
      method: 'post',
      path: '/people/{person}/invitation',
      params: PERSON,
      body: z.strictObject({ password: z.enum(['keep', 'forget']).default('keep') }),
      status: 201,
      done: 'Made.',
      answer: z.object({ path: z.string(), expiresAt: moment }),
      errors: [404, 409],
    },
    ({ context, params, body }) => inviteLink(context, { id: params.person }, body),
  );
}
