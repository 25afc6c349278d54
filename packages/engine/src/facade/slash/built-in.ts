import type { Outcome, SlashAnswer, SlashCommand } from '../types.ts'

const done: Outcome<SlashAnswer> = { ok: true, value: { _tag: 'Done' } }

/** `12` and `#12`; undefined when it is no number of a message. */
const messageIn = (argument: string): number | undefined => {
  const match = /^#?(\d{1,9})$/.exec(argument)
  return match === null ? undefined : Number(match[1])
}

const quote: SlashCommand = {
  usage: 'quote <message>',
  about: 'Quotes a message by its number, or the last one',
  run: async ({ session, conversation, argument }) => {
    const seq = argument === '' ? conversation.lastMessage?.seq : messageIn(argument)
    if (seq === undefined) {
      const issues = ['quote: the number of a message, or nothing for the last one']
      return { ok: false, refusal: { _tag: 'Invalid', what: 'slash', issues } }
    }
    const page = await session.conversations.timeline(conversation.id, { after: seq - 1, limit: 1 })
    if (!page.ok) return page
    const message = page.value.messages.find((one) => one.seq === seq && !one.deleted)
    return message === undefined
      ? { ok: false, refusal: { _tag: 'UnknownMessage', message: seq } }
      : { ok: true, value: { _tag: 'Insert', text: '', quote: seq } }
  },
}

const rename: SlashCommand = {
  usage: 'rename <title>',
  about: 'Gives the conversation a name that only colleagues see; without a title it has none',
  run: async ({ session, conversation, argument }) => {
    const outcome = await session.conversations.rename(conversation.id, { title: argument === '' ? null : argument })
    return outcome.ok ? done : outcome
  },
}

const id: SlashCommand = {
  usage: 'id',
  about: 'Tells the id of the conversation',
  run: async ({ conversation }) => ({ ok: true, value: { _tag: 'Tell', text: conversation.id } }),
}

const template: SlashCommand = {
  usage: 'template <shortcut or words>',
  about: 'Inserts a template, with its variables filled',
  run: async ({ session, conversation, argument }) => {
    const { channel, contact } = conversation
    const known = await session.contacts.get(contact)
    const language = known.ok ? known.value.language : null
    const find = (more: { readonly language?: string }) =>
      argument === '' ? [] : session.templates.find({ words: argument, channel, ...more })
    // In the contact's own language if there is one, else whatever there is.
    const [best = (await find({}))[0]] = await find(language === null ? {} : { language })
    if (best === undefined) return { ok: false, refusal: { _tag: 'UnknownTemplate', template: argument } }
    const filled = await session.templates.fill(best.id, conversation.id)
    return filled.ok ? { ok: true, value: { _tag: 'Insert', text: filled.value.text } } : filled
  },
}

const note: SlashCommand = {
  usage: 'note <text>',
  about: 'Writes a note that only colleagues see',
  run: async ({ session, conversation, argument }) => {
    const outcome = await session.conversations.note(conversation.id, { text: argument })
    return outcome.ok ? done : outcome
  },
}

/** The commands that every engine has. */
export const builtInSlash: Readonly<Record<string, SlashCommand>> = { quote, rename, id, template, note }
