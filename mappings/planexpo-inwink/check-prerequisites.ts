import type { PreflightCheck } from '../preflight-check';
import type { Mask } from './mask/mask';

export interface PreflightFindings {
  mask: Mask | null;
  sourceProblem: string | null;
  targetProblem: string | null;
  validatedDossiers: number;
  dossiersNeeded: number;
  planexpoProducts: number;
  inwinkFields: { exhibitor: string[]; registered: string[] };
  foreignPartners: number;
  drift: Array<{ row: number; planexpoId: string; code: string }>;
  /** ISO date. */
  today: string;
}

/** Custom fields that carry Planexpo's ids in Inwink; without them no partner can be found again. */
const NEEDED_FIELDS = ['planexpo_order_id', 'planexpo_public_order_id'];

type Words = { fr: string; en: string };
const NONE: Words = { fr: '', en: '' };
const MASK_FIRST: Words = {
  fr: "Aucun masque n'est en vigueur.",
  en: 'No mask is in force.',
};
const FILL_MASK: Words = {
  fr: 'Complétez la feuille des prérequis du masque, puis importez-le (mask import).',
  en: "Fill in the mask's prerequisites sheet, then import it (mask import).",
};

/** The prerequisites of the seed, each with what was seen and what to do. The order is the order of setting up. */
export function checkPrerequisites(found: PreflightFindings): PreflightCheck[] {
  return [
    connection('connection-planexpo', 'Planexpo', found.sourceProblem),
    connection('connection-inwink', 'Inwink', found.targetProblem),
    salesOpen(found),
    offerConfigured(found),
    validatedDossiers(found),
    managersInformed(found),
    maskComplete(found),
    inwinkFields(found),
    productDrift(found),
    secondWriter(found),
  ];
}

function connection(code: string, platform: string, problem: string | null): PreflightCheck {
  if (problem === null) return pass(code, { fr: `${platform} répond.`, en: `${platform} answers.` });
  return fail(code, same(problem), {
    fr: `Vérifiez l'adresse, les identifiants et les droits de ${platform} dans la configuration.`,
    en: `Check ${platform}'s address, credentials and rights in the configuration.`,
  });
}

function salesOpen({ mask, today }: PreflightFindings): PreflightCheck {
  const code = 'sales-open';
  const opened = mask?.prerequisites.salesOpenedOn ?? null;
  if (opened === null)
    return fail(
      code,
      mask === null ? MASK_FIRST : notAnswered("date d'ouverture des ventes", 'sales opening date'),
      FILL_MASK,
    );
  if (opened <= today)
    return pass(code, { fr: `Ventes ouvertes le ${opened}.`, en: `Sales opened on ${opened}.` });
  return fail(
    code,
    { fr: `Les ventes ouvrent le ${opened}.`, en: `Sales open on ${opened}.` },
    { fr: "Attendez l'ouverture de la commercialisation.", en: 'Wait until sales have opened.' },
  );
}

function offerConfigured({ mask, planexpoProducts }: PreflightFindings): PreflightCheck {
  const code = 'offer-configured';
  if (mask === null) return fail(code, MASK_FIRST, FILL_MASK);
  if (!mask.prerequisites.offerFrozen)
    return fail(code, notAnswered('offre figée', 'offer frozen'), FILL_MASK);
  if (planexpoProducts > 0)
    return pass(code, {
      fr: `Offre figée, ${planexpoProducts} produits dans Planexpo.`,
      en: `Offer frozen, ${planexpoProducts} products in Planexpo.`,
    });
  return fail(
    code,
    { fr: 'Planexpo ne propose aucun produit ni option.', en: 'Planexpo has no product and no option.' },
    {
      fr: "Configurez l'offre commerciale dans Planexpo.",
      en: 'Configure the commercial offer in Planexpo.',
    },
  );
}

function validatedDossiers({ validatedDossiers: n, dossiersNeeded }: PreflightFindings): PreflightCheck {
  const code = 'validated-dossiers';
  const evidence = {
    fr: `${n} dossiers réels validés vus, ${dossiersNeeded} nécessaires.`,
    en: `${n} real validated dossiers seen, ${dossiersNeeded} needed.`,
  };
  if (n >= dossiersNeeded) return pass(code, evidence);
  return fail(code, evidence, {
    fr: 'Validez de vrais dossiers (pas des tests) dans Planexpo.',
    en: 'Validate real dossiers (not tests) in Planexpo.',
  });
}

