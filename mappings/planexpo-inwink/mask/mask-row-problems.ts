import type { ProductDefinition } from './mask';
import type { Bilingual, MaskProblem, Place } from './mask-problem';
import { say } from './mask-problem';

/** What can be wrong with an answer of the first sheet. */
export const answerProblems = {
  unreadableYesNo: (place: Place, text: string): MaskProblem =>
    say(
      place,
      'answer-unreadable',
      `« ${text} » n'est ni oui ni non; choisissez dans la liste`,
      `"${text}" is neither yes nor no; choose from the list`,
    ),
  unreadableDate: (place: Place, text: string): MaskProblem =>
    say(
      place,
      'answer-unreadable',
      `« ${text} » n'est pas une date; saisissez une date comme 31/01/2027`,
      `"${text}" is not a date; type a date such as 2027-01-31 (or 31/01/2027, day first)`,
    ),
  unanswered: (place: Place, label: Bilingual): MaskProblem =>
    say(
      place,
      'unanswered',
      `« ${label.fr} » n'a pas de réponse; la synchronisation ne démarrera pas avant qu'elle soit donnée`,
      `"${label.en}" has no answer; the synchronisation will not start before it is given`,
    ),
} as const;

/** An id stands where the name belongs and the name where the id belongs, on either side. */
export function swappedCells(nameAt: Place, idAt: Place): MaskProblem {
  return say(
    nameAt,
    'swapped-cells',
    `cette cellule contient l'identifiant et ${idAt.cell} le nom; échangez les deux cellules`,
    `this cell holds the ID and ${idAt.cell} the name; swap the two cells`,
  );
}

/** What can be wrong with columns A and B. */
export const planexpoProblems = {
  missing: (place: Place): MaskProblem =>
    say(
      place,
      'planexpo-missing',
      'la ligne ne nomme aucun produit Planexpo; écrivez-en le nom ici, ou videz la ligne',
      'the row names no Planexpo product; write its name here, or clear the row',
    ),
  nameMissing: (place: Place, product: ProductDefinition): MaskProblem =>
    say(
      place,
      'planexpo-name-missing',
      `le nom manque; l'identifiant ${product.id} est celui de « ${product.name} » dans Planexpo: écrivez ce nom ici, ou corrigez la colonne B`,
      `the name is missing; the ID ${product.id} is that of "${product.name}" in Planexpo: write this name here, or correct column B`,
    ),
  idUnknown: (place: Place, id: string): MaskProblem =>
    say(
      place,
      'planexpo-id-unknown',
      `l'identifiant « ${id} » n'existe pas dans Planexpo; videz cette cellule pour chercher le produit par son nom, ou exportez à nouveau le masque`,
      `the ID "${id}" does not exist in Planexpo; clear this cell to have the product found by its name, or export the mask again`,
    ),
  nameUnknown: (place: Place, name: string, near: ProductDefinition | undefined): MaskProblem =>
    say(
      place,
      'planexpo-name-unknown',
      `aucun produit Planexpo ne s'appelle « ${name} »${near ? ` (le plus proche: « ${near.name} »)` : ''}; écrivez le nom exactement comme dans Planexpo, ou exportez à nouveau le masque`,
      `no Planexpo product is called "${name}"${near ? ` (closest: "${near.name}")` : ''}; write the name exactly as in Planexpo, or export the mask again`,
    ),
  nameAmbiguous: (place: Place, name: string, ids: readonly string[]): MaskProblem =>
    say(
      place,
      'planexpo-name-ambiguous',
      `plusieurs produits Planexpo s'appellent « ${name} » (${ids.join(', ')}); écrivez dans cette cellule l'identifiant de celui qui est voulu`,
      `several Planexpo products are called "${name}" (${ids.join(', ')}); write the ID of the one that is meant into this cell`,
    ),
  renamed: (place: Place, written: string, product: ProductDefinition): MaskProblem =>
    say(
      place,
      'planexpo-name-mismatch',
      `« ${written} » n'est pas le nom du produit ${product.id}, que Planexpo appelle « ${product.name} »; corrigez le nom ou l'identifiant en colonne B`,
      `"${written}" is not the name of product ${product.id}, which Planexpo calls "${product.name}"; correct the name, or the ID in column B`,
    ),
  listedTwice: (place: Place, product: ProductDefinition, firstCell: string): MaskProblem =>
    say(
      place,
      'planexpo-listed-twice',
      `le produit Planexpo « ${product.name} » (${product.id}) est déjà en ${firstCell}; un produit Planexpo = un produit Inwink: ne gardez qu'une des deux lignes`,
      `the Planexpo product "${product.name}" (${product.id}) is already in ${firstCell}; one Planexpo product = one Inwink product: keep only one of the two rows`,
    ),
  inactive: (place: Place, product: ProductDefinition): MaskProblem =>
    say(
      place,
      'planexpo-inactive',
      `le produit « ${product.name} » (${product.id}) est désactivé dans Planexpo; réactivez-le, ou videz les colonnes C et D de cette ligne`,
      `the product "${product.name}" (${product.id}) is inactive in Planexpo; activate it, or clear columns C and D of this row`,
    ),
} as const;

