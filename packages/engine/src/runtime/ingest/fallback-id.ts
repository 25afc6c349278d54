const prefix = 'none:'

/** The id of a message that its provider gave none, from what makes it recognisable. */
export const fallbackIdOf = (digest: string): string => `${prefix}${digest}`

/** Whether an id is such a one: the provider does not know it. */
export const isFallbackId = (externalId: string): boolean => externalId.startsWith(prefix)