function managersInformed({ mask }: PreflightFindings): PreflightCheck {
  const code = 'managers-informed';
  const answers = mask?.prerequisites;
  if (answers === undefined) return fail(code, MASK_FIRST, FILL_MASK);
  if (answers.planexpoManagerInformed && answers.inwinkManagerInformed) {
    return pass(code, {
      fr: 'Les deux chargés de projet sont informés.',
      en: 'Both project managers are informed.',
    });
  }
  const missing = [
    answers.planexpoManagerInformed ? '' : 'Planexpo',
    answers.inwinkManagerInformed ? '' : 'Inwink',
  ]
    .filter(Boolean)
    .join(', ');
  return fail(
    code,
    { fr: `Chargé de projet à informer : ${missing}.`, en: `Project manager to inform: ${missing}.` },
    FILL_MASK,
  );
}

function maskComplete({ mask }: PreflightFindings): PreflightCheck {
  const code = 'mask-complete';
  if (mask === null)
    return fail(code, MASK_FIRST, {
      fr: 'Exportez le masque (mask export), complétez-le, importez-le.',
      en: 'Export the mask (mask export), fill it in, import it.',
    });
  const n = mask.rows.length;
  const evidence = {
    fr: `${n} produits reliés, ${mask.unmapped.length} laissés de côté.`,
    en: `${n} products mapped, ${mask.unmapped.length} left out.`,
  };
  if (n > 0) return pass(code, evidence);
  return warn(code, evidence, {
    fr: 'Aucun produit ne sera synchronisé.',
    en: 'No product will be synchronised.',
  });
}

function inwinkFields({ inwinkFields: fields, targetProblem }: PreflightFindings): PreflightCheck {
  const code = 'inwink-fields';
  if (targetProblem !== null)
    return fail(code, { fr: 'Inwink ne répond pas.', en: 'Inwink does not answer.' }, NONE);
  const missing = NEEDED_FIELDS.filter(
    (field) => !fields.exhibitor.some((key) => key === field || key === `customFields.${field}`),
  );
  if (missing.length === 0)
    return pass(code, { fr: 'Les deux champs Planexpo existent.', en: 'Both Planexpo fields exist.' });
  return fail(
    code,
    {
      fr: `Champs absents sur les partenaires : ${missing.join(', ')}.`,
      en: `Fields missing on partners: ${missing.join(', ')}.`,
    },
    {
      fr: 'Créez ces champs personnalisés (texte) sur les partenaires dans Inwink.',
      en: 'Create these custom text fields on partners in Inwink.',
    },
  );
}

function productDrift({ drift, mask }: PreflightFindings): PreflightCheck {
  const code = 'product-drift';
  if (drift.length === 0) {
    return pass(
      code,
      mask === null
        ? MASK_FIRST
        : {
            fr: 'Les produits reliés sont tels qu’au moment du masque.',
            en: 'Mapped products are as they were in the mask.',
          },
    );
  }
  const rows = [...new Set(drift.map((d) => d.row))].join(', ');
  return warn(
    code,
    { fr: `Lignes du masque arrêtées : ${rows}.`, en: `Mask rows stopped: ${rows}.` },
    {
      fr: 'Rétablissez ces produits ou importez un nouveau masque ; le reste continue.',
      en: 'Restore these products or import a new mask; everything else goes on.',
    },
  );
}

function secondWriter({ foreignPartners }: PreflightFindings): PreflightCheck {
  const code = 'second-writer';
  if (foreignPartners === 0)
    return pass(code, {
      fr: 'Aucune autre synchronisation visible.',
      en: 'No other synchronisation is visible.',
    });
  return warn(
    code,
    {
      fr: `${foreignPartners} partenaires portent un identifiant Planexpo sans venir d'ici.`,
      en: `${foreignPartners} partners carry a Planexpo id and did not come from here.`,
    },
    {
      fr: "Assurez-vous qu'aucune autre synchronisation n'écrit dans cet événement ; ces partenaires seront repris par leur identifiant.",
      en: 'Make sure no other synchronisation writes to this event; these partners will be adopted by their id.',
    },
  );
}

function notAnswered(fr: string, en: string): Words {
  return { fr: `Réponse manquante dans le masque : ${fr}.`, en: `Answer missing in the mask: ${en}.` };
}

function same(text: string): Words {
  return { fr: text, en: text };
}

function pass(code: string, evidence: Words): PreflightCheck {
  return { code, result: 'pass', evidence, advice: NONE };
}

function warn(code: string, evidence: Words, advice: Words): PreflightCheck {
  return { code, result: 'warn', evidence, advice };
}

function fail(code: string, evidence: Words, advice: Words): PreflightCheck {
  return { code, result: 'fail', evidence, advice };
}
