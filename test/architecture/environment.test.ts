import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../config/environment';
import { ROOT } from '../setup/run-script';

const PRODUCT = [
  'activities',
  'cli',
  'config',
  'db',
  'local',
  'mappings',
  'platforms',
  'service',
  'simulators',
  'workers',
  'workflows',
];

describe('the environment', () => {
  test('is read in one file of the product', () => {
    const readers = PRODUCT.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file),
      ),
    )
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) =>
        /process\.env\b|process\[['"]env|from 'node:process'/.test(readFileSync(join(ROOT, file), 'utf8')),
      );

    expect(readers).toEqual(['config/environment.ts']);
  });

  test('a variable that is set to nothing counts as not set', () => {
    const { DATABASE_URL, PASSERELLE_PORT } = parseEnvironment({ DATABASE_URL: '', PASSERELLE_PORT: '' });

    expect({ DATABASE_URL, PASSERELLE_PORT }).toEqual({ DATABASE_URL: undefined, PASSERELLE_PORT: 8080 });
  });

  test('every impossible value is named at once, and none is repeated', () => {
    const parse = () => parseEnvironment({ PASSERELLE_PORT: 'secret-1', PASSERELLE_LOG_LEVEL: 'secret-2' });

    expect(parse).toThrow(/PASSERELLE_LOG_LEVEL.*PASSERELLE_PORT|PASSERELLE_PORT.*PASSERELLE_LOG_LEVEL/);
    expect(parse).not.toThrow(/secret/);
  });
});
