import { once } from 'node:events';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { maskLimits, openMaskArchive } from '../../../mappings/planexpo-inwink/mask/mask-archive';
import { readMask } from '../../../mappings/planexpo-inwink/mask/mask-read';
import { exported, refusals, storedEntry, type ZipEntry, zip } from './mask-fixtures';

const MEGABYTE = 1024 * 1024;

describe('a file that is no mask', () => {
  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['plain text', Buffer.from('Produit;ID\nBannière;p-31\n')],
    ['a zip cut in half', zip([storedEntry('xl/workbook.xml', '<workbook/>')]).subarray(0, 40)],
    ['a zip that holds something else', zip([storedEntry('readme.txt', 'hello')])],
    ['a workbook with broken XML', workbookOf({ workbook: '<workbook><sheets>' })],
    ['a workbook without sheet data', workbookOf({ workbook: '<workbook><sheets></workbook>' })],
  ])('refuses %s as not a workbook', async (_, file) => {
    expect(await refusals(file)).toEqual(['!- not-a-workbook']);
  });

  it('says of an old or password-protected workbook how to save it', async () => {
    const file = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);

    expect(await refusals(file)).toEqual(['!- old-or-encrypted']);
  });

  it('refuses a workbook that holds macros, whatever its file name is', async () => {
    const byPart = zip([...partsOf({}), storedEntry('xl/vbaProject.bin', 'x')]);
    const byType = zip(
      partsOf({ types: '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>' }),
    );

    expect(await refusals(byPart)).toEqual(['!- macros']);
    expect(await refusals(byType)).toEqual(['!- macros']);
  });

  it('refuses a file of more than 5 MB without looking inside', async () => {
    const file = Buffer.concat([await exported(), Buffer.alloc(5 * MEGABYTE)]);

    expect(await refusals(file)).toEqual(['!- too-large']);
  });
});

describe('a zip bomb', () => {
  it('is refused by the size it declares, without inflating it', async () => {
    const bomb = await deflatedZeros(600 * MEGABYTE);
    const file = zip([...partsOf({}), { ...bomb, declaredSize: 600 * MEGABYTE }]);
    const peakBefore = process.resourceUsage().maxRSS;

    const refused = await refusals(file);

    expect(file.length).toBeLessThan(maskLimits.fileBytes);
    expect(refused).toEqual(['!- zip-bomb']);
    expect(process.resourceUsage().maxRSS - peakBefore).toBeLessThan(100 * 1024); // kilobytes
  });

  it('is refused when it lies about its size, as soon as more comes out than it declares', async () => {
    const bomb = await deflatedZeros(600 * MEGABYTE);
    const file = zip([...partsOf({ sheet: { ...bomb, declaredSize: 1000 } })]);
    const peakBefore = process.resourceUsage().maxRSS;

    const refused = await refusals(file);

    expect(refused).toEqual(['!- zip-bomb']);
    expect(process.resourceUsage().maxRSS - peakBefore).toBeLessThan(100 * 1024); // kilobytes
  });

  it('is refused when it is made of very many small entries', async () => {
    const many = Array.from({ length: maskLimits.entries + 1 }, (_, index) => storedEntry(`a${index}`, ''));

    expect(await refusals(zip(many))).toEqual(['!- zip-bomb']);
  });

  it('is refused when it consists of very many XML tags', async () => {
    const sheet = `<worksheet><sheetData>${'<c/>'.repeat(1_600_000)}</sheetData></worksheet>`;
    const file = zip(partsOf({ sheet: deflated(sheet) }));

    expect(await refusals(file)).toEqual(['!- too-complex']);
  });
});

