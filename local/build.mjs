// Makes `dist/`: the product as CommonJS, the files that lie beside it, and the workflows bundled ahead of time.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
compile();
const copied = copyOtherFiles();
const size = await bundleWorkflows();
process.stdout.write(
  `dist/ is built: ${copied} other files, workflow bundle of ${Math.round(size / 1024)} KiB\n`,
);

function compile() {
  const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Migrations, styles, checksums: whatever lies in the folders that were compiled. */
function copyOtherFiles() {
  const files = readdirSync(dist).flatMap((folder) => otherFiles(join(root, folder)));
  for (const file of files) cpSync(file, join(dist, relative(root, file)));
  return files.length;
}

function otherFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['.ts', '.tsx', '.md'].includes(extname(entry.name)))
    .map((entry) => [entry.parentPath, entry.name].join(sep));
}

/** The SDK that bundles must be the SDK that runs, to the patch: both come from the one lockfile. */
async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker').then(
    (module) => module.default,
  );
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(dist, 'workflows', 'index.js'),
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(join(dist, 'workflow-bundle.js'), code);
  return code.length;
}
