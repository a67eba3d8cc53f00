import type { Language } from '../../mappings/reason-types';

/** Words of the frame around every page, and of parts that several pages show. */
const FR = {
  skip: 'Aller au contenu',
  sections: 'Rubriques',
  overview: 'Vue d’ensemble',
  attention: 'À traiter',
  audit: 'Journal',
  people: 'Personnes et jetons',
  account: 'Mon compte',
  signOut: 'Se déconnecter',
  roles: { viewer: 'lecture', operator: 'exploitation', administrator: 'administration' },
  whereYouAre: 'Vous êtes ici',
  next: 'Suite',
  first: 'Début de la liste',
  nothing: 'Rien à montrer.',
  notFound: 'Page introuvable',
  notFoundText: 'Il n’y a rien à cette adresse.',
  refused: 'Impossible en l’état',
  failed: 'Une erreur est survenue',
  failedText: 'Le journal du service en dit plus sous ce numéro de demande :',
  away: 'Indisponible pour le moment',
  temporal: 'Temporal ne répond pas. Rien n’a été changé ; réessayez dans un instant.',
  database: 'La base de données ne répond pas ; réessayez dans un instant.',
  empty: '(vide)',
  api: 'Description de l’API',
  products: 'Passerelle garde les fiches accordées entre vos plateformes.',
};

export type FrameWords = typeof FR;

const EN: FrameWords = {
  skip: 'Skip to content',
  sections: 'Sections',
  overview: 'Overview',
  attention: 'Attention',
  audit: 'Audit',
  people: 'People and tokens',
  account: 'My account',
  signOut: 'Sign out',
  roles: { viewer: 'viewer', operator: 'operator', administrator: 'administrator' },
  whereYouAre: 'You are here',
  next: 'Next',
  first: 'Start of the list',
  nothing: 'Nothing to show.',
  notFound: 'Page not found',
  notFoundText: 'There is nothing at this address.',
  refused: 'Not possible as things stand',
  failed: 'Something went wrong',
  failedText: 'The log of the service tells more under this request id:',
  away: 'Not available at the moment',
  temporal: 'Temporal does not answer. Nothing was changed; try again in a moment.',
  database: 'The database does not answer; try again in a moment.',
  empty: '(blank)',
  api: 'API description',
  products: 'Passerelle keeps records in step between your platforms.',
};

export const FRAME_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, FrameWords>;
