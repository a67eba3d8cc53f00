import type { FC } from 'hono/jsx';
import { ROLE_NAMES } from '../../../db/accounts';
import type { PersonView } from '../../../operations/people';
import { CsrfField, PostButton } from '../parts/post-form';
import { Time } from '../parts/time';
import { paths } from '../paths';
import type { View } from '../view';
import { FRAME_WORDS } from '../words';
import { PEOPLE_WORDS } from './words';

interface PeopleProps {
  view: View;
  people: readonly PersonView[];
  /** The newest act that this page knows of. */
  seen: number;
}

/** Everybody who may sign in, with what can be changed about each. */
export const PeopleTable: FC<PeopleProps> = ({ view, people, seen }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{words.peopleCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.login}</th>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.signsIn}</th>
            <th scope="col">{words.lastLogin}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.actions}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row view={view} person={person} seen={seen} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row: FC<{ view: View; person: PersonView; seen: number }> = ({ view, person, seen }) => {
  const words = PEOPLE_WORDS[view.language];
  const isSelf = person.id === view.signedIn.accountId;
  return (
    <tr>
      <th scope="row">
        {person.login} {isSelf && <span class="soft">{words.you}</span>}
      </th>
      <td>{person.name}</td>
      <td>
        <RoleForm view={view} person={person} />
      </td>
      <td>{words.signsInBy[person.signsInBy]}</td>
      <td>
        {person.lastLoginAt === null ? (
          <span class="soft">{words.never}</span>
        ) : (
          <Time at={person.lastLoginAt} view={view} />
        )}
      </td>
      <td>
        {person.disabledAt === null ? (
          <span class="badge good">{words.active}</span>
        ) : (
          <span class="badge">{words.disabled}</span>
        )}
      </td>
      {/* what is about oneself is on the page of one's account; nobody shuts the door behind oneself by mistake */}
      <td>{isSelf ? <span class="soft">–</span> : <Actions view={view} person={person} seen={seen} />}</td>
    </tr>
  );
};

const RoleForm: FC<{ view: View; person: PersonView }> = ({ view, person }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <form class="row" method="post" action={`${paths.people}/${person.id}/role`}>
      <CsrfField view={view} />
      <select name="role" aria-label={words.roleOf(person.name)}>
        {ROLE_NAMES.map((role) => (
          <option value={role} selected={role === person.role}>
            {FRAME_WORDS[view.language].roles[role]}
          </option>
        ))}
      </select>
      <button type="submit" class="plain">
        {words.changeRole} <span class="visually-hidden">{person.name}</span>
      </button>
    </form>
  );
};

const Actions: FC<{ view: View; person: PersonView; seen: number }> = ({ view, person, seen }) => {
  const words = PEOPLE_WORDS[view.language];
  const at = `${paths.people}/${person.id}`;
  const hidden = <span class="visually-hidden">{person.name}</span>;
  if (person.disabledAt !== null)
    return (
      <PostButton
        view={view}
        action={`${at}/enable`}
        label={
          <>
            {words.enable} {hidden}
          </>
        }
        look="plain"
      />
    );
  const isForgotten = person.signsInBy === 'password';
  return (
    <div class="row">
      <PostButton
        view={view}
        action={`${at}/invite`}
        fields={{ seen, password: isForgotten ? 'forget' : 'keep' }}
        label={
          <>
            {isForgotten ? words.forgotten : words.invite} {hidden}
          </>
        }
        look="plain"
        {...(isForgotten ? { confirm: words.forgottenConfirm } : {})}
      />
      <PostButton
        view={view}
        action={`${at}/disable`}
        label={
          <>
            {words.disable} {hidden}
          </>
        }
        look="plain"
        confirm={words.disableConfirm}
      />
    </div>
  );
};

/** What was typed for somebody new. */
export interface PersonDraft {
  login: string;
  name: string;
  role: PersonView['role'];
  language: PersonView['language'];
}

export const AddPerson: FC<{ view: View; draft: PersonDraft; seen: number }> = ({ view, draft, seen }) => {
  const words = PEOPLE_WORDS[view.language];
  return (
    <form class="filters" method="post" action={`${paths.people}/add`} aria-labelledby="add-person">
      <CsrfField view={view} />
      <input type="hidden" name="seen" value={String(seen)} />
      <label>
        {words.login}
        <input
          name="login"
          value={draft.login}
          required
          maxlength={100}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="login-hint"
        />
      </label>
      <label>
        {words.name}
        <input name="name" value={draft.name} maxlength={200} autocomplete="off" />
      </label>
      <label>
        {words.role}
        <select name="role">
          {ROLE_NAMES.map((role) => (
            <option value={role} selected={role === draft.role}>
              {FRAME_WORDS[view.language].roles[role]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.language}
        <select name="language">
          {(['fr', 'en'] as const).map((language) => (
            <option value={language} selected={language === draft.language}>
              {words.languages[language]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{words.add}</button>
      <span class="soft small" id="login-hint">
        {words.loginHint}
      </span>
    </form>
  );
};
