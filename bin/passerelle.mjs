#!/usr/bin/env node
// The `passerelle` command: the built program when there is one, else the sources of a checkout.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const built = join(root, 'dist', 'cli', 'main.js');

// In this process, so that exit code and signals are the program's own.
if (existsSync(built) && !existsSync(join(root, 'cli', 'main.ts'))) {
  require(built);
} else {
  require('tsx/cjs/api').register();
  require(join(root, 'cli', 'main.ts'));
}
