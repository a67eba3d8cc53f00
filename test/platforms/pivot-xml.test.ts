import fc from 'fast-check';
import { UnreadableText } from '../../platforms/http';
import { readXml } from '../../platforms/xml';

const lists = ['offre', 'spec'];
const read = (text: string, maxChars?: number) => readXml(text, { lists, maxChars });

describe('an XML document', () => {
  test('keeps attributes, texts as they are written, and lists of one', () => {
    const document = read(
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<p:offres xmlns:p="urn:x" count="01">' +
        '<p:offre codeCgt="A&amp;B"><cp>0680</cp><v> 120.10 </v><l lang="fr">Yvoir</l><e/></p:offre></p:offres>\n',
    );

    expect(document).toEqual({
      root: 'offres',
      value: {
        '@count': '01',
        offre: [
          { '@codeCgt': 'A&B', cp: '0680', v: '120.10', l: { '@lang': 'fr', '#text': 'Yvoir' }, e: '' },
        ],
      },
    });
  });

  test('has its entities decoded once, and nothing decoded in CDATA', () => {
    const { value } = read('<a><t>&#233;&#xE9; &lt;b&gt; &amp;#233;</t><c><![CDATA[<p>&#233;</p>]]></c></a>');

    expect(value).toEqual({ t: 'éé <b> &#233;', c: '<p>&#233;</p>' });
  });

  test('with thousands of entities is read', () => {
    expect(read(`<a>${'&amp;'.repeat(20_000)}</a>`).value).toHaveLength(20_000);
  });

  test('holds no character that a database refuses', () => {
    const { value } = read('<a><t b="x\u0000y&#0;">a&#0;b\u0000c\uD800</t></a>');

    expect(JSON.stringify(value)).not.toMatch(/\\u0000|\\ud800/i);
  });

  test('may hold a pasted page and a comment that look like a document type', () => {
    expect(read('<a><!-- <!DOCTYPE x> --><b><![CDATA[<!DOCTYPE html><p>]]></b></a>').value).toEqual({
      b: '<!DOCTYPE html><p>',
    });
  });
});

describe('refused as unreadable is', () => {
  test.each([
    ['a text that is not XML', '[CCM006] Results not found'],
    ['nothing', ''],
    ['an element that is never closed', '<a><b></a>'],
    ['a document cut off after an element', '<a><b>1</b>'],
    ['a document cut off inside its last tag', '<a><b>1</b></a'],
    ['a document cut off inside CDATA', '<a><![CDATA[x</a>'],
    ['a page of HTML', '<!DOCTYPE html><html><body>Sorry</body></html>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity that names a file', '<!doctype a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['two documents in one', '<a/><b/>'],
    ['two documents of one name', '<a/><a/>'],
    ['something after the document', '<a/>tail'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['a depth that no document needs', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
    ['a name that means something to JavaScript', '<a><__proto__>x</__proto__></a>'],
  ])('%s', (_name, text) => {
    expect(() => read(text)).toThrow(UnreadableText);
  });

  test('a document larger than agreed', () => {
    expect(() => read('<a>123456</a>', 12)).toThrow(UnreadableText);
    expect(read('<a>123456</a>', 13).value).toBe('123456');
  });

  test('every document cut off before its end, with a message that quotes nothing', () => {
    const whole = '<a n="secret"><b>secret</b><c><![CDATA[secret]]></c><!-- secret --></a>';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (end) => {
        let message = 'was read';
        try {
          read(whole.slice(0, end));
        } catch (error) {
          message = error instanceof UnreadableText ? error.message : String(error);
        }
        expect(message).toMatch(/^not /);
      }),
    );
  });

  test('any text is either read or refused in this way', () => {
    const piece = fc.oneof(
      fc.constantFrom('<a>', '</a>', '<a ', '/>', '<![CDATA[', ']]>', '<!--', '-->', '&amp;', '="', '<?xml'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          expect(typeof read(pieces.join('')).root).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableText);
        }
      }),
    );
  });
});
