import type { FC } from 'hono/jsx';
import type { Language } from '../../../mappings/reason-types';
import { Document } from '../../console/layout';
import { type Described, type DescribedOperation, operationsOf } from './described';
import { anchorOf, Form, Said } from './form';
import { OperationCard } from './operation-card';
import { API_WORDS, type ApiWords } from './words';

export interface ApiPageProps {
  described: Described;
  /** What each operation does, by its id. */
  summaries: ReadonlyMap<string, Readonly<Record<Language, string>>>;
  language: Language;
  /** Where the API is, without a slash at its end. */
  address: string;
}

interface Group {
  title: string;
  operations: Array<DescribedOperation & { said: string }>;
}

/** The description of the API, to be read: by group, each operation with what it takes and answers, then the objects. */
export const ApiPage: FC<ApiPageProps> = ({ described, summaries, language, address }) => {
  const words = API_WORDS[language];
  const operations = operationsOf(described).map((one) => ({
    ...one,
    said: summaries.get(one.operationId)?.[language] ?? one.summary,
  }));
  const groups = described.tags.map(({ name }) => ({
    title: words.tags[name] ?? name,
    operations: operations.filter(({ tags }) => tags[0] === name),
  }));
  return (
    <Document title={words.title} language={language}>
      <body>
        <Top words={words} other={language === 'fr' ? 'en' : 'fr'} />
        <main id="content" class="stack">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
          <p>
            <a href="/openapi.json">{words.document}</a>. {words.english}
          </p>
          <Start words={words} address={address} />
          <Contents words={words} groups={groups} />
          {groups.map(({ title, operations: own }) => (
            <section class="stack">
              <h2>{title}</h2>
              {own.map((one) => (
                <OperationCard operation={one} summary={one.said} address={address} words={words} />
              ))}
            </section>
          ))}
          <Schemas described={described} words={words} />
        </main>
      </body>
    </Document>
  );
};

const Top: FC<{ words: ApiWords; other: Language }> = ({ words, other }) => (
  <header class="top">
    <a class="brand" href="/">
      Passerelle
    </a>
    <div class="who">
      <a href={`?lang=${other}`} lang={other} hreflang={other}>
        {words.other}
      </a>
    </div>
  </header>
);

const Contents: FC<{ words: ApiWords; groups: readonly Group[] }> = ({ words, groups }) => (
  <nav aria-label={words.contents} class="card">
    <h2>{words.contents}</h2>
    {groups.map(({ title, operations }) => (
      <>
        <h3>{title}</h3>
        <ul>
          {operations.map(({ operationId, said }) => (
            <li>
              <a href={`#${operationId}`}>{said}</a>
            </li>
          ))}
        </ul>
      </>
    ))}
  </nav>
);

const Start: FC<{ words: ApiWords; address: string }> = ({ words, address }) => (
  <section class="card">
    <h2>{words.start}</h2>
    <p>{words.token}</p>
    <pre
      class="mono scroll"
      tabindex={0}
    >{`curl "${address}/api/v1/me" \\\n  -H "Authorization: Bearer $TOKEN"`}</pre>
    <h3>{words.scopes}</h3>
    <dl class="facts">
      {Object.entries(words.scopeTexts).map(([scope, text]) => (
        <>
          <dt class="mono">{scope}</dt>
          <dd>{text}</dd>
        </>
      ))}
    </dl>
    <p>{words.paging}</p>
    <p>{words.slashes}</p>
  </section>
);

const Schemas: FC<{ described: Described; words: ApiWords }> = ({ described, words }) => (
  <section class="stack">
    <h2>{words.schemas}</h2>
    {Object.entries(described.components.schemas).map(([name, schema]) => (
      <div class="card" id={anchorOf(name)}>
        <h3>{name}</h3>
        {schema.description !== undefined && (
          <p lang="en">
            <Said text={schema.description} />
          </p>
        )}
        {schema.properties === undefined ? (
          <p>
            <Form schema={schema} words={words} />
          </p>
        ) : (
          <dl class="facts">
            {Object.entries(schema.properties).map(([property, one]) => (
              <>
                <dt class="mono">
                  {property}
                  {schema.required?.includes(property) === true ? '' : '?'}
                </dt>
                <dd>
                  <Form schema={one} words={words} />
                  {one.description !== undefined && (
                    <span class="soft" lang="en">
                      {' '}
                      <Said text={one.description} />
                    </span>
                  )}
                </dd>
              </>
            ))}
          </dl>
        )}
      </div>
    ))}
  </section>
);
