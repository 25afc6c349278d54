import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentSession, Done, Engine, Outcome, Workspace } from '@guichet/engine'
import type { MovableClock } from '../clock.ts'
import { answerSubject, answerTo } from '../mailbox/answer.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import { supportAddress } from '../shop.ts'
import { writeDownPeople } from './people.ts'
import { type Step, story } from './story.ts'
import { type Visitors, visitors } from './visitors.ts'

export interface SeedParts {
  readonly dataDir: string
  readonly engine: Engine
  readonly workspace: Workspace
  readonly mailbox: Mailbox
  readonly clock: MovableClock
  readonly url: string
  readonly secret: string
}

/** How far the story has been told in a data directory, and which conversation each of its keys became. */
interface Progress {
  readonly told: number
  readonly conversations: Readonly<Record<string, string>>
}

const minute = 60_000

const nothing: Progress = { told: 0, conversations: {} }

/** An empty database has not heard it, whatever the data directory says; one that a new directory finds full has. */
const progressIn = async (file: string, workspace: Workspace): Promise<Progress | undefined> => {
  const { items } = await workspace.as('chloe').conversations.list({ tab: 'all', limit: 1 })
  if (items.length === 0) return nothing
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Progress
  } catch {
    return undefined
  }
}

/** The conversation that the next customer message lands in. */
const nextInbound = (workspace: Workspace): Promise<string> =>
  new Promise((resolve) => {
    const stop = workspace.on((item) => {
      if (item._tag !== 'Entry' || item.entry.what._tag !== 'MessageReceived') return
      stop()
      resolve(item.conversation)
    })
  })

/** Says what a customer says, by the same way as a real one; answers with its conversation. */
const say = async (step: Step, at: number, parts: SeedParts, shoppers: Visitors): Promise<string | undefined> => {
  const { mailbox, workspace } = parts
  if ('mail' in step) {
    const landed = nextInbound(workspace)
    const { from, subject, text, html } = step
    await mailbox.send({
      from: { name: from.name, address: from.email },
      to: supportAddress,
      subject,
      text,
      ...(html === undefined ? {} : { html }),
      date: new Date(at),
      messageId: `<${step.mail}@story.maison-lune.example>`,
    })
    return landed
  }
  if ('chat' in step) {
    const landed = nextInbound(workspace)
    await shoppers.write(step.from, step.text)
    return landed
  }
  if ('answer' in step) {
    const landed = nextInbound(workspace)
    const mail = mailbox.store.list(step.from.email).find(({ direction }) => direction === 'received')
    if (mail === undefined) throw new Error(`${step.from.email} has no mail to answer`)
    await mailbox.send({
      from: { name: step.from.name, address: step.from.email },
      subject: answerSubject(mail.subject),
      text: step.text,
      date: new Date(at),
      messageId: `<${step.answer}-answer@story.maison-lune.example>`,
      ...answerTo(mail),
    })
    return landed
  }
  return undefined
}

/** Does what an agent does. */
const act = (step: Step, id: string, at: number, { conversations }: AgentSession): Promise<Outcome<Done>> => {
  if ('reply' in step) {
    return conversations.reply(id, { text: step.reply, ...(step.parts === undefined ? {} : { parts: step.parts }) })
  }
  if ('later' in step)
    return conversations.schedule(id, { text: step.later, at: at + step.in * minute, unlessTheyWrite: true })
  if ('translate' in step)
    return conversations.setTranslation(id, { translation: { team: 'fr', customer: step.translate } })
  if ('note' in step) return conversations.note(id, { text: step.note, mentions: step.mentions ?? [] })
  if ('tag' in step) return conversations.tag(id, { tags: [step.tag] })
  if ('flag' in step) return conversations.flag(id, { flag: step.flag })
  if ('to' in step) return conversations.transfer(id, { to: { queue: step.to } })
  if ('snooze' in step) return conversations.snooze(id, { until: at + step.snooze * minute })
  if ('act' in step) return conversations[step.act](id)
  throw new Error('this step is not an agent’s')
}

const begins = (step: Step): string | undefined =>
  'mail' in step ? step.mail : 'chat' in step ? step.chat : 'answer' in step ? step.answer : undefined

/**
 * Tells the shop's story once, by the real ways in: SMTP, the chat's socket, agents' commands. The engine's clock stands
 * in the past meanwhile. Each step is noted when it is done, so that a start that was cut short goes on from there.
 */
export const seedShop = async (parts: SeedParts): Promise<void> => {
  const file = join(parts.dataDir, 'story.json')
  const before = await progressIn(file, parts.workspace)
  if (before === undefined || before.told > story.length) return
  let progress: Progress = before
  writeFileSync(file, JSON.stringify(progress))
  const begun = Date.now()
  const shoppers = visitors(parts.url, `identity-${parts.secret}`)
  try {
    for (const step of story.slice(progress.told)) {
      const at = begun - step.ago * minute
      parts.clock.shift(at - Date.now())
      const conversations = { ...progress.conversations }
      if ('by' in step) {
        const id = conversations[step.on]
        if (id === undefined) throw new Error(`the story names ${step.on} before it began`)
        const session = parts.workspace.as(step.by)
        await session.conversations.markRead(id)
        const done = await act(step, id, at, session)
        if (!done.ok) throw new Error(`${step.by} on ${step.on}: ${JSON.stringify(done.refusal)}`)
      } else {
        const landed = await say(step, at, parts, shoppers)
        const key = begins(step)
        if (key !== undefined && landed !== undefined) conversations[key] = landed
      }
      await parts.engine.settle()
      progress = { told: progress.told + 1, conversations }
      writeFileSync(file, JSON.stringify(progress))
    }
    await writeDownPeople(parts.workspace)
    writeFileSync(file, JSON.stringify({ ...progress, told: story.length + 1 }))
  } finally {
    shoppers.leave()
    parts.clock.shift(0)
  }
}
