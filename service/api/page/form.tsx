import type { Child, FC } from 'hono/jsx';
import type { Schema } from './described';
import type { ApiWords } from './words';

interface Props {
  schema: Schema;
  words: ApiWords;
}

/** What a value looks like, in a line; objects of their own are links. */
export const Form: FC<Props> = ({ schema, words }) => {
  const { $ref, anyOf, allOf, items, additionalProperties, properties } = schema;
  if ($ref !== undefined) return <SchemaLink name={nameOf($ref)} />;
  const several = anyOf ?? allOf;
  if (several !== undefined)
    return (
      <>
        {between(
          several.map((one) => <Form schema={one} words={words} />),
          anyOf === undefined ? ' + ' : words.or,
        )}
      </>
    );
  if (items !== undefined)
    return (
      <>
        {words.listOf} <Form schema={items} words={words} />
        {schema.maxItems !== undefined && ` (${words.atMost} ${schema.maxItems})`}
        {orNothing(schema, words)}
      </>
    );
  if (properties !== undefined) return <ObjectForm schema={schema} words={words} />;
  if (typeof additionalProperties === 'object')
    return (
      <>
        {words.mapOf} <Form schema={additionalProperties} words={words} />
        {orNothing(schema, words)}
      </>
    );
  return <>{plainForm(schema, words)}</>;
};

const ObjectForm: FC<Props> = ({ schema, words }) => (
  <>
    {'{ '}
    {between(
      Object.entries(schema.properties ?? {}).map(([name, one]) => (
        <>
          <code>{name}</code>
          {schema.required?.includes(name) === true ? ': ' : '?: '}
          <Form schema={one} words={words} />
        </>
      )),
      ', ',
    )}
    {' }'}
    {orNothing(schema, words)}
  </>
);

/** A link to where the object is described. */
export const SchemaLink: FC<{ name: string }> = ({ name }) => <a href={`#${anchorOf(name)}`}>{name}</a>;

export function anchorOf(name: string): string {
  return `schema-${name}`;
}

function nameOf(reference: string): string {
  return reference.replace('#/components/schemas/', '');
}

function orNothing({ type }: Schema, words: ApiWords): string {
  return Array.isArray(type) && type.includes('null') ? `${words.or}null` : '';
}

function plainForm(schema: Schema, words: ApiWords): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(words.or);
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return words.anything;
  const type = types.join(words.or);
  const { minimum, maximum, minLength, maxLength, format } = schema;
  const isWide = maximum === Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && maximum !== undefined && !isWide)
    return `${type}, ${words.from} ${minimum} ${words.to} ${maximum}`;
  if (minLength !== undefined && maxLength !== undefined)
    return `${type}, ${words.from} ${minLength} ${words.to} ${maxLength} ${words.characters}`;
  return format === undefined ? type : `${type} (${format})`;
}

/** The parts with something between them. */
function between(parts: Child[], separator: string): Child[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** A text whose `code` is set as such. */
export const Said: FC<{ text: string }> = ({ text }) => (
  <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
);
