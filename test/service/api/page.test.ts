import { bareApi, operationsOf } from './description';

const page = async (headers: Record<string, string> = {}, query = '') => {
  const reply = await bareApi().request(`/api/v1${query}`, { headers });
  return { status: reply.status, html: await reply.text() };
};

describe('the page that describes the API', () => {
  it('shows every operation with its address, its scope and a request to copy', async () => {
    const { status, html } = await page({ 'accept-language': 'en' });

    expect(status).toBe(200);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    for (const { id, method, path, summary, scope } of await operationsOf()) {
      const card = html.split(`id="${id}"`)[1]?.split('</details>')[0] ?? '';
      expect(card).toContain(`${method} ${path}`);
      expect(card).toContain(summary);
      expect(card).toContain(`scope ${scope}`);
      expect(card).toContain('Authorization: Bearer $TOKEN');
    }
  });

  it('is in French unless the reader asks for English', async () => {
    const [french, english, chosen] = await Promise.all([
      page(),
      page({ 'accept-language': 'en-GB,en;q=0.9' }),
      page({ 'accept-language': 'fr' }, '?lang=en'),
    ]);

    expect(french.html).toContain('Lancer un passage');
    expect(french.html).toContain('lang="fr"');
    expect(english.html).toContain('Start a run');
    expect(chosen.html).toContain('Start a run');
  });

  it('needs no script and no style of its own, and links only to what it has', async () => {
    const { html } = await page();

    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html).not.toMatch(/<style| style="| on\w+="/);
    const anchors = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors.length).toBeGreaterThan(80);
    for (const anchor of new Set(anchors)) expect(html).toContain(`id="${anchor}"`);
  });
});
