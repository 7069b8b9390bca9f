import { Flag, Token, type Tokens } from './tokens.ts'
import { isOneOf, wordSet } from './words.ts'

const tags = wordSet(
  'sarcasm sarcastic irony ironic ironie sarcasme ironique sarkasmus ironia ironico ironisch sarcasmo not',
)
const faces = wordSet('🙄 😏 🤡 🙃 😒 🤦', Token.emoji)
const winks = wordSet('/s ;) ;-) -_-', Token.punctuation)
/** Words of praise and thanks that open an ironic sentence ("Bravo for the three weeks of delay"). */
const praise = wordSet(
  'bravo merci thanks thank congratulations congrats great nice super genial felicitations chapeau danke bedankt top wonderful brilliant fantastic excellent classe magnifique parfait perfect lovely grazie gracias obrigado toll klasse prima fijn exceptionnel exceptional love wow best thx geweldig mooi lekker estupendo genial maravilla ottimo otimo',
)
const trouble = wordSet(
  "retard delay delays late delayed panne wait waiting hours heures semaines weeks attente attendre annule cancelled canceled lost perdu broken casse again encore jamais never nobody personne refund remboursement wachten uren weken stunden warten verspatung ritardo retraso atraso n't pas problem probleme sans without geen weer cancelling canceling cancelled losing nothing rien down panne ruine hold wachttijd",
)

/**
 * Whether the writer may mean the opposite: says so (`#sarcasm`, `/s`), makes the face for it, or thanks for trouble.
 * Only makes a kind verdict unsure; nobody can tell irony from words alone.
 */
export function looksIronic(tokens: Tokens): boolean {
  let hasPraise = false
  let hasTrouble = false
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i]
    if (kind === Token.emoji && isOneOf(faces, tokens, i)) return true
    if (kind === Token.punctuation && isOneOf(winks, tokens, i) && i === tokens.count - 1 && hasTrouble)
      return true
    if (kind !== Token.word) continue
    if ((tokens.flags[i] ?? 0) & Flag.hashtag && isOneOf(tags, tokens, i)) return true
    if (isSlashS(tokens, i)) return true
    hasPraise ||= isOneOf(praise, tokens, i)
    hasTrouble ||= isOneOf(trouble, tokens, i)
  }
  return hasPraise && hasTrouble && tokens.count < 40
}

/** The `/s` that closes a sarcastic comment. */
function isSlashS(tokens: Tokens, i: number): boolean {
  if (i !== tokens.count - 1 || i === 0) return false
  return isOneOf(slash, tokens, i - 1) && isOneOf(letterS, tokens, i) && tokens.end[i - 1] === tokens.start[i]
}

const slash = wordSet('/', Token.punctuation)
const letterS = wordSet('s')
