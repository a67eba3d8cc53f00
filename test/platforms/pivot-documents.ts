/** One itinerary as PIVOT's JSON has it at content level 3, with the slips that its documents have. */
export const itineraryJson = {
  codeCgt: 'ITB-ZZ-0001-0007',
  dateCreation: '02-03-2024 09:00:00',
  dateModification: '2026-05-04T16:20:11+02:00',
  nom: 'Boucle du moulin',
  estActive: 20,
  estActiveUrn: { urn: 'urn:val:etatedit:30' },
  visibilite: 30,
  typeOffre: { idTypeOffre: 8, label: [{ lang: 'fr', value: 'Itinéraire' }] },
  adresse1: {
    rue: 'Rue du Moulin',
    numero: '-',
    idIns: 278,
    ins: '91141',
    cp: '5530',
    localite: [
      { lang: 'fr', value: 'Yvoir' },
      { lang: 'nl', value: 'Yvoir (nl)' },
    ],
    pays: 'Belgique',
    latitude: 50.31,
    longitude: 4.94,
    altitude: 102.5,
    noaddress: false,
  },
  adresse2: { commune: [{ lang: 'fr', value: 'Dinant' }], paysUrn: { urn: 'urn:val:pays:be' } },
  spec: [
    { urn: 'urn:fld:dist', type: 'UFloat', value: '8,4' },
    { urn: 'urn:fld:hdifmax', type: 'Int', value: ' 120 ' },
    { urn: 'urn:fld:hdifmin', type: 'Int', value: '-118' },
    { urn: 'urn:fld:altmin', type: 'Int', value: 'about 90' },
    { urn: 'nl:urn:fld:nomofr', type: 'FirstUpperStringML', value: 'Molenlus' },
    { urn: 'urn:fld:descmarket', type: 'TextML', value: '<p>Une for&#234;t &#38; un ch&#xE2;teau</p>' },
    { urn: 'de:urn:fld:descmarket', type: 'TextML', value: '<p>Ein Wald</p>' },
    { urn: 'urn:fld:desccirc', type: 'TextML', value: 'Suivre le balisage' },
    { urn: 'urn:fld:infusgped', type: 'Boolean', value: 'true' },
    { urn: 'urn:fld:infusgpeddiff', type: 'Choice', value: 'urn:val:diff:facile' },
    { urn: 'urn:fld:infusgpeddur', type: 'UInt', value: '150' },
    { urn: 'urn:fld:infusgvtt', type: 'Boolean', value: 'false' },
    { urn: 'urn:fld:infusgpedpmr', type: 'Boolean', value: 'false' },
    { urn: 'urn:fld:infusgpedpou', type: 'Boolean', value: 'true' },
    { urn: 'urn:fld:famille', type: 'Boolean', value: 'true' },
    { urn: 'urn:fld:filtcat:01:000001', type: 'Boolean', value: 'true' },
    { urn: 'urn:fld:cirkwi:publie', type: 'Boolean', value: 'false' },
    { urn: 'urn:fld:homepage', type: 'URL', value: 'https://moulin.example' },
    { urn: 'urn:fld:idcirkwi', type: 'String', value: 10925 },
    {
      urn: 'urn:obj:date',
      type: 'Object',
      value: '',
      spec: [{ urn: 'urn:fld:date:lundi', type: 'Boolean', value: 'true' }],
    },
  ],
  relOffre: [
    {
      urn: 'urn:lnk:media:autre',
      offre: {
        codeCgt: 'ANX-ZZ-0001-0009',
        dateModification: '2026-05-04T16:19:58+02:00',
        nom: 'Trace',
        typeOffre: { idTypeOffre: 268 },
        spec: [
          { urn: 'urn:fld:typmed', type: 'Choice', value: 'urn:val:typmed:gpx' },
          { urn: 'urn:fld:url', type: 'String', value: 'https://pivot.example/media/ANX-ZZ-0001-0009' },
        ],
      },
    },
    {
      urn: 'urn:lnk:media:defaut',
      offre: {
        codeCgt: 'ANX-ZZ-0001-0008',
        dateModification: '03-05-2026 08:00:00',
        nom: 'Le moulin',
        typeOffre: { idTypeOffre: 268 },
        spec: [
          { urn: 'urn:fld:typmed', type: 'Choice', value: 'urn:val:typmed:photo' },
          { urn: 'urn:fld:url', type: 'String', value: 'https://pivot.example/img/moulin.jpg' },
          { urn: 'urn:fld:copyr', type: 'String', value: '© Office' },
          { urn: 'en:urn:fld:nomofr', type: 'FirstUpperStringML', value: 'The mill' },
        ],
      },
    },
    { urn: 'urn:lnk:contact:gestion', offre: { codeCgt: 'CTT-ZZ-0001-0001', nom: 'Ada Lovelace' } },
  ],
};

/** The same itinerary in XML, as PIVOT writes it: attributes, CDATA, its namespace. */
export const itineraryXml = `<offre codeCgt="ITB-ZZ-0001-0007" dateCreation="02-03-2024 09:00:00" dateModification="2026-05-04T16:20:11+02:00">
 <nom><![CDATA[Boucle du moulin]]></nom>
 <estActive>20</estActive><estActiveUrn urn="urn:val:etatedit:30"/><visibilite>30</visibilite>
 <typeOffre idTypeOffre="8"><label lang="fr"><value><![CDATA[Itinéraire]]></value></label></typeOffre>
 <adresse1>
  <rue><![CDATA[Rue du Moulin]]></rue><numero><![CDATA[-]]></numero><idIns>278</idIns><ins>91141</ins><cp>5530</cp>
  <localite lang="fr"><value><![CDATA[Yvoir]]></value></localite>
  <localite lang="nl"><value><![CDATA[Yvoir (nl)]]></value></localite>
  <pays>Belgique</pays><latitude>50.31</latitude><longitude>4.94</longitude><altitude>102.5</altitude><noaddress>false</noaddress>
 </adresse1>
 <adresse2><commune lang="fr"><value>Dinant</value></commune><paysUrn urn="urn:val:pays:be"/></adresse2>
 ${itineraryJson.spec.map(specXml).join('\n ')}
 ${itineraryJson.relOffre.map(relationXml).join('\n ')}
</offre>`;

interface SpecJson {
  urn: string;
  type: string;
  value: string | number;
  spec?: SpecJson[];
}

function specXml({ urn, type, value, spec }: SpecJson): string {
  const inner = (spec ?? []).map(specXml).join('');
  return `<spec urn="${urn}"><type>${type}</type><value><![CDATA[${value}]]></value>${inner}</spec>`;
}

function relationXml({ urn, offre }: (typeof itineraryJson.relOffre)[number]): string {
  const changed = offre.dateModification === undefined ? '' : ` dateModification="${offre.dateModification}"`;
  const type = offre.typeOffre === undefined ? '' : `<typeOffre idTypeOffre="268"/>`;
  const specs = (offre.spec ?? []).map(specXml).join('');
  return `<relOffre urn="${urn}"><offre codeCgt="${offre.codeCgt}"${changed}><nom>${offre.nom}</nom>${type}${specs}</offre></relOffre>`;
}

const NAMESPACE = 'http://pivot.tourismewallonie.be/files/xsd/pivot/3.1';

/** A list of offers in XML. */
export function offresXml(attributes: string, offers: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<offres xmlns="${NAMESPACE}" ${attributes}>${offers}</offres>`;
}

export function resultXml(value: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><result xmlns="${NAMESPACE}"><value>${value}</value></result>`;
}
