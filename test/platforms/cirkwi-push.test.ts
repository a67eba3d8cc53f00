import { unlimited } from '../../platforms/budget';
import type { CirkwiPush } from '../../platforms/cirkwi/client';
import { createCirkwiPush } from '../../platforms/cirkwi/http-push';
import { FailureKind } from '../../platforms/failure';
import { failureOf } from './failures';
import { type Answer, dropped, type LocalServer, raw, startLocalServer } from './local-server';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function pushTo(answer: Answer): Promise<CirkwiPush> {
  server = await startLocalServer(answer);
  return createCirkwiPush({
    baseUrl: server.url,
    user: 'ot-demo',
    code: 'k1',
    username: 'reader',
    password: 'feed-password',
    budget: unlimited,
  });
}

const document = '<circuits version="2"><circuit id_circuit="ITB-ZZ-1"/></circuits>';
const circuit = { kind: 'circuit', id: 'ITB-ZZ-1' } as const;
const refusal = (status: number) =>
  raw(
    status,
    'application/xml',
    '<resultat statut="erreur" message="titre manquant : Boucle de Mme Dupont"/>',
  );

describe('a document that is put', () => {
  test('names its object by our id and answers that of Cirkwi', async () => {
    const push = await pushTo(raw(201, 'application/xml', '<resultat statut="ok" id="10925"/>'));

    expect(await push.put({ ...circuit, document })).toBe('10925');
    expect(server?.received).toMatchObject([
      {
        method: 'PUT',
        path: '/flux/ot-demo/k1/circuits.php?id=ITB-ZZ-1',
        headers: {
          authorization: expect.stringMatching(/^Basic /),
          'content-type': expect.stringContaining('xml'),
        },
        body: document,
      },
    ]);
  });

  test('and refused is a refused record, without the words about it', async () => {
    const push = await pushTo(refusal(400));

    const failure = await failureOf(push.put({ ...circuit, document }));

    expect(failure.kind).toBe(FailureKind.refusedRecord);
    expect(failure.message).not.toContain('Dupont');
  });

  test('whose answer is lost can be put again, because it names its object', async () => {
    const push = await pushTo(dropped);

    expect((await failureOf(push.put({ ...circuit, document }))).kind).toBe(FailureKind.transient);
  });

  test.each([
    ['says nothing', ''],
    ['says that it failed', '<resultat statut="erreur" message="x"/>'],
    ['names no id', '<resultat statut="ok"/>'],
  ])('and an answer that %s are not a success', async (_name, body) => {
    const push = await pushTo(raw(200, 'application/xml', body));

    expect((await failureOf(push.put({ ...circuit, document }))).kind).toBe(FailureKind.defect);
  });
});

describe('an object that is removed', () => {
  test('is named by our id', async () => {
    const push = await pushTo(raw(204, 'application/xml', ''));

    await push.remove({ kind: 'poi', id: 'POI-1' });

    expect(server?.received).toMatchObject([
      { method: 'DELETE', path: '/flux/ot-demo/k1/pois.php?id=POI-1' },
    ]);
  });

  test('and gone already is as good as removed', async () => {
    const push = await pushTo(refusal(404));

    await expect(push.remove(circuit)).resolves.toBeUndefined();
  });

  test('behind a gateway that says 404 is not taken for removed', async () => {
    const push = await pushTo(raw(404, 'text/html', '<html></html>'));

    expect((await failureOf(push.remove(circuit))).kind).toBe(FailureKind.defect);
  });
});
