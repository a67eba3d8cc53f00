// Started by temporal-official.ts in a process of its own: the SDK's download cannot be given up in the process that began it.
const [downloadDir, version] = process.argv.slice(2);

try {
  const { default: testing } = await import('@temporalio/testing'); // absent where only production packages are installed
  const environment = await testing.TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
