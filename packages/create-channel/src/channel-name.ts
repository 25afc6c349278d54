/** What a channel may be called: the rule of the port, and short enough for a package. */
const right = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const longest = 40

/** Why a channel cannot be called so, in words for whoever typed it; undefined when it can. */
export const nameIssue = (name: string): string | undefined => {
  if (name === '') return 'Give the channel a name: npm create @guichet/channel pager'
  if (name.length > longest) return `The name is longer than ${longest} characters: ${name}`
  return right.test(name)
    ? undefined
    : `A channel's name is in lower case, begins with a letter and has hyphens between its words: not "${name}"`
}

/** `smoke-signal` as part of a name in code: `smokeSignal`. */
const camel = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** `smoke-signal` as a name in code: `smokeSignalChannel`, so that a channel may be called `new`. */
export const inCode = (name: string): string => `${camel(name)}Channel`

/** `smoke-signal` as the beginning of a type: `SmokeSignal`. */
export const asType = (name: string): string => camel(`-${name}`)
