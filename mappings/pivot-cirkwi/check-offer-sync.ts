import type { PreflightCheck } from '../preflight-check';
import type { FoundMarks, Marks } from './find-marks';

export interface OfferSyncFindings {
  sourceProblem: string | null;
  targetProblem: string | null;
  /** Offers that the stored query answers. */
  offers: number;
  query: string;
  found: FoundMarks;
  publicationRule: 'any' | 'all';
  half: { filterOnly: number; tagOnly: number; examples: string[] };
  publicUrl: string;
}

type Words = PreflightCheck['evidence'];
const NONE: Words = { fr: '', en: '' };

/** The prerequisites of a PIVOT -> Cirkwi sync, each with what was seen and what to do. */
export function checkOfferSync(found: OfferSyncFindings): PreflightCheck[] {
  return [
    connection('connection-pivot', 'PIVOT', found.sourceProblem),
    connection('connection-cirkwi', 'Cirkwi', found.targetProblem),
    storedQuery(found),
    filterAndTags(found),
    halfTicked(found),
    feedAddress(found),
  ];
}

function connection(code: string, platform: string, problem: string | null): PreflightCheck {
  if (problem === null)
    return {
      code,
      result: 'pass',
      evidence: { fr: `${platform} répond.`, en: `${platform} answers.` },
      advice: NONE,
    };
  return {
    code,
    result: 'fail',
    evidence: { fr: problem, en: problem },
    advice: {
      fr: `Vérifiez l'adresse, la clé ou les identifiants de ${platform} dans la configuration ; pour PIVOT, la clé est liée à une seule adresse IP.`,
      en: `Check ${platform}'s address, key or credentials in the configuration; PIVOT ties its key to one IP address.`,
    },
  };
}

function storedQuery({ sourceProblem, offers, query }: OfferSyncFindings): PreflightCheck {
  const code = 'stored-query';
  if (sourceProblem === null && offers > 0)
    return {
      code,
      result: 'pass',
      evidence: {
        fr: `La requête ${query} donne ${offers} offres.`,
        en: `Query ${query} answers ${offers} offers.`,
      },
      advice: NONE,
    };
  return {
    code,
    result: 'fail',
    evidence: { fr: `La requête ${query} ne donne aucune offre.`, en: `Query ${query} answers no offer.` },
    advice: {
      fr: 'Vérifiez le code de la requête enregistrée dans PIVOT et ce que la clé peut voir ; rien ne sera retiré de Cirkwi.',
      en: 'Check the code of the stored query in PIVOT and what the key may see; nothing is withdrawn from Cirkwi.',
    },
  };
}

const MEANINGS: Readonly<
  Record<keyof Marks, { words: Words; setting: string; ruleNeeds: 'all' | 'either' }>
> = {
  filterUrns: {
    words: { fr: 'le filtre « Cirkwi »', en: 'the filter "Cirkwi"' },
    setting: 'filterUrns',
    ruleNeeds: 'all',
  },
  cirkwiTagUrns: {
    words: { fr: 'le tag public « Cirkwi »', en: 'the public tag "Cirkwi"' },
    setting: 'cirkwiTagUrns',
    ruleNeeds: 'either',
  },
  networkTagUrns: {
    words: { fr: 'le tag public « Réseau cdf »', en: 'the public tag "Réseau cdf"' },
    setting: 'networkTagUrns',
    ruleNeeds: 'either',
  },
};

/** Without filter and tags everything would read as unticked: that must never withdraw anything. */
function filterAndTags({ found, sourceProblem }: OfferSyncFindings): PreflightCheck {
  const code = 'filter-and-tags';
  const { marks, missing, ambiguous } = found;
  if (sourceProblem === null && missing.length === 0 && ambiguous.length === 0) {
    const urns = [...marks.filterUrns, ...marks.cirkwiTagUrns, ...marks.networkTagUrns].join(', ');
    return {
      code,
      result: 'pass',
      evidence: { fr: `Trouvés dans le thésaurus : ${urns}.`, en: `Found in the thesaurus: ${urns}.` },
      advice: NONE,
    };
  }
  const lines = (language: 'fr' | 'en') => [
    ...missing.map(
      (meaning) =>
        `${MEANINGS[meaning].words[language]} : ${language === 'fr' ? 'introuvable' : 'not found'}`,
    ),
    ...ambiguous.map(
      ({ meaning, candidates }) =>
        `${MEANINGS[meaning].words[language]} : ${candidates
          .map(({ urn, category, owner }) => `${urn} (${category ?? '-'}, ${owner ?? '-'})`)
          .join(' ; ')}`,
    ),
  ];
  const settings = [...missing, ...ambiguous.map(({ meaning }) => meaning)].map((m) => MEANINGS[m].setting);
  return {
    code,
    result: 'fail',
    evidence: { fr: `${lines('fr').join('. ')}.`, en: `${lines('en').join('. ')}.` },
    advice: {
      fr: `Indiquez l'urn à retenir dans la configuration : policies.${settings.join(', policies.')}.`,
      en: `Name the urn to use in the configuration: policies.${settings.join(', policies.')}.`,
    },
  };
}

function halfTicked({ half, publicationRule }: OfferSyncFindings): PreflightCheck {
  const code = 'half-ticked';
  const n = half.filterOnly + half.tagOnly;
  if (n === 0)
    return {
      code,
      result: 'pass',
      evidence: { fr: 'Aucune offre n’est cochée à moitié.', en: 'No offer is half ticked.' },
      advice: NONE,
    };
  const examples = half.examples.join(', ');
  const published: Words =
    publicationRule === 'any'
      ? { fr: 'Elles sont publiées (règle « any »)', en: 'They are published (rule "any")' }
      : { fr: 'Elles ne sont pas publiées (règle « all »)', en: 'They are not published (rule "all")' };
  return {
    code,
    result: 'warn',
    evidence: {
      fr: `${half.filterOnly} offres portent le filtre sans tag, ${half.tagOnly} un tag sans le filtre : ${examples}. ${published.fr}.`,
      en: `${half.filterOnly} offers bear the filter without a tag, ${half.tagOnly} a tag without the filter: ${examples}. ${published.en}.`,
    },
    advice: {
      fr: 'Cochez dans PIVOT le filtre et les tags ensemble, ou décochez-les ensemble.',
      en: 'Tick filter and tags together in PIVOT, or untick them together.',
    },
  };
}

function feedAddress({ publicUrl }: OfferSyncFindings): PreflightCheck {
  const code = 'feed-address';
  const isSafe = publicUrl.startsWith('https://');
  return {
    code,
    result: isSafe ? 'pass' : 'warn',
    evidence: { fr: `Cirkwi lit les flux sur ${publicUrl}.`, en: `Cirkwi reads the feeds at ${publicUrl}.` },
    advice: isSafe
      ? NONE
      : {
          fr: 'L’adresse du flux contient un secret : servez-la en https.',
          en: 'The feed’s address holds a secret: serve it over https.',
        },
  };
}
