import type { ListOptions } from '@guichet/engine'
import { tabs } from '@guichet/engine/domain'
import { present } from './body.ts'

const oneOf = <A extends string>(name: string, value: string | undefined, all: ReadonlyArray<A>, issues: string[]) => {
  if (value === undefined || value === '') return undefined
  const found = all.find((one) => one === value)
  if (found === undefined) issues.push(`${name} is not one of ${all.join(', ')}`)
  return found
}

const numberOf = (name: string, value: string | undefined, issues: string[]) => {
  if (value === undefined || value === '') return undefined
  const number = Number(value)
  if (Number.isFinite(number)) return number
  issues.push(`${name} is not a number`)
  return undefined
}

/** The query of a list, as the engine takes it. */
export const filtersOf = (
  query: Readonly<Record<string, string>>,
): { readonly options: ListOptions; readonly issues: ReadonlyArray<string> } => {
  const issues: string[] = []
  const text = (name: string) => query[name] || undefined
  const options = present({
    tab: oneOf('tab', query['tab'], tabs, issues),
    channel: text('channel'),
    account: text('account'),
    queue: text('queue'),
    department: text('department'),
    owner: text('owner'),
    contact: text('contact'),
    tag: text('tag'),
    flag: oneOf('flag', query['flag'], ['followUp', 'urgent'], issues),
    lastBy: oneOf('lastBy', query['lastBy'], ['contact', 'agent'], issues),
    unread: oneOf('unread', query['unread'], ['true', 'false'], issues) === 'true' ? true : undefined,
    from: numberOf('from', query['from'], issues),
    to: numberOf('to', query['to'], issues),
    after: text('after'),
    limit: numberOf('limit', query['limit'], issues),
  })
  return { options, issues }
}

export { numberOf }
