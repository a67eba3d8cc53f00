import type { Command } from 'commander';
import type { Pair } from '../../config/schema';
import type { Language } from '../../mappings/reason-types';
import { decide, type Follows } from '../../operations/decide';
import { recordWords } from '../../operations/record-words';
import { syncOf } from '../../operations/syncs';
import { answer, COLON } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError, withContext } from '../context';

/** Answered in the words of the pair. */
const TOLD = ['dossier-told', 'offer-told', 'record-told'] as const satisfies Follows[];
type Told = (typeof TOLD)[number];

const WORDS = {
  fr: {
    closed: 'Point classé.',
    'track-told': 'La décision sur le tracé est appliquée maintenant ; « passerelle show » dit où il en est.',
    'next-run': 'La décision vaut pour le prochain passage : passerelle run.',
  },
  en: {
    closed: 'Item closed.',
    'track-told':
      'The decision about the track is put into effect now; "passerelle show" tells where it stands.',
    'next-run': 'The decision counts in the next run: passerelle run.',
  },
} as const satisfies Record<Language, Record<Exclude<Follows, Told>, string>>;

/** `passerelle decide ITEM DECISION [ARGUMENT]`: a person's answer to an attention item. */
export function decideCommand(program: Command): void {
  const command = program
    .command('decide')
    .argument('<item>', 'number of the item, as "attention" shows it')
    .argument('<decision>', 'one of the decisions on offer')
    .argument('[argument]', 'what the decision needs, such as the id of an Inwink record')
    .description('answer an attention item; the answer is kept with your name');
  withCommonOptions(
    command,
    'decide 12 recreate',
    'decide 12 relink 6b0f6a0e-2f4e-4a55-9d5a-2f1f0f6f3a11',
  ).action((item: string, decision: string, argument: string | undefined, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { offer, ...decided } = await decide(context, itemNumber(item), decision, argument);
      const { language, pair } = syncOf(context.configuration, decided.sync);
      answer(
        options,
        decided,
        () =>
          `${offer.label[language]}${COLON[language]}${offer.effect[language]}\n${followsText(decided.follows, pair, language)}`,
      );
    }),
  );
}

function itemNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`there is no attention item "${text}": see "passerelle attention"`);
}

function followsText(follows: Follows, pair: Pair, language: Language): string {
  return isTold(follows) ? recordWords(pair, language).decisionApplied : WORDS[language][follows];
}

function isTold(follows: Follows): follows is Told {
  return TOLD.some((each) => each === follows);
}
