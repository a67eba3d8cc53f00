import { FIELD_SHEET } from '../../mappings/pivot-cirkwi/field-sheet';
import { FEED_SHAPES, type Shape } from './feed-schema';

/** Every element and attribute name that the schema knows. */
function namesOf(shape: Shape): string[] {
  const below = typeof shape.content === 'string' ? [] : shape.content;
  return [
    ...Object.keys(shape.attributes),
    ...below.flatMap(({ name, shape: own }) => [name, ...namesOf(own)]),
  ];
}

describe('the field table', () => {
  it('speaks of elements and attributes that the feed really has', () => {
    const known = new Set([...namesOf(FEED_SHAPES.circuits), ...namesOf(FEED_SHAPES.pois)]);
    const named = FIELD_SHEET.flatMap(({ cirkwi }) => cirkwi.replace(/\(m\)/u, '').match(/[a-z_]+/gu) ?? []);

    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('explains each line in both languages', () => {
    for (const { note } of FIELD_SHEET) {
      expect(note.fr).toMatch(/^\P{Ll}.+\.$/u);
      expect(note.en).toMatch(/^\P{Ll}.+\.$/u);
    }
  });
});
