import * as fc from 'fast-check';
import { comparable } from '../../mappings/weavy-webmecanik/compare-value';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { VALUE_FORMS } from '../../mappings/weavy-webmecanik/field-mapping';
import { spell } from '../../mappings/weavy-webmecanik/spell-value';
import { anyText } from '../mappings/any-text';
import { holds } from '../mappings/holds';

const OPEN = { length: null, choices: null };
const side: fc.Arbitrary<Side> = fc.constantFrom('weavy', 'mautic');
const form = fc.constantFrom(...VALUE_FORMS);
const moment = fc.date({
  noInvalidDate: true,
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9000-01-01T00:00:00Z'),
});
const value = fc.oneof(
  anyText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  moment.map((day) => day.toISOString()),
  fc.constantFrom('FR', 'Tahiti', 'East Timor', 'Réunion', 'fr_FR', 'ZH-HANS-CN', 'oui', '1 234,50', 'a|b|a'),
  fc.constantFrom('GB', 'Unknown', 'Virgin Islands (U.S.)', '+33 (0)3 90', '00 33', 'A@B.fr', '2026-03-01'),
);

describe('values of both sides', () => {
  it('mean the same after they were spelled for the other side', () => {
    holds(
      fc.property(form, side, value, (as, to, given) => {
        const from = to === 'weavy' ? 'mautic' : 'weavy';
        const spelled = spell(as, to, given, OPEN);
        if ('problem' in spelled) return;
        expect(comparable(as, to, spelled.value)).toBe(comparable(as, from, given));
      }),
    );
  });

  it('are spelled again as they are', () => {
    holds(
      fc.property(form, side, value, (as, to, given) => {
        const once = spell(as, to, given, OPEN);
        if ('problem' in once) return;
        const back = spell(as, to === 'weavy' ? 'mautic' : 'weavy', once.value, OPEN);
        if ('problem' in back) return;
        const again = spell(as, to, back.value, OPEN);
        expect('value' in again && comparable(as, to, again.value)).toBe(comparable(as, to, once.value));
      }),
    );
  });

  it('are blank on one side only when they are blank on the other', () => {
    holds(
      fc.property(form, value, (as, given) => {
        expect(comparable(as, 'weavy', given) === null).toBe(comparable(as, 'mautic', given) === null);
      }),
    );
  });

  it('in a closed list are spelled as the list spells them', () => {
    const words = fc.stringMatching(/^[a-zé]{1,6}$/);
    holds(
      fc.property(
        side,
        fc.uniqueArray(words, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (to, words, index) => {
          const choices = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
          const given = words[index % words.length] ?? '';
          const limits = { length: null, choices };
          const own = choices[index % words.length];
          expect(spell('text', to, given, limits)).toEqual({ value: own });
          expect(spell('list', to, ` ${given.toUpperCase()} |${given}`, limits)).toEqual({ value: own });
        },
      ),
    );
  });
});
