import type { OfferReason, ReasonTexts } from './reason-codes';

type TrackCode = Extract<
  OfferReason,
  | 'no-track'
  | 'several-tracks'
  | 'track-refused'
  | 'track-unavailable'
  | 'track-edited'
  | 'track-conflict'
  | 'track-return-held'
  | 'track-unpublished'
  | 'track-kept'
  | 'track-look-failed'
  | 'drawing-left-over'
>;

/** The track on its way to Cirkwi, and on its way back. */
export const TRACK_TEXTS: ReasonTexts<TrackCode> = {
  'no-track': {
    fr: {
      what: 'L’itinéraire n’a pas de fichier GPX dans PIVOT.',
      why: 'Il est publié sans tracé.',
      next: 'Ajoutez le GPX à l’offre dans PIVOT ; vous pouvez le dessiner dans Cirkwi et l’en télécharger.',
    },
    en: {
      what: 'The itinerary has no GPX file in PIVOT.',
      why: 'It is published without a track.',
      next: 'Add the GPX to the offer in PIVOT; you may draw it in Cirkwi and download it there.',
    },
  },
  'several-tracks': {
    fr: {
      what: 'L’itinéraire a plusieurs fichiers GPX dans PIVOT.',
      why: 'Cirkwi n’en prend qu’un : le premier est publié, et aucun tracé ne peut revenir de lui-même.',
      next: 'Ne laissez dans PIVOT que le GPX voulu.',
    },
    en: {
      what: 'The itinerary has several GPX files in PIVOT.',
      why: 'Cirkwi takes one only: the first is published, and no track can come back by itself.',
      next: 'Leave only the wanted GPX in PIVOT.',
    },
  },
  'track-refused': {
    fr: {
      what: 'Le fichier GPX de PIVOT est inutilisable.',
      why: 'Le dernier tracé valable reste publié, s’il y en a un.',
      next: 'Remplacez le fichier dans PIVOT ; la commande track check dit ce qui ne va pas.',
    },
    en: {
      what: 'PIVOT’s GPX file cannot be used.',
      why: 'The last good track stays published, if there is one.',
      next: 'Replace the file in PIVOT; the track check command says what is wrong with it.',
    },
  },
  'track-unavailable': {
    fr: {
      what: 'Le fichier GPX n’a pas pu être téléchargé depuis PIVOT.',
      why: 'Le dernier tracé valable reste publié, s’il y en a un.',
      next: 'Rien à faire : le passage suivant réessaie. Si cela dure, vérifiez le fichier dans PIVOT.',
    },
    en: {
      what: 'The GPX file could not be downloaded from PIVOT.',
      why: 'The last good track stays published, if there is one.',
      next: 'Nothing to do: the next run tries again. If it lasts, check the file in PIVOT.',
    },
  },
  'track-edited': {
    fr: {
      what: 'Le tracé a été modifié dans Cirkwi.',
      why: 'Le prochain import le remplacera par celui de PIVOT ; le dessin est conservé ici.',
      next: 'Comparez les deux tracés, puis décidez lequel PIVOT doit porter.',
    },
    en: {
      what: 'The track was edited in Cirkwi.',
      why: 'The next import replaces it with PIVOT’s; the drawing is kept here.',
      next: 'Compare the two tracks, then decide which one PIVOT is to hold.',
    },
  },
  'track-conflict': {
    fr: {
      what: 'Le tracé a été modifié dans Cirkwi, et aussi dans PIVOT depuis la dernière publication.',
      why: 'Reprendre l’un efface l’autre : rien n’est remplacé sans vous.',
      next: 'Comparez les deux tracés, puis décidez lequel PIVOT doit porter.',
    },
    en: {
      what: 'The track was edited in Cirkwi, and also in PIVOT since it was last published.',
      why: 'Taking one replaces the other: nothing is replaced without you.',
      next: 'Compare the two tracks, then decide which one PIVOT is to hold.',
    },
  },
  'track-return-held': {
    fr: {
      what: 'Le tracé dessiné dans Cirkwi ne peut pas être repris dans PIVOT sans risque.',
      why: 'Le média sert à plusieurs offres, l’offre a plusieurs tracés, ou son contrôle de qualité signale une erreur.',
      next: 'Corrigez l’offre dans PIVOT puis réessayez, ou gardez le tracé de PIVOT.',
    },
    en: {
      what: 'The track drawn in Cirkwi cannot be brought into PIVOT safely.',
      why: 'The media serves several offers, the offer has several tracks, or its quality report shows an error.',
      next: 'Correct the offer in PIVOT and try again, or keep PIVOT’s track.',
    },
  },
  'track-unpublished': {
    fr: {
      what: 'Après la reprise du tracé, l’offre n’était plus publiable dans PIVOT.',
      why: 'Le tracé a été remis comme avant, pour que l’offre reste dans les flux.',
      next: 'Vérifiez dans PIVOT l’état de l’offre et ses erreurs, puis réessayez ou gardez le tracé de PIVOT.',
    },
    en: {
      what: 'After the track was brought back, the offer was no longer publishable in PIVOT.',
      why: 'The former track was put back, so that the offer stays in the feeds.',
      next: 'Check the offer’s state and errors in PIVOT, then try again or keep PIVOT’s track.',
    },
  },
  'track-kept': {
    fr: {
      what: 'Un tracé modifié dans Cirkwi est conservé ici, sans être repris dans PIVOT.',
      why: 'La politique de cette synchronisation est de garder les dessins, pas de les renvoyer.',
      next: 'Enregistrez-le avec show … --gpx si vous en avez besoin, ou faites-le reprendre dans PIVOT.',
    },
    en: {
      what: 'A track edited in Cirkwi is kept here, without being brought into PIVOT.',
      why: 'This sync’s policy is to keep drawings, not to send them back.',
      next: 'Save it with show … --gpx if you need it, or have it brought into PIVOT.',
    },
  },
  'track-look-failed': {
    fr: {
      what: 'Cirkwi a demandé le flux, et la dernière recherche de tracés modifiés a échoué.',
      why: 'Un dessin tout récent pourrait être écrasé par l’import sans avoir été conservé.',
      next: 'Vérifiez l’accès au flux sortant de Cirkwi avec la commande check, puis réessayez.',
    },
    en: {
      what: 'Cirkwi asked for the feed, and the last look for edited tracks failed.',
      why: 'The import could overwrite a very recent drawing that has not been kept.',
      next: 'Verify the access to Cirkwi’s outgoing feed with the check command, then try again.',
    },
  },
  'drawing-left-over': {
    fr: {
      what: 'Un circuit dessiné à la main dans Cirkwi a maintenant son jumeau venu de PIVOT.',
      why: 'Les visiteurs voient le même circuit deux fois ; Passerelle ne touche pas aux dessins faits à la main.',
      next: 'Supprimez le dessin dans Cirkwi.',
    },
    en: {
      what: 'A circuit drawn by hand in Cirkwi now has its twin from PIVOT.',
      why: 'Visitors see the same circuit twice; Passerelle never touches what was drawn by hand.',
      next: 'Delete the drawing in Cirkwi.',
    },
  },
};
