import { API, type Desk } from './operation';

/** One description for a whole group of operations. */
const TAGS = {
  Syncs: 'What is kept in step, how it stands, and what both platforms say.',
  Runs: 'Passes of a sync and plans: start them, watch them, see what became of each record.',
  Records: 'Where each record stands, both sides of it, its history, another try.',
  Attention: 'What needs a person, and the answers.',
  Schedules: 'When syncs run by themselves.',
  Masks: 'The workbook that fixes which product is which (Planexpo to Inwink).',
  Mapping: 'Which field is which, and who has priority (weavy and Webmecanik).',
  Tracks: 'Tracks that people edited in Cirkwi (PIVOT to Cirkwi).',
  Audit: 'Who did what, and who was let in.',
  People: 'Accounts of people; forgetting a person of whom records speak.',
  Tokens: 'Programs that ask.',
} as const satisfies Record<string, string>;

export type ApiDocument = ReturnType<typeof describeApi>;

/** The description of the API, as OpenAPI 3.1. It holds nothing of this installation but its address. */
export function describeApi({ api, parts }: Desk) {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token made by an administrator in the console or with `passerelle token create`. Its scope is `read`, `operate` (which includes read) or `administer` (which includes both); each operation names the one that it takes.',
  });
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Passerelle',
      version: '1',
      description: `All that the command line does, for programs. Lists are asked for in parts: \`limit\` says how many, \`after\` is the \`next\` of the part before. Record ids may hold slashes, written \`%2F\` in an address. Errors are \`application/problem+json\`. The API is below \`${API}\`; hooks and feeds have documents of their own.`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: parts.configuration.service.publicUrl?.replace(/\/+$/, '') ?? '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  });
  // always there in a document that has routes
  return { ...document, paths: document.paths ?? {} };
}
