import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { buildProgram } from '../../cli/program';
import { environmentSchema } from '../../config/environment';
import { parseConfiguration } from '../../config/load';
import { ROOT } from '../setup/run-script';
import { type ComposeService, compose, composeText, interpolated, ourServices } from './compose';

const DEMO = 'deploy/passerelle.demo.yaml';
const demoText = readFileSync(join(ROOT, DEMO), 'utf8');
const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
const exampleNames = [...example.matchAll(/^(\w+)=/gm)].map((match) => match[1] ?? '');
const namesIn = (text: string) => [
  ...new Set([...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? '')),
];
const filledIn = Object.fromEntries(exampleNames.map((name) => [name, `value-of-${name}`]));

/** Variables that no container needs: what they mean there is settled by the image, or they belong to other machines. */
const NOT_FOR_CONTAINERS = [
  'PATH',
  'CI',
  'PASSERELLE_CACHE',
  'PASSERELLE_TEST_DATABASE_URL',
  'PASSERELLE_TEST_TEMPORAL',
];

describe('docker-compose.yml', () => {
  test('sets only variables that the product or the configuration knows', () => {
    const known = [...Object.keys(environmentSchema.shape), ...namesIn(demoText)];
    const set = ourServices.flatMap(([, service]) => Object.keys(service.environment));

    expect(set.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('sets every variable that the product and the configuration know', () => {
    const known = [...Object.keys(environmentSchema.shape), ...namesIn(demoText)];
    const set = ourServices.flatMap(([, service]) => Object.keys(service.environment));

    expect(known.filter((name) => !set.includes(name) && !NOT_FOR_CONTAINERS.includes(name))).toEqual([]);
  });

  test('hands on values that the product accepts', () => {
    for (const [, service] of ourServices) {
      const given = { ...filledIn, PASSERELLE_LOG_LEVEL: 'warn' };
      const values = Object.entries(service.environment).map(([name, value]) => [
        name,
        interpolated(value, given),
      ]);

      expect(environmentSchema.safeParse(Object.fromEntries(values)).error).toBeUndefined();
    }
  });

  test('starts nothing but real commands, with options that they have', () => {
    for (const [service, { command = [] }] of ourServices) {
      const found = buildProgram().commands.find((one) => one.name() === command[0]);
      const options = command.filter((word) => word.startsWith('--'));
      const unknown = options.filter((option) => !found?.options.some((one) => one.long === option));

      expect({ service, command: found?.name(), unknown }).toEqual({
        service,
        command: command[0],
        unknown: [],
      });
    }
  });

  test('asks for each variable that .env.example explains, and for no other', () => {
    const asked = [...namesIn(composeText.replace(/^ *#.*$/gm, '')), 'COMPOSE_PROFILES']; // read by compose itself

    expect(asked.sort()).toEqual([...exampleNames].sort());
  });

  test('holds no secret, and refuses to start without one', () => {
    const secrets = Object.values(compose.services).flatMap((service) =>
      Object.entries(service.environment).filter(([name]) =>
        /PASSWORD|PWD|SECRET|KEY|DATABASE_URL/.test(name),
      ),
    );

    expect(secrets.length).toBeGreaterThan(5);
    for (const [name, value] of secrets) {
      expect({ name, value }).toEqual({ name, value: expect.stringMatching(/\$\{\w+:\?/) });
      expect(() => interpolated(value, {})).toThrow('is not set');
    }
    expect(example).toMatch(/^(?!.*(PASSWORD|SECRET|KEY)=\S)/s);
  });

  test('publishes its ports to this machine alone', () => {
    const ports = Object.values(compose.services).flatMap((service) => service.ports);

    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('waits for what it needs: healthy servers, finished jobs', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const [needed, { condition }] of Object.entries(service.depends_on)) {
        expect({ name, needed, fits: fits(compose.services[needed], condition) }).toEqual({
          name,
          needed,
          fits: true,
        });
      }
    }
  });

  test('starts servers again whatever ended them, and jobs only when they failed', () => {
    const jobs = Object.values(compose.services)
      .flatMap((service) => Object.entries(service.depends_on))
      .filter(([, { condition }]) => condition === 'service_completed_successfully')
      .map(([name]) => name);
    for (const [name, service] of Object.entries(compose.services)) {
      const expected = jobs.includes(name) ? /^on-failure:\d+$/ : /^unless-stopped$/;
      expect({ name, restart: service.restart }).toEqual({ name, restart: expect.stringMatching(expected) });
    }
  });

  test('keeps the data of both databases in volumes that it declares', () => {
    const named = Object.values(compose.services)
      .flatMap((service) => service.volumes)
      .filter((volume) => /^[a-z-]+:/.test(volume))
      .map((volume) => volume.split(':')[0]);

    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  test('mounts only scripts that a shell can read', () => {
    const scripts = ['set-up-schema.sh', 'set-up-namespace.sh'].map((file) =>
      join(ROOT, 'deploy', 'temporal', file),
    );

    for (const script of scripts)
      expect(() => execFileSync('sh', ['-n', script], { stdio: 'pipe' })).not.toThrow();
  });
});

describe(DEMO, () => {
  test('finds its mapping beside it in every container that reads it', () => {
    const { syncs } = parse(demoText);
    const own = filledIn.PASSERELLE_MAPPING_FILE;
    for (const [, { volumes }] of ourServices)
      expect(volumes.map((volume) => interpolated(volume, filledIn))).toContain(
        `${own}:/etc/passerelle/${syncs['crm-demo'].mapping}:ro`,
      );
    expect(example).toContain(`PASSERELLE_MAPPING_FILE=./deploy/${syncs['crm-demo'].mapping}\n`);
  });

  test('is a configuration that the product accepts, and reaches the simulators by the name of their service', () => {
    const configuration = parseConfiguration(DEMO, demoText, filledIn);
    const hosts = Object.values(configuration.platforms).map(
      (platform) => new URL(platform.baseUrl).hostname,
    );

    expect(new Set(hosts)).toEqual(new Set(['simulators']));
    expect(compose.services.simulators?.profiles).toEqual(['demo']);
  });
});

function fits(needed: ComposeService | undefined, condition: string): boolean {
  if (condition === 'service_healthy')
    return needed?.healthcheck !== undefined && 'test' in needed.healthcheck;
  return condition === 'service_completed_successfully' && needed !== undefined;
}
