import type { AccountInput, Workspace } from '@guichet/engine'
import type { Subscriptions } from './phone/subscriptions.ts'
import { attributes, departmentOf, departments, hours, queues, rules, slaPolicies, tags } from './shop/counter.ts'
import { agents } from './shop/people.ts'
import { writeTemplates } from './shop/templates.ts'

/** The tenant of the example: a shop for candles and scents. */
export const workspaceId = 'shop'
export const supportAddress = 'support@guichet.test'

export interface Surroundings {
  /** Where the shop's mail goes out: the customers' mail server of this example, on the port that it got today. */
  readonly mailbox: { readonly host: string; readonly port: number }
  /** Where the shop's page may stand. */
  readonly origins: ReadonlyArray<string>
  /** Signs tokens, in this data directory and in no other. */
  readonly secret: string
  /** Who answers in the chat before people do; nobody when it is empty. */
  readonly bots: ReadonlyArray<string>
  /** What the shop has with the providers of its telephone lines. */
  readonly subscriptions: Subscriptions
  /** Where these providers are, and where they reach the shop. */
  readonly url: string
}

/** All who try this shop out come from one address, and some let scripts write. */
const rates = {
  messages: { ip: { burst: 1_000, perMinute: 6_000 }, visitor: { burst: 500, perMinute: 3_000 } },
  frames: { burst: 2_000, perMinute: 12_000 },
}

const phoneLines = ({ bots, subscriptions, url }: Surroundings): ReadonlyArray<AccountInput> => {
  const { twilio, whatsapp, messenger } = subscriptions
  return [
    {
      id: 'sms',
      channel: 'sms-twilio',
      name: 'Maison Lune',
      queue: 'service',
      settings: {
        accountSid: twilio.accountSid,
        authTokens: [twilio.authToken],
        sender: twilio.number,
        publicUrl: `${url}/webhooks/sms`,
        country: 'FR',
        apiUrl: url,
      },
    },
    {
      id: 'whatsapp',
      channel: 'whatsapp',
      name: 'Maison Lune',
      queue: 'service',
      bots,
      settings: {
        phoneNumberId: whatsapp.phoneNumberId,
        businessAccountId: whatsapp.businessAccountId,
        accessToken: whatsapp.accessToken,
        appSecrets: [whatsapp.appSecret],
        verifyTokens: [whatsapp.verifyToken],
        graphOrigin: url,
      },
    },
    {
      id: 'messenger',
      channel: 'messenger',
      name: 'Maison Lune',
      queue: 'service',
      bots,
      settings: {
        page: messenger.page,
        appId: messenger.appId,
        token: messenger.accessToken,
        appSecrets: [messenger.appSecret],
        verifyTokens: [messenger.verifyToken],
        graph: url,
        mediaHosts: [url],
      },
    },
  ]
}

const accounts = (around: Surroundings): ReadonlyArray<AccountInput> => {
  const { mailbox, origins, secret, bots } = around
  return [
    {
      id: 'site',
      channel: 'livechat',
      name: 'Maison Lune',
      queue: 'service',
      bots,
      // Scripts send no Origin, and this shop is there to be tried out.
      settings: { origins, allowNoOrigin: true, secret, identitySecret: `identity-${secret}`, rates },
    },
    {
      id: 'support',
      channel: 'email',
      name: 'Maison Lune',
      queue: 'service',
      signature: true,
      settings: { address: supportAddress, name: 'Maison Lune', secret, smtp: { ...mailbox, secure: false } },
    },
    ...phoneLines(around),
  ]
}

const must = <A>(
  what: string,
  outcome: { readonly ok: true; readonly value: A } | { readonly ok: false; readonly refusal: unknown },
): A => {
  if (outcome.ok) return outcome.value
  throw new Error(`${what}: ${JSON.stringify(outcome.refusal)}`)
}

/** What people change in the desk is theirs: it is put once, and not again over their changes. */
const firstTime = async (workspace: Workspace): Promise<void> => {
  if ((await workspace.tags.list()).length === 0) {
    for (const tag of tags) must(`tag ${tag.id}`, await workspace.tags.put(tag))
  }
  if ((await workspace.routing.get()).length === 0) must('routing', await workspace.routing.put(rules))
}

/** Puts queues, agents and accounts in place; the same at every start. */
export const openShop = async (workspace: Workspace, around: Surroundings): Promise<void> => {
  for (const one of hours) must(`hours ${one.id}`, await workspace.hours.put(one))
  for (const queue of queues) {
    if ((await workspace.queues.get(queue.id)) === undefined)
      must(`queue ${queue.id}`, await workspace.queues.put(queue))
  }
  for (const one of departments) must(`department ${one.id}`, await workspace.departments.put(one))
  for (const queue of queues) {
    const department = departmentOf[queue.id]
    must(`queue ${queue.id}`, await workspace.queues.put(department === undefined ? queue : { ...queue, department }))
  }
  for (const agent of agents) must(`agent ${agent.id}`, await workspace.agents.put(agent))
  for (const policy of slaPolicies) must(`policy ${policy.id}`, await workspace.slaPolicies.put(policy))
  for (const one of attributes) must(`attribute ${one.id}`, await workspace.attributes.put(one))
  for (const account of accounts(around)) must(`account ${account.id}`, await workspace.accounts.put(account))
  await firstTime(workspace)
  await writeTemplates(workspace)
}
