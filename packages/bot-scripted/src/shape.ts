/** Whether what was given is a script at all: it may come from a file. */

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): value is string => isText(value) && value.trim() !== ''
const isWords = (value: unknown): boolean =>
  isName(value) || (isFields(value) && Object.keys(value).length > 0 && Object.values(value).every(isName))
const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value)

/** Collects what is wrong, each with the place where it stands. */
const look = (issues: Array<string>) => (where: string, holds: boolean, what: string) => {
  if (!holds) issues.push(`${where}: ${what}`)
}

type Look = ReturnType<typeof look>

const keywords = (see: Look, where: string, value: unknown): void => {
  if (value === undefined) return
  see(where, isList(value), 'a list of words and where they lead')
  for (const [index, one] of (isList(value) ? value : []).entries()) {
    const at = `${where}[${index}]`
    see(
      at,
      isFields(one) && isList(one['words']) && one['words'].length > 0 && one['words'].every(isName),
      'words: a list of words',
    )
    see(at, isFields(one) && isName(one['to']), 'to: a step')
  }
}

const choices = (see: Look, where: string, value: unknown): void => {
  if (value === undefined) return
  see(where, isList(value) && value.length > 0 && value.length <= 20, '1 to 20 choices')
  for (const [index, one] of (isList(value) ? value : []).entries()) {
    const at = `${where}[${index}]`
    see(at, isFields(one) && isWords(one['label']), 'label: words')
    see(at, isFields(one) && isName(one['to']), 'to: a step')
    const words = isFields(one) ? one['words'] : undefined
    see(at, words === undefined || (isList(words) && words.every(isName)), 'words: a list of words')
  }
}

const form = (see: Look, where: string, value: unknown): void => {
  if (value === undefined) return
  see(where, isFields(value) && isWords(value['title']), 'title: words')
  see(where, isFields(value) && isName(value['to']), 'to: a step')
  const fields = isFields(value) ? value['fields'] : undefined
  see(where, isList(fields), 'fields: a list')
  for (const [index, one] of (isList(fields) ? fields : []).entries()) {
    const named = isFields(one) && isName(one['name']) && isText(one['kind'])
    see(`${where}.fields[${index}]`, named && isWords(one['label']), 'name, kind and label')
  }
}

const tags = ['HandOver', 'AskDetails', 'Close', 'Tag', 'SetAttributes']

const step = (see: Look, where: string, value: unknown): void => {
  see(where, isFields(value), 'a step')
  if (!isFields(value)) return
  see(`${where}.say`, value['say'] === undefined || isWords(value['say']), 'words')
  for (const name of ['to', 'anything']) {
    see(`${where}.${name}`, value[name] === undefined || isName(value[name]), 'a step')
  }
  const acts = value['do']
  const known = (act: unknown): boolean => isFields(act) && tags.includes(String(act['_tag']))
  see(`${where}.do`, acts === undefined || (isList(acts) && acts.every(known)), `acts out of ${tags.join(', ')}`)
  choices(see, `${where}.choices`, value['choices'])
  keywords(see, `${where}.keywords`, value['keywords'])
  form(see, `${where}.form`, value['form'])
}

/** What is not as the type of a script says; nothing when all of it is. */
export const malformed = (script: unknown): ReadonlyArray<string> => {
  if (!isFields(script)) return ['script: an object']
  const issues: Array<string> = []
  const see = look(issues)
  for (const name of ['name', 'language', 'start']) see(name, isName(script[name]), 'a name')
  see('steps', isFields(script['steps']), 'steps by their names')
  for (const [name, one] of Object.entries(isFields(script['steps']) ? script['steps'] : {})) {
    step(see, `steps.${name}`, one)
  }
  keywords(see, 'keywords', script['keywords'])
  const fallback = script['fallback']
  see('fallback.say', isFields(fallback) && isWords(fallback['say']), 'words')
  const times = isFields(fallback) ? fallback['times'] : undefined
  see('fallback.times', Number.isInteger(times) && Number(times) >= 0 && Number(times) <= 9, 'a number from 0 to 9')
  const goodbye = isFields(fallback) ? fallback['handOver'] : undefined
  see('fallback.handOver', goodbye === undefined || isWords(goodbye), 'words')
  return issues
}
