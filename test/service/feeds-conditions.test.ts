import { type Conditions, selectForm } from '../../service/feed-conditions';

const DOCUMENT = { etag: 'abc', modifiedAt: new Date('2027-03-01T10:20:30.400Z') };

function select(conditions: Partial<Conditions>) {
  return selectForm(DOCUMENT, {
    acceptEncoding: undefined,
    ifNoneMatch: undefined,
    ifModifiedSince: undefined,
    ...conditions,
  });
}

describe('the form of a document', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP; Q=1.0', 'gzip'],
    ['br, deflate', 'identity'],
    ['br;q=1, gzip;q=0.1', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['*', 'gzip'],
    ['*;q=0', 'identity'],
    ['gzip;q=0, *', 'identity'],
    ['gzip;q=0.5, identity', 'identity'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=nonsense', 'identity'],
  ])('for "%s" is %s', (acceptEncoding, encoding) => {
    expect(select({ acceptEncoding }).encoding).toBe(encoding);
  });
});

describe('a document that the client holds', () => {
  it.each([
    ['"abc"', undefined, 'identity'],
    ['W/"abc"', undefined, 'identity'],
    ['"x", "abc" , "y"', undefined, 'identity'],
    ['"a,b","abc-gzip"', 'gzip', 'gzip'],
    ['*', 'gzip', 'gzip'],
    // uncompressed it is as acceptable to this client, and it is there already
    ['"abc"', 'gzip', 'identity'],
  ])('is known by %s with accepted encoding %s', (ifNoneMatch, acceptEncoding, encoding) => {
    expect(select({ ifNoneMatch, acceptEncoding })).toMatchObject({ unchanged: true, encoding });
  });

  it.each([
    ['"abc-gzip"', undefined],
    ['"abc"', 'gzip, identity;q=0'],
    ['"other"', 'gzip'],
    ['abc', undefined],
    ['', undefined],
  ])('is not known by %s with accepted encoding %s', (ifNoneMatch, acceptEncoding) => {
    expect(select({ ifNoneMatch, acceptEncoding }).unchanged).toBe(false);
  });

  it('is judged by its tag alone when the client names one', () => {
    const ifModifiedSince = 'Tue, 02 Mar 2027 00:00:00 GMT';

    expect(select({ ifModifiedSince }).unchanged).toBe(true);
    expect(select({ ifModifiedSince, ifNoneMatch: '"other"' }).unchanged).toBe(false);
  });

  it('is never known by a date when it has none', () => {
    const form = selectForm(
      { etag: 'abc', modifiedAt: null },
      {
        acceptEncoding: undefined,
        ifNoneMatch: undefined,
        ifModifiedSince: 'Tue, 02 Mar 2027 00:00:00 GMT',
      },
    );

    expect(form.unchanged).toBe(false);
  });
});
