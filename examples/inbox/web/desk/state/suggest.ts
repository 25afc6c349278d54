/** What is being typed just before the caret, when it calls for suggestions. */
export type Trigger =
  | { readonly kind: 'slash'; readonly typed: string; readonly from: number; readonly to: number }
  | { readonly kind: 'mention' | 'emoji'; readonly typed: string; readonly from: number; readonly to: number }

/** A slash counts at the very beginning, `@` and `:` after white space: addresses and times call for nothing. */
export const triggerAt = (text: string, caret: number): Trigger | null => {
  const before = text.slice(0, caret)
  if (/^\/[^\n]*$/.test(before)) return { kind: 'slash', typed: before.slice(1), from: 0, to: caret }
  const mention = /(?:^|[\s(])@([\p{L}\d_-]{0,30})$/u.exec(before)
  if (mention !== null) {
    const typed = mention[1] ?? ''
    return { kind: 'mention', typed, from: caret - typed.length - 1, to: caret }
  }
  const emoji = /(?:^|\s):([\p{L}]{2,20})$/u.exec(before)
  if (emoji === null) return null
  const typed = emoji[1] ?? ''
  return { kind: 'emoji', typed, from: caret - typed.length - 1, to: caret }
}

export interface Replaced {
  readonly text: string
  readonly caret: number
}

export const replaced = (text: string, { from, to }: Trigger, by: string): Replaced => ({
  text: text.slice(0, from) + by + text.slice(to),
  caret: from + by.length,
})
