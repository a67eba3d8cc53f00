import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { assertBindable } from '../../service/bindable';
import { ROOT } from '../setup/run-script';

describe('the address that the service binds', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('may be this machine’s own, %s', (host) => {
    expect(() => assertBindable(host, undefined)).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', 'passerelle.example', '::ffff:10.0.0.1'])(
    'is not %s without TLS declared in front of it',
    (host) => {
      expect(() => assertBindable(host, undefined)).toThrow(/publicUrl/);
      expect(() => assertBindable(host, 'http://passerelle.example')).toThrow(
        /neither https nor this machine/,
      );
    },
  );

  it('may be another one behind TLS, or where in truth only this machine reaches it', () => {
    expect(() => assertBindable('0.0.0.0', 'https://passerelle.example')).not.toThrow();
    expect(() => assertBindable('0.0.0.0', 'http://127.0.0.1:8080')).not.toThrow();
  });

  it('is declared for the container by the demo’s configuration, whose port is published on this machine only', () => {
    const demo = parse(readFileSync(join(ROOT, 'deploy', 'passerelle.demo.yaml'), 'utf8'));
    const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'));

    const { PASSERELLE_HOST } = compose.services.service.environment;
    expect(() => assertBindable(PASSERELLE_HOST, demo.service.publicUrl)).not.toThrow();
    expect(compose.services.service.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });
});
