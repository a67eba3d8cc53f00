import { type Scene, startScene } from './scene';

const begunAt = Math.floor(Date.now() / 1_000) - 60;

/** What a world looks like after a first run, two changes and a full pass, read in one of PIVOT's two forms. */
async function story(format: 'json' | 'xml') {
  const scene = await startScene({ format, pivot: { pageSize: 10 } });
  try {
    const { notes } = await scene.begin({ offers: 60 });
    const [one = '', two = ''] = notes.publishable;
    const first = await scene.run();
    await scene.change(one, { nom: 'Titre & « guillemets » <b>' });
    await scene.untick(two);
    const second = await scene.run();
    const full = await scene.run({ full: true });
    const pulled = await scene.pull();
    const counts = [first, second, full].map((run) => run.counts);
    return {
      counts,
      writes: [first, second, full].map((run) => run.writes),
      pulled,
      feeds: await feeds(scene),
    };
  } finally {
    await scene.close();
  }
}

async function feeds(scene: Scene) {
  const { pivot, service } = scene.stack.urls;
  const texts = [await scene.feed('circuits'), await scene.feed('pois')];
  // the date of a change made by the test is the moment of the test
  return texts.map((text) =>
    text
      .replaceAll(pivot, 'PIVOT')
      .replaceAll(service, 'SERVICE')
      .replaceAll(/date_modification="(\d+)"/g, (all, at) => (Number(at) > begunAt ? 'date="now"' : all)),
  );
}

test('XML and JSON from PIVOT make the same feed', async () => {
  const json = await story('json');
  const xml = await story('xml');

  expect(xml.writes).toEqual(json.writes);
  expect(xml.counts).toEqual(json.counts);
  expect(xml.writes.slice(1)).toEqual([2, 0]);
  expect(xml.feeds).toEqual(json.feeds);
  expect(xml.pulled).toMatchObject({ rejected: [], failed: [] });
});
