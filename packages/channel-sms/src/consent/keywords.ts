/** What a word does that a customer sends alone. */
export type ConsentWord = 'stop' | 'start' | 'help'

/**
 * The words that carriers and providers honour. English: CTIA's guidelines and the rule of the FCC of April 2025 (47 CFR
 * 64.1200(a)(10)). French: Canada (ARRET) and France; the others are what operators of these languages have made
 * customary. Accents do not count, so they stand here without.
 */
const words: Readonly<Record<ConsentWord, string>> = {
  stop: `
    stop, stopall, stop all, unsubscribe, cancel, end, quit, optout, opt-out, opt out, revoke, remove,
    arret, arreter, td, desabonner, desinscrire, stopp, abmelden, abbestellen,
    alto, baja, parar, cancelar, sair, annulla, disiscrivi,
    afmelden, stoppa, avsluta, avslutt, afmeld, wypisz, iptal, ret,
    стоп, отписаться, διακοπη, הסר, إيقاف, 停止, 配信停止, 退订, 退訂`,
  start: `
    start, unstop, yes, subscribe, optin, opt-in, opt in,
    commencer, reprendre, anmelden, iniciar, alta, aanmelden, старт`,
  help: 'help, info, aide, hilfe, ayuda, ajuda, aiuto, помощь, ヘルプ',
}

/** Without case, accents, and what stands around it: quotes, full stops, exclamation marks, white space. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')

const known: ReadonlyMap<string, ConsentWord> = new Map(
  Object.entries(words).flatMap(([means, all]) =>
    all.split(',').map((word): [string, ConsentWord] => [folded(word), means as ConsentWord]),
  ),
)

/** Longer than any word with its punctuation: long messages are not looked at. */
const longest = 40

/**
 * What a message means for consent, where all of it is one of the words that do: case, accents and surrounding punctuation
 * aside. "Stop by tomorrow" means nothing.
 *
 * @example
 * ```ts
 * import { consentWord } from '@guichet/channel-sms'
 *
 * console.log(consentWord(' "Stop!" '), consentWord('Arrêt'), consentWord('stop by tomorrow'), consentWord('Info'))
 * ```
 *
 * ```text
 * stop stop undefined help
 * ```
 */
export const consentWord = (text: string): ConsentWord | undefined =>
  text.length > longest ? undefined : known.get(folded(text))