describe('a workbook made to exhaust its reader', () => {
  it.each([
    ['a row number beyond every spreadsheet', { rows: '<row r="4000000000"/>' }],
    ['a row number written as an entity', { rows: '<row r="&#52;000000000"/>' }],
    ['a row number hidden in another attribute', { rows: `<row x=' r="1"' r="4000000000"/>` }],
    [
      'a merge written in a form no program writes',
      { after: '<mergeCells><mergeCell ref="$A$1:$XFD$1048576"/></mergeCells>' },
    ],
    ['a sheet id of four billion', { sheetId: '4000000000' }],
    ['a document type with entities', { before: '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' }],
  ])('is refused: %s', async (_, hostile) => {
    expect(await refusals(hostileWorkbook(hostile))).toEqual(['!- not-a-workbook']);
  });

  it.each([
    ['a merge over the whole sheet', { after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' }],
    [
      'a validation over the whole sheet',
      {
        after:
          '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>',
      },
    ],
    [
      'a name for every cell',
      { names: '<definedNames><definedName name="all">Sheet!$A$1:$XFD$1048576</definedName></definedNames>' },
    ],
    ['a billion columns', { cols: '<cols><col min="1" max="1000000000" width="5"/></cols>' }],
  ])('is read without expanding it: %s', async (_, hostile) => {
    const missing = ['Prérequis techniques!- missing-sheet', 'Champs par défaut!- missing-sheet'];

    expect(await refusals(hostileWorkbook(hostile))).toEqual([
      ...missing,
      'Produits et options!- missing-sheet',
    ]);
  });
});

it('keeps only the parts that a mask needs', async () => {
  const file = zip([
    ...partsOf({}),
    storedEntry('xl/media/image1.png', 'x'),
    storedEntry('xl/comments1.xml', '<x/>'),
  ]);

  const archive = await openMaskArchive(file);

  expect(archive.kind === 'parts' && [...archive.parts.keys()]).toEqual(partsOf({}).map(({ name }) => name));
});

it('refuses a part whose bytes are not those that were packed', async () => {
  const honest = storedEntry('', '<worksheet><sheetData/></worksheet>');
  const damaged = { ...honest, body: Buffer.from('<worksheet><sheetDatX/></worksheet>') };

  expect(await refusals(zip(partsOf({ sheet: damaged })))).toEqual(['!- not-a-workbook']);
});

it('never throws on bytes that were damaged on the way', async () => {
  const file = await exported();
  for (let at = 0; at < file.length; at += 97) {
    const damaged = Buffer.from(file);
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;

    await expect(readMask(damaged)).resolves.toHaveProperty('ok');
  }
});

interface Parts {
  workbook?: string;
  types?: string;
  sheet?: ZipEntry;
}

function partsOf({ workbook, types, sheet }: Parts): ZipEntry[] {
  return [
    storedEntry('[Content_Types].xml', `<Types>${types ?? ''}</Types>`),
    storedEntry('xl/workbook.xml', workbook ?? sheets('1')),
    storedEntry(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    sheet
      ? { ...sheet, name: 'xl/worksheets/sheet1.xml' }
      : storedEntry('xl/worksheets/sheet1.xml', '<worksheet><sheetData/></worksheet>'),
  ];
}

function workbookOf(parts: Parts): Buffer {
  return zip(partsOf(parts));
}

function sheets(sheetId: string, names = ''): string {
  return `<workbook><sheets><sheet name="Sheet" sheetId="${sheetId}" r:id="rId1"/></sheets>${names}</workbook>`;
}

interface Hostile {
  rows?: string;
  after?: string;
  before?: string;
  cols?: string;
  names?: string;
  sheetId?: string;
}

function hostileWorkbook({
  rows = '',
  after = '',
  before = '',
  cols = '',
  names = '',
  sheetId = '1',
}: Hostile): Buffer {
  const xml = `${before}<worksheet>${cols}<sheetData>${rows}</sheetData>${after}</worksheet>`;
  return zip(partsOf({ workbook: sheets(sheetId, names), sheet: storedEntry('', xml) }));
}

/** Many zeros, compressed a megabyte at a time so that the test itself stays small. */
async function deflatedZeros(size: number): Promise<ZipEntry> {
  const deflate = createDeflateRaw({ level: 9 });
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(MEGABYTE);
  for (let written = 0; written < size; written += MEGABYTE) {
    await new Promise<void>((resolve, reject) =>
      deflate.write(zeros, (error) => (error ? reject(error) : resolve())),
    );
  }
  deflate.end();
  await once(deflate, 'end');
  return { name: 'xl/media/zeros.bin', body: Buffer.concat(chunks), method: 8, declaredSize: size };
}

function deflated(content: string): ZipEntry {
  const bytes = Buffer.from(content);
  return { name: '', body: deflateRawSync(bytes), method: 8, declaredSize: bytes.length, crc: crc32(bytes) };
}
