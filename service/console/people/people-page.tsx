import type { FC } from 'hono/jsx';
import type { PersonView } from '../../../operations/people';
import type { TokenView } from '../../../operations/tokens';
import { Notice } from '../parts/notice';
import type { View } from '../view';
import { AddPerson, PeopleTable, type PersonDraft } from './people-section';
import { AddToken, type TokenDraft, TokensTable } from './tokens-section';
import { PEOPLE_WORDS } from './words';

export interface PeopleParts {
  people: readonly PersonView[];
  tokens: readonly TokenView[];
  /** The newest act that this page knows of. */
  seen: number;
  person: PersonDraft;
  token: TokenDraft;
  /** Why what was typed cannot be had; null when nothing was asked. */
  fault: string | null;
}

export const PeoplePage: FC<{ view: View; parts: PeopleParts }> = ({ view, parts }) => {
  const words = PEOPLE_WORDS[view.language];
  const { people, tokens, seen, person, token, fault } = parts;
  return (
    <>
      <p class="lead">{words.lead}</p>
      {fault !== null && <Notice kind="bad">{fault}</Notice>}
      <section class="card stack" aria-labelledby="people">
        <h2 id="people">{words.people}</h2>
        <PeopleTable view={view} people={people} seen={seen} />
        <h3 id="add-person">{words.addPerson}</h3>
        <p class="soft small">{words.addHint}</p>
        <AddPerson view={view} draft={person} seen={seen} />
      </section>
      <section class="card stack" aria-labelledby="tokens">
        <h2 id="tokens">{words.tokens}</h2>
        <TokensTable view={view} tokens={tokens} />
        <h3 id="add-token">{words.addToken}</h3>
        <p class="soft small">{words.tokenHint}</p>
        <AddToken view={view} draft={token} seen={seen} />
      </section>
    </>
  );
};
