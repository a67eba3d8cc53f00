import type { FC } from 'hono/jsx';
import type { DescribedOperation } from './described';
import { Form, Said } from './form';
import type { ApiWords } from './words';

interface Props {
  operation: DescribedOperation;
  summary: string;
  /** Where the API is, without a slash at its end. */
  address: string;
  words: ApiWords;
}

/** One operation: what it does, what it takes, what it answers. */
export const OperationCard: FC<Props> = ({ operation, summary, address, words }) => {
  const { method, path, operationId, description, security } = operation;
  return (
    <details class="card" id={operationId}>
      <summary>
        <strong class="mono">
          {method} {path}
        </strong>
        <br />
        {summary} <span class="badge">{`${words.scope} ${security[0].token[0]}`}</span>
      </summary>
      {description !== undefined && (
        <p lang="en">
          <Said text={description} />
        </p>
      )}
      <Parameters operation={operation} words={words} />
      <Body operation={operation} words={words} />
      <Answers operation={operation} words={words} />
      <h3>{words.example}</h3>
      <pre class="mono scroll" tabindex={0}>
        {curlOf(operation, address)}
      </pre>
    </details>
  );
};

type PartProps = Pick<Props, 'operation' | 'words'>;

const Parameters: FC<PartProps> = ({ operation: { parameters }, words }) =>
  parameters.length === 0 ? null : (
    <div class="scroll">
      <table>
        <caption>{words.parameters}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.where}</th>
            <th scope="col">{words.form}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: place, required, schema }) => (
            <tr>
              <th scope="row" class="mono">
                {name}
              </th>
              <td>{words.places[place] ?? place}</td>
              <td>
                <Form schema={schema} words={words} />
                {required === true && `, ${words.required}`}
                {schema.default !== undefined && `, ${words.byDefault} ${JSON.stringify(schema.default)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

const Body: FC<PartProps> = ({ operation: { requestBody }, words }) =>
  requestBody === undefined ? null : (
    <>
      <h3>{words.body}</h3>
      {Object.entries(requestBody.content).map(([mediaType, { schema }]) => (
        <p>
          <code>{mediaType}</code>
          {requestBody.description === undefined ? '' : ` (${requestBody.description})`}{' '}
          {schema !== undefined && <Form schema={schema} words={words} />}
        </p>
      ))}
    </>
  );

const Answers: FC<PartProps> = ({ operation: { responses }, words }) => (
  <div class="scroll">
    <table>
      <caption>{words.answers}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            {words.status}
          </th>
          <th scope="col">{words.meaning}</th>
          <th scope="col">{words.form}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(responses).map(([status, { description, content = {} }]) => (
          <tr>
            <th scope="row" class="number">
              {status}
            </th>
            <td lang="en">{description}</td>
            <td>
              {Object.entries(content).map(([mediaType, { schema }]) => (
                <>
                  <code>{mediaType}</code> {schema !== undefined && <Form schema={schema} words={words} />}
                  <br />
                </>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const SAMPLES: Readonly<Record<string, string>> = { sync: 'salon-2027', record: 'mautic%2Fcontact%2F81' };

/** A request to copy; names in capitals stand for what the reader knows. */
function curlOf({ method, path, requestBody }: DescribedOperation, address: string): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => SAMPLES[name] ?? name.toUpperCase());
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"${address}${filled}"`,
    '-H "Authorization: Bearer $TOKEN"',
  ];
  const [mediaType] = Object.keys(requestBody?.content ?? {});
  if (mediaType !== undefined) {
    const sent = mediaType === 'application/json' ? `--data '{ ... }'` : '--data-binary @FILE';
    lines.push(`-H "Content-Type: ${mediaType}"`, sent);
  }
  return lines.join(' \\\n  ');
}
