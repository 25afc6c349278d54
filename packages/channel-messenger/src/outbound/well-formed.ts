/** A lone half of a surrogate pair is no UTF-8, and Meta refuses a whole message for it: it becomes U+FFFD. */
export const wellFormed = (text: string): string => (/\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text)
