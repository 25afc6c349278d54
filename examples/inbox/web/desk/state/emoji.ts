/** Signs by the names that people type after a colon, in French and in English. Inserted as text. */
const table = `
🙂 sourire smile
😊 content happy
😀 joie grin
😉 clin wink
😂 rire laugh
😍 amour love
🤗 calin hug
🤔 pense thinking
😕 confus confused
😢 triste sad
😮 surpris surprised
🙏 merci thanks
👍 ok thumbsup
👎 non thumbsdown
👏 bravo clap
👋 salut wave
🤝 accord deal
💪 force strong
❤️ coeur heart
✨ etincelle sparkles
🎉 fete party
🎁 cadeau gift
🕯️ bougie candle
🌸 fleur flower
🌿 plante leaf
☀️ soleil sun
🌙 lune moon
⭐ etoile star
🔥 feu fire
💡 idee idea
📦 colis parcel
🚚 livraison truck
📷 photo camera
📎 piecejointe paperclip
📄 facture invoice
💶 euro money
🏠 maison home
📍 adresse pin
📞 telephone phone
📅 date calendar
⏰ heure alarm
✅ fait done
❌ erreur wrong
⚠️ attention warning
❓ question help
ℹ️ info information`

export interface Emoji {
  readonly sign: string
  readonly names: ReadonlyArray<string>
}

export const emojis: ReadonlyArray<Emoji> = table
  .trim()
  .split('\n')
  .map((line) => {
    const [sign = '', ...names] = line.split(' ')
    return { sign, names }
  })

/** What can be put beside a message with one click. */
export const quickReactions = ['👍', '❤️', '😂', '😮', '🙏', '✅'] as const

/** Names that begin so come before names that only hold it. */
export const findEmoji = (typed: string): ReadonlyArray<Emoji> => {
  const rank = ({ names }: Emoji): number =>
    names.some((name) => name.startsWith(typed)) ? 0 : names.some((name) => name.includes(typed)) ? 1 : 2
  return emojis
    .filter((one) => rank(one) < 2)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 8)
}