/** What can be wrong with columns C and D, and between both sides. */
export const inwinkProblems = {
  nameMissing: (place: Place, product: ProductDefinition | undefined): MaskProblem =>
    say(
      place,
      'inwink-incomplete',
      `l'identifiant Inwink est rempli mais pas le nom; ${product ? `écrivez « ${product.name} » ici` : 'écrivez le nom du produit Inwink ici'}, ou videz aussi la colonne D`,
      `the Inwink ID is filled in but not the name; ${product ? `write "${product.name}" here` : 'write the name of the Inwink product here'}, or clear column D too`,
    ),
  idMissing: (place: Place, ids: readonly string[]): MaskProblem =>
    say(
      place,
      'inwink-incomplete',
      `le produit Inwink est nommé mais son identifiant manque; ${ids.length > 0 ? `écrivez ici ${ids.join(' ou ')}` : 'choisissez-le dans la liste'}, ou videz aussi la colonne C`,
      `the Inwink product is named but its ID is missing; ${ids.length > 0 ? `write ${ids.join(' or ')} here` : 'choose it from the list'}, or clear column C too`,
    ),
  idUnknown: (place: Place, id: string, ids: readonly string[]): MaskProblem =>
    say(
      place,
      'inwink-id-unknown',
      `l'identifiant « ${id} » n'existe pas dans Inwink; ${ids.length > 0 ? `le produit nommé en colonne C a l'identifiant ${ids.join(' ou ')}` : 'choisissez un identifiant de la liste, ou créez le produit dans Inwink puis exportez à nouveau le masque'}`,
      `the ID "${id}" does not exist in Inwink; ${ids.length > 0 ? `the product named in column C has the ID ${ids.join(' or ')}` : 'choose an ID from the list, or create the product in Inwink and export the mask again'}`,
    ),
  nameMismatch: (
    place: Place,
    written: string,
    product: ProductDefinition,
    ids: readonly string[],
  ): MaskProblem =>
    say(
      place,
      'inwink-name-mismatch',
      `« ${written} » n'est pas le nom du produit ${product.id}, qu'Inwink appelle « ${product.name} »; ${ids.length > 0 ? `« ${written} » a l'identifiant ${ids.join(' ou ')}: corrigez l'une des deux cellules` : 'corrigez le nom, ou l’identifiant en colonne D'}`,
      `"${written}" is not the name of product ${product.id}, which Inwink calls "${product.name}"; ${ids.length > 0 ? `"${written}" has the ID ${ids.join(' or ')}: correct one of the two cells` : 'correct the name, or the ID in column D'}`,
    ),
  mappedTwice: (place: Place, product: ProductDefinition, firstCell: string): MaskProblem =>
    say(
      place,
      'inwink-mapped-twice',
      `le produit Inwink « ${product.name} » (${product.id}) est déjà utilisé en ${firstCell}; un produit Planexpo = un produit Inwink: choisissez-en un autre pour l'une des deux lignes`,
      `the Inwink product "${product.name}" (${product.id}) is already used in ${firstCell}; one Planexpo product = one Inwink product: choose another for one of the two rows`,
    ),
  inactive: (place: Place, product: ProductDefinition): MaskProblem =>
    say(
      place,
      'inwink-inactive',
      `le produit « ${product.name} » (${product.id}) est désactivé dans Inwink; réactivez-le, ou choisissez-en un autre`,
      `the product "${product.name}" (${product.id}) is inactive in Inwink; activate it, or choose another`,
    ),
  packSize: (place: Place, planexpo: ProductDefinition, inwink: ProductDefinition): MaskProblem =>
    say(
      place,
      'pack-size',
      `« ${planexpo.name} » compte ${planexpo.packSize} unité(s) par lot dans Planexpo, « ${inwink.name} » ${inwink.packSize} dans Inwink; choisissez un produit Inwink de même lot, ou corrigez le lot sur l'une des plateformes`,
      `"${planexpo.name}" has ${planexpo.packSize} unit(s) per pack in Planexpo, "${inwink.name}" ${inwink.packSize} in Inwink; choose an Inwink product with the same pack, or correct the pack on one of the platforms`,
    ),
} as const;

/** What a person should know although nothing is wrong. */
export const maskNotes = {
  trimmed: (place: Place, text: string): MaskProblem =>
    say(
      place,
      'trimmed',
      `des espaces en trop ou insécables ont été enlevés: « ${text} » est retenu; rien à faire`,
      `extra or non-breaking spaces were removed: "${text}" is what counts; nothing to do`,
    ),
  foundByName: (place: Place, product: ProductDefinition): MaskProblem =>
    say(
      place,
      'found-by-name',
      `la colonne B est vide; le produit « ${product.name} » a été reconnu par son nom (${product.id}); rien à faire`,
      `column B is empty; the product "${product.name}" was found by its name (${product.id}); nothing to do`,
    ),
  packSizeUnknown: (place: Place, platforms: readonly string[]): MaskProblem =>
    say(
      place,
      'pack-size-unknown',
      `${platforms.join(' et ')} ne donne pas la taille du lot, l'échelle ne peut pas être vérifiée; assurez-vous qu'un lot Planexpo compte autant d'unités qu'un lot Inwink`,
      `${platforms.join(' and ')} does not state the pack size, so the scale cannot be checked; make sure that a Planexpo pack holds as many units as an Inwink pack`,
    ),
  nothingMapped: (place: Place): MaskProblem =>
    say(
      place,
      'nothing-mapped',
      'aucun produit n’est associé: seuls les champs par défaut seront synchronisés; remplissez les colonnes C et D si ce n’est pas voulu',
      'no product is mapped: only the default fields will be synchronised; fill in columns C and D if that is not meant',
    ),
} as const;
