import { z } from '@hono/zod-openapi';
import { forgetPerson } from '../../operations/forget';
import { addOperation, type Desk } from './operation';
import { numbers, slug, text } from './values';

const hit = z.object({ column: z.string(), rows: z.number().int() });

const report = z
  .object({
    subject: z.string(),
    syncs: z.array(z.string()),
    records: z.array(z.object({ sync: z.string(), record: z.string() })),
    changed: numbers,
    proof: z.object({
      columns: z.number().int(),
      hits: z.array(hit),
      stays: z.array(hit.extend({ why: z.string() })),
    }),
    isForgotten: z.boolean(),
  })
  .openapi('ForgetReport', {
    description: 'It names nobody: `subject` is a hash. `proof` is a search through every column afterwards.',
  });

/** Taking a person out of what is kept. */
export function addForget(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'forgetPerson',
      tag: 'People',
      summary: { fr: 'Oublier une personne', en: 'Forget a person' },
      description:
        'By an e-mail, or by a record for whose contact the same is done. What the platforms hold is theirs: forget the person there first. 409 while a run is under way.',
      scope: 'administer',
      method: 'post',
      path: '/forget',
      body: z.strictObject({ person: text(1, 320), sync: slug.optional() }),
      answer: report,
      errors: [404, 409, 422],
    },
    ({ context, body }) => forgetPerson(context, body.person, { sync: body.sync }),
  );
}
