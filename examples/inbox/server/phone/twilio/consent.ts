/** What Twilio makes of a word alone. Source: Twilio, "Advanced Opt-Out". */
const words = {
  STOP: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'arret', 'arrêt'],
  START: ['start', 'unstop', 'yes'],
  HELP: ['help', 'info', 'aide'],
} as const

export type OptOutType = keyof typeof words

export const optOutType = (text: string): OptOutType | undefined => {
  const word = text.trim().toLowerCase()
  return (Object.keys(words) as ReadonlyArray<OptOutType>).find((type) => words[type].some((one) => one === word))
}

/** What Twilio answers in the shop's name. */
export const answers: Readonly<Record<OptOutType, string>> = {
  STOP: 'Vous ne recevrez plus de messages de Maison Lune. Répondez START pour en recevoir à nouveau.',
  START: 'Vous recevrez de nouveau les messages de Maison Lune. Répondez STOP pour ne plus en recevoir.',
  HELP: 'Maison Lune : répondez STOP pour ne plus recevoir de messages.',
}
