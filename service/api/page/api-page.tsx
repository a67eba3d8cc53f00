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

/** The description of the API, to be read: by group, each operation with what it takes and answers, then the objects. */
export const ApiPage: FC<ApiPageProps> = ({ described, summaries, language, address }) => {
  const words = API_WORDS[language];
  const summaryOf = ({ operationId, summary }: DescribedOperation) =>
    summaries.get(operationId)?.[language] ?? summary;
  const groups = described.tags.map(({ name }) => ({
    name,
    operations: operationsOf(described).filter(({ tags }) => tags[0] === name),
  }));
  const other: Language = language === 'fr' ? 'en' : 'fr';
  return (
    <Document title={words.title} language={language}>
      <body>
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
        <main id="content" class="stack">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
          <p>
            <a href="/openapi.json">{words.document}</a>. {words.english}
          </p>
          <Start words={words} address={address} />
          <nav aria-label={words.contents} class="card">
            <h2>{words.contents}</h2>
            {groups.map(({ name, operations }) => (
              <>
                <h3>{words.tags[name] ?? name}</h3>
                <ul>
                  {operations.map((operation) => (
                    <li>
                      <a href={`#${operation.operationId}`}>{summaryOf(operation)}</a>
                    </li>
                  ))}
                </ul>
              </>
            ))}
          </nav>
          {groups.map(({ name, operations }) => (
            <section class="stack">
              <h2>{words.tags[name] ?? name}</h2>
              {operations.map((operation) => (
                <OperationCard
                  operation={operation}
                  summary={summaryOf(operation)}
                  address={address}
                  words={words}
                />
              ))}
            </section>
          ))}
          <Schemas described={described} words={words} />
        </main>
      </body>
    </Document>
  );
};

const Start: FC<{ words: ApiWords; address: string }> = ({ words, address }) => (
  <section class="card">
    <h2>{words.start}</h2>
    <p>{words.token}</p>
    <pre class="mono scroll">{`curl "${address}/api/v1/me" \\\n  -H "Authorization: Bearer $TOKEN"`}</pre>
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
