import { cleanHtml } from '../../mappings/pivot-cirkwi/clean-html';

describe('cleanHtml', () => {
  it.each([
    ['<p>Une <strong>belle</strong> boucle.</p>\n<ul><li>gué</li></ul>', null],
    ['Texte simple, 100 % &eacute; &#233; &amp; 2 > 1', null],
    ['<a href="https://a.example/?x=1&amp;y=2" title="là">ici</a>', null],
    ['<p style="color:red" class=\'x\' onclick="run()">a</p>', '<p>a</p>'],
    ['a<script type="text/javascript">if (a < b) run()</script>b', 'ab'],
    ['a<script>run()', 'a'],
    ['<scr<script>x</script>ipt>run()', '&lt;script>run()'],
    ['<a href="javascript:run()">x</a><a href="&#106;avascript:run()">y</a>', '<a>x</a><a>y</a>'],
    ['<IMG SRC=https://a.example/i.png ONERROR=run()>', '<img src="https://a.example/i.png"/>'],
    ['<o:p>a</o:p><font size="2">b</font>', 'ab'],
    ['<http://a.example> <me@a.example>', '&lt;http://a.example> &lt;me@a.example>'],
    ['a<!-- <b> -->b<!-- c', 'ab'],
    ['1 < 2 <3', '1 &lt; 2 &lt;3'],
    ['a\r\nb\rc\td', 'a\nb\nc\td'],
    ['a\u0000\u0008\uD800b😀', 'ab😀'],
    ['<br><br/><hr />x', '<br/><br/><hr/>x'],
  ])('makes of %j %j', (raw, expected) => {
    expect(cleanHtml(raw)).toBe(expected ?? raw);
  });

  it.each(['', ' \n', '<p> </p>', '<p>&nbsp;</p><br>', '<script>x</script>'])(
    'finds nothing to read in %j',
    (raw) => {
      expect(cleanHtml(raw)).toBeNull();
    },
  );

  it.each(['<', '<a "', '<a href="', '<!--', '<script>', "<p title='", '<a '])(
    'takes no longer than its length allows for a text of many %j',
    (piece) => {
      const size = 400_000;

      expect(cleanHtml(piece.repeat(size / piece.length))?.length ?? 0).toBeLessThan(size * 6);
    },
  );
});
