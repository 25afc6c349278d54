/** What the providers of these tests know: enough to see that texts go there and come back in order. */
export const phrases = {
  'Where is my parcel? I ordered it a week ago.': ['en', 'Où est mon colis ? Je l’ai commandé il y a une semaine.'],
  'Wo ist mein Paket? Ich habe es vor einer Woche bestellt.': [
    'de',
    'Où est mon colis, commandé la semaine dernière ?',
  ],
  'Dov’è il mio pacco? L’ho ordinato una settimana fa.': ['it', 'Mon colis, où est-il ?'],
} as const

export const sentences = Object.entries(phrases).map(([text, [language]]) => ({ text, language }))

const known = new Map<string, readonly [language: string, french: string]>(Object.entries(phrases))

export const languageOf = (text: string): string => known.get(text)?.[0] ?? 'en'

/** Its translation; what is not known is said with the language before it. */
export const inLanguage = (text: string, to: string): string =>
  (to === 'fr' ? known.get(text)?.[1] : undefined) ?? `[${to}] ${text}`
