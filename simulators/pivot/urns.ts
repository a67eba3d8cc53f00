/** Urns of fields and relations (documented), and of the filter and the tags (assumed: the real ones are not public). */
export const FIELD = {
  name: 'urn:fld:nomofr',
  type: 'urn:fld:typeofr',
  code: 'urn:fld:codecgt',
  state: 'urn:fld:etatedit',
  created: 'urn:fld:datecre',
  modified: 'urn:fld:datemod',
  visibility: 'urn:fld:visibil',
  marketing: 'urn:fld:descmarket',
  mediaKind: 'urn:fld:typmed',
  mediaUrl: 'urn:fld:url',
  credit: 'urn:fld:copyr',
} as const;

export const MEDIA_KIND = {
  gpx: 'urn:val:typmed:gpx',
  photo: 'urn:val:typmed:photo',
  video: 'urn:val:typmed:video',
  doc: 'urn:val:typmed:doc',
} as const;

export const LINK = { defaultMedia: 'urn:lnk:media:defaut', otherMedia: 'urn:lnk:media:autre' } as const;

/** The filter "Cirkwi" and the public tags "Cirkwi" and "Réseau cdf". */
export const CIRKWI = {
  filter: 'urn:fld:filtcat:01:000001',
  tag: 'urn:fld:cirkwi:publie',
  network: 'urn:fld:cirkwi:reseau',
} as const;

/** Id and letters of each offer type (documented); codes of new offers begin with the letters. */
export const OFFER_TYPES: ReadonlyMap<number, { code: string; label: string }> = new Map([
  [1, { code: 'HTL', label: 'Hôtel' }],
  [2, { code: 'GIT', label: 'Gîte' }],
  [3, { code: 'CHB', label: 'Chambre d’hôtes' }],
  [4, { code: 'MBL', label: 'Meublé' }],
  [5, { code: 'CMP', label: 'Camping' }],
  [6, { code: 'BDG', label: 'Budget Holiday' }],
  [7, { code: 'VLG', label: 'Village de vacances' }],
  [8, { code: 'ITB', label: 'Itinéraire' }],
  [9, { code: 'EVT', label: 'Événement' }],
  [11, { code: 'ALD', label: 'Découverte et Divertissement' }],
  [12, { code: 'GTR', label: 'Guide touristique' }],
  [14, { code: 'OGT', label: 'Organisme touristique' }],
  [258, { code: 'PRD', label: 'Producteur' }],
  [259, { code: 'ATS', label: 'Artisan' }],
  [260, { code: 'BTQ', label: 'Boutique de terroir' }],
  [261, { code: 'RST', label: 'Restaurant' }],
  [268, { code: 'ANX', label: 'Média' }],
  [269, { code: 'POI', label: 'Point d’intérêt' }],
]);
