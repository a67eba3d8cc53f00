import { parseArgs } from 'node:util';
import { startFuzzStack } from './fuzz-stack';
import { installSchemathesis, runSchemathesis, validateDescription } from './schemathesis';

/** Some hundred requests for each operation, beside those that try each edge of the description. */
const EXAMPLES = '150';

/**
 * Asks the API of a whole local stack what nobody thought of, by its own description: `npm run fuzz:api`. Exits with 1 when
 * an answer is none of those described, when a request that is not as described is accepted, or one that is, refused.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { examples: { type: 'string', default: EXAMPLES }, only: { type: 'string' } },
  });
  const tool = await installSchemathesis();
  try {
    const stack = await startFuzzStack();
    try {
      await validateDescription(tool.bin, tool.folder, stack.url);
      const code = await runSchemathesis(tool, stack, {
        examples: Number(values.examples),
        only: values.only,
      });
      const log = stack.log();
      if (log !== '') process.stdout.write(`\nWhat the service had to say:\n${log.slice(-20_000)}\n`);
      return code;
    } finally {
      await stack.stop();
    }
  } finally {
    await tool.remove();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
