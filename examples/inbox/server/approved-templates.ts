import { field, listAt, textAt } from '@guichet/channel-kit'
import type { Account } from '@guichet/engine/domain'

/** A message that the provider has approved, as far as words fill it in. Variables stand in it as `{{1}}` or `{{name}}`. */
export interface ApprovedTemplate {
  readonly name: string
  /** As the provider writes it, such as `fr` or `en_US`. */
  readonly language: string
  readonly category: string
  readonly header: string | null
  readonly body: string
  readonly footer: string | null
  /** An example for each variable, by its name and by where it stands. */
  readonly examples: { readonly header: Examples; readonly body: Examples }
}

type Examples = Readonly<Record<string, string>>

const patience = 10_000
const pageSize = '100'
const pagesAtMost = 20

const examplesIn = (component: unknown, where: 'header' | 'body'): Examples => {
  const list = listAt(component, 'example', `${where}_text`)
  // Those of a body stand in a list of lists.
  const inOrder = Array.isArray(list[0]) ? listAt(list[0]) : list
  const numbered = inOrder.map((example, at): readonly [string, string] => [String(at + 1), String(example)])
  const named = listAt(component, 'example', `${where}_text_named_params`).map((one): readonly [string, string] => [
    textAt(one, 'param_name') ?? '',
    textAt(one, 'example') ?? '',
  ])
  return Object.fromEntries([...numbered, ...named])
}

/** Buttons that are the same for everybody. */
const isFixed = (button: unknown): boolean => {
  const type = textAt(button, 'type')
  if (type === 'URL') return !(textAt(button, 'url') ?? '').includes('{{')
  return type === 'QUICK_REPLY' || type === 'PHONE_NUMBER'
}

const kinds = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'])

/** Undefined for one that needs more than words: a picture, a code, an address of its own. */
const approvedFrom = (node: unknown): ApprovedTemplate | undefined => {
  const components = listAt(node, 'components')
  const ofKind = (kind: string): unknown => components.find((one) => textAt(one, 'type') === kind)
  const [header, body, footer] = [ofKind('HEADER'), ofKind('BODY'), ofKind('FOOTER')]
  const [name, language, text] = [textAt(node, 'name'), textAt(node, 'language'), textAt(body, 'text')]
  if (name === undefined || language === undefined || text === undefined) return undefined
  if (components.some((one) => !kinds.has(textAt(one, 'type') ?? ''))) return undefined
  if (header !== undefined && textAt(header, 'format') !== 'TEXT') return undefined
  if (!listAt(ofKind('BUTTONS'), 'buttons').every(isFixed)) return undefined
  return {
    name,
    language,
    category: textAt(node, 'category') ?? '',
    header: textAt(header, 'text') ?? null,
    body: text,
    footer: textAt(footer, 'text') ?? null,
    examples: { header: examplesIn(header, 'header'), body: examplesIn(body, 'body') },
  }
}

/** A page of a list of the Graph API. */
const pageOf = async (address: URL, token: string): Promise<unknown> => {
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(patience),
  })
  const said: unknown = await response.json()
  if (!response.ok) throw new Error(textAt(said, 'error', 'message') ?? `${address.host} answered ${response.status}`)
  return said
}

/**
 * What may be sent from an account of WhatsApp at any time, as its provider lists it now; nothing where the account
 * does not say whose it is. Rejects when the provider does not answer. Source: Meta, "WhatsApp Business Account >
 * Message Templates".
 */
export const approvedTemplates = async ({
  channel,
  settings,
}: Pick<Account, 'channel' | 'settings'>): Promise<ReadonlyArray<ApprovedTemplate>> => {
  const [business, origin] = [textAt(settings, 'businessAccountId'), textAt(settings, 'graphOrigin')]
  if (channel !== 'whatsapp' || business === undefined || origin === undefined) return []
  const address = new URL(`/${textAt(settings, 'apiVersion')}/${business}/message_templates`, origin)
  address.search = new URLSearchParams({ status: 'APPROVED', limit: pageSize }).toString()
  const found: Array<ApprovedTemplate> = []
  for (let page = 0; page < pagesAtMost; page += 1) {
    const said = await pageOf(address, textAt(settings, 'accessToken') ?? '')
    found.push(...listAt(said, 'data').flatMap((node) => approvedFrom(node) ?? []))
    const after = textAt(said, 'paging', 'cursors', 'after')
    if (field(said, 'paging', 'next') === undefined || after === undefined) break
    address.searchParams.set('after', after)
  }
  return found
}

const base = (tag: string): string => tag.split(/[-_]/)[0] ?? tag

/** Those in the customer's language first; otherwise as they were. */
export const inLanguageFirst = (
  templates: ReadonlyArray<ApprovedTemplate>,
  language: string | null,
): ReadonlyArray<ApprovedTemplate> => {
  if (language === null) return templates
  const mine = ({ language: tag }: ApprovedTemplate): boolean => base(tag) === base(language)
  return [...templates.filter(mine), ...templates.filter((one) => !mine(one))]
}
