// Started by temporal-official.ts in a process of its own: the SDK's download cannot be given up in the process that began it.
import { createRequire } from 'node:module';

const [downloadDir, version] = process.argv.slice(2);
const { TestWorkflowEnvironment } = createRequire(import.meta.url)('@temporalio/testing');

try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
