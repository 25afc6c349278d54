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

const answers: Readonly<Record<OptOutType, (who: string) => string>> = {
  STOP: (who) => `Vous ne recevrez plus de messages de ${who}. Répondez START pour en recevoir à nouveau.`,
  START: (who) => `Vous recevrez de nouveau les messages de ${who}. Répondez STOP pour ne plus en recevoir.`,
  HELP: (who) => `${who} : répondez STOP pour ne plus recevoir de messages.`,
}

/** What Twilio answers in the name of the account. */
export const consentAnswer = (type: OptOutType, who: string): string => answers[type](who)
