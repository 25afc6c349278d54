import { createEngine, type EngineOptions, type Outcome } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import { type ChannelCapabilities, defineChannel, type InboundEvent, type Receipt } from '@guichet/engine/ports'

// What the examples of several pages share: a house with two queues and three people, on memory, with a clock that
// stands still, and a channel that has no provider behind it.

const chat: ChannelCapabilities = {
  threading: 'contact',
  webhook: true,
  live: false,
  idempotentSend: true,
  html: false,
  subject: false,
  cc: false,
  addressedBy: 'phone',
  edit: true,
  delete: true,
  receipts: true,
  typing: true,
  files: { max: 3, maxBytes: 1_000_000, types: ['image/*', 'application/pdf'] },
  parts: ['Form', 'FormAnswer', 'Choices', 'Chosen', 'Product', 'PaymentLink', 'CompanyDetails'],
}
const phone: ChannelCapabilities = {
  ...chat,
  edit: false,
  delete: false,
  window: { hours: 24, templates: true },
  consent: true,
  parts: ['ProviderTemplate'],
}
const letters: ChannelCapabilities = {
  ...chat,
  threading: 'thread',
  html: true,
  subject: true,
  cc: true,
  replyTo: true,
  addressedBy: 'email',
  edit: false,
  delete: false,
  parts: [],
}

/** What comes in is JSON, and what goes out is put into `sent`, in words. */
const booth = (name: string, capabilities: ChannelCapabilities, sent: string[]) =>
  defineChannel<unknown, string>({
    name,
    spi: 1,
    capabilities,
    settings: { '~standard': { version: 1, vendor: 'booth', validate: (value) => ({ value }) } },
    verify: () => true,
    parse: ({ body }) => JSON.parse(new TextDecoder().decode(body)) as ReadonlyArray<InboundEvent>,
    render: ({ to, cc, replyTo, parts }) => {
      const said = parts.flatMap((part) => {
        if (part._tag === 'Text') return [part.text]
        if (part._tag === 'Html') return []
        return [part._tag === 'File' ? `[${part.file.name}]` : `[${part._tag}]`]
      })
      const copies = cc.length === 0 ? '' : `, copy to ${cc.join(', ')}`
      const answers = replyTo === undefined ? '' : `, answers to ${replyTo}`
      return { _tag: 'Rendered', wires: [`${to}${copies}${answers}: ${said.join(' ')}`] }
    },
    send: (wire) => {
      sent.push(wire)
      return { _tag: 'Accepted' }
    },
  })

/** The value of an outcome; a refusal is thrown, which an example does not expect. */
export const granted = <A>(outcome: Outcome<A>): A => {
  if (outcome.ok) return outcome.value
  throw new Error(JSON.stringify(outcome.refusal))
}

/** The tag of a refusal, or what there was instead. */
export const refused = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.refusal._tag)

type Message = Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>

/**
 * Opens the house: the queue `support`, which everybody serves, and `sales`, which is exclusive; Ana, Ben, and Mia, who
 * is their manager; and the accounts `chat`, `letters` and `phone`.
 */
export const openHouse = async (options: Partial<EngineOptions> = {}) => {
  const sent: string[] = []
  const clock = manualClock(Date.UTC(2026, 0, 5, 9)) // a Monday
  const channels = {
    chat: booth('chat', chat, sent),
    letters: booth('letters', letters, sent),
    phone: booth('phone', phone, sent),
  }
  const engine = await createEngine({ storage: memoryStorage(), channels, clock, ...options })
  const acme = engine.workspace('acme')
  granted(await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true }))
  granted(await acme.queues.put({ id: 'sales', name: 'Sales', mode: 'exclusive', claimOnReply: true }))
  granted(await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support', 'sales'] }))
  granted(await acme.agents.put({ id: 'ben', name: 'Ben', role: 'agent', queues: ['support', 'sales'] }))
  granted(await acme.agents.put({ id: 'mia', name: 'Mia', role: 'manager', queues: ['support', 'sales'] }))
  granted(await acme.accounts.put({ id: 'chat', channel: 'chat', queue: 'support' }))
  granted(await acme.accounts.put({ id: 'letters', channel: 'letters', queue: 'support' }))
  granted(await acme.accounts.put({ id: 'phone', channel: 'phone', queue: 'support' }))

  let messages = 0
  /** Events of a provider for an account, as a web request; what became of each. */
  const brings = async (account: string, ...events: ReadonlyArray<InboundEvent>): Promise<ReadonlyArray<Receipt>> => {
    const request = new Request('https://house.example/in', { method: 'POST', body: JSON.stringify(events) })
    const response = await engine.receive(`acme/${account}`, request)
    const { receipts } = (await response.json()) as { readonly receipts: ReadonlyArray<Receipt> }
    return receipts
  }
  /** A customer writes. Answers with the conversation, or with what became of it instead. */
  const writes = async (
    address: string,
    text: string,
    { account = 'chat', ...more }: { readonly account?: string } & Partial<Message> = {},
  ): Promise<string> => {
    messages += 1
    const externalId = `m${messages}`
    const parts = [{ _tag: 'Text', text }] as const
    const [receipt] = await brings(account, { _tag: 'MessageReceived', externalId, from: { address }, parts, ...more })
    await engine.settle()
    if (receipt?._tag === 'Stored') return receipt.conversation
    return receipt?._tag ?? 'nothing'
  }
  return { engine, acme, clock, sent, brings, writes }
}
