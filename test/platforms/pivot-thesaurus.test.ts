import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createPivotClient } from '../../platforms/pivot/http-client';
import { failureOf } from './failures';
import { type Answer, json, type LocalServer, raw, startLocalServer } from './local-server';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer, format?: 'json' | 'xml') {
  server = await startLocalServer(answer);
  return createPivotClient({ baseUrl: server.url, wsKey: 'key', format, budget: unlimited });
}

const filter = {
  urn: 'urn:fld:filtcat:01:000001',
  userGlobalId: 1,
  userGlobalName: 'Office du tourisme',
  type: 'Boolean',
  label: [
    { lang: 'nl', value: 'Cirkwi (nl)' },
    { lang: 'fr', value: 'Cirkwi' },
  ],
  dynamic: true,
};
const tree = {
  spec: [
    {
      urn: 'urn:typ:8',
      type: 'Type',
      spec: [
        {
          urn: 'urn:cat:ident',
          type: 'Category',
          spec: [
            { urn: 'urn:fld:nomofr', type: 'FirstUpperStringML', label: [{ lang: 'fr', value: 'Nom' }] },
            { urn: 'urn:cat:ident:filtre', type: 'Category', spec: [filter] },
            { urn: 'urn:fld:pmr', type: 'Boolean', spec: null },
          ],
        },
        { urn: 'urn:cat:filtre', type: 'Category', spec: filter },
        {
          urn: 'urn:cat:cirkwi',
          type: 'Category',
          spec: [
            { urn: 'urn:fld:cirkwi:reseau', type: 'Boolean', label: { lang: 'fr', value: 'Réseau cdf' } },
          ],
        },
      ],
    },
  ],
};
const treeXml = `<?xml version="1.0" encoding="UTF-8"?>
<thesaurus xmlns="http://pivot.tourismewallonie.be/files/xsd/pivot/3.1"><spec urn="urn:typ:8"><type>Type</type>
 <spec urn="urn:cat:ident"><type>Category</type>
  <spec urn="urn:fld:nomofr"><type>FirstUpperStringML</type><label lang="fr"><value>Nom</value></label></spec>
  <spec urn="urn:cat:ident:filtre"><type>Category</type>
   <spec urn="urn:fld:filtcat:01:000001" userGlobalId="1" userGlobalName="Office du tourisme"><type>Boolean</type>
    <label lang="nl"><value>Cirkwi (nl)</value></label><label lang="fr"><value><![CDATA[Cirkwi]]></value></label></spec>
  </spec>
  <spec urn="urn:fld:pmr"><type>Boolean</type></spec>
 </spec>
 <spec urn="urn:cat:filtre"><type>Category</type><spec urn="urn:fld:filtcat:01:000001"><type>Boolean</type></spec></spec>
 <spec urn="urn:cat:cirkwi"><type>Category</type>
  <spec urn="urn:fld:cirkwi:reseau"><type>Boolean</type><label lang="fr"><value>Réseau cdf</value></label></spec></spec>
</spec></thesaurus>`;

test.each<['json' | 'xml', Answer]>([
  ['json', json(200, tree)],
  ['xml', raw(200, 'application/xml', treeXml)],
])('the Boolean fields of a type are found in %s wherever they stand, each once', async (format, answer) => {
  const client = await clientOf(answer, format);

  expect(await client.booleanFields(8)).toEqual([
    {
      urn: 'urn:fld:filtcat:01:000001',
      label: 'Cirkwi',
      category: 'urn:cat:ident:filtre',
      owner: 'Office du tourisme',
      offerType: 8,
    },
    { urn: 'urn:fld:pmr', label: 'urn:fld:pmr', category: 'urn:cat:ident', owner: null, offerType: 8 },
    {
      urn: 'urn:fld:cirkwi:reseau',
      label: 'Réseau cdf',
      category: 'urn:cat:cirkwi',
      owner: null,
      offerType: 8,
    },
  ]);
  expect(server?.received[0]).toMatchObject({
    path: `/thesaurus/typeofr/8;hidden=true;fmt=${format}`,
    headers: { accept: `application/${format}`, ws_key: 'key' },
  });
});

test.each<[string, Answer]>([
  ['HTML', raw(200, 'text/html', '<html></html>')],
  ['an empty document', json(200, {})],
  ['an empty tree', json(200, { spec: [] })],
])('a thesaurus that answers %s is a defect, not a type without fields', async (_name, answer) => {
  const client = await clientOf(answer);

  expect((await failureOf(client.booleanFields(8))).kind).toBe(FailureKind.defect);
});
