import type { AgentSession, Workspace } from '@guichet/engine'
import type { Actor, RichPart } from '@guichet/engine/domain'
import { Hono } from 'hono'
import { acts } from './acts.ts'
import { approvedJson } from './approved-templates.ts'
import { fieldsOf, limit, present, type Reading, reading } from './body.ts'
import { filtersOf, numberOf } from './filters.ts'
import { messageJson } from './message-view.ts'
import { invalid, refused } from './refused.ts'
import { filesOf } from './upload.ts'
import type { ViewerEnv } from './viewer.ts'

/** Three files of ten megabytes in base64, and the words. */
const largestMessage = 44 * 1024 * 1024
const largestAct = 64 * 1024

/** Whose box gets the answers. */
const boxOf = (read: Reading): 'account' | 'agent' | undefined => {
  const box = read.optionalText('replyTo')
  if (box === undefined || box === 'account' || box === 'agent') return box
  read.issues.push('replyTo is not account or agent')
  return undefined
}

const namesIn = async (workspace: Workspace, session: AgentSession, conversation: string) => {
  const [agents, found] = await Promise.all([workspace.agents.list(), session.conversations.get(conversation)])
  const contact = found.ok ? found.value.contact : undefined
  return (actor: Actor): string | null => {
    if (actor.kind === 'contact') return contact?.id === actor.id ? contact.name : null
    return agents.find((agent) => agent.id === actor.id)?.name ?? null
  }
}

export const conversationRoutes = (workspace: Workspace) =>
  new Hono<ViewerEnv>()
    .get('/', async (c) => {
      const { options, issues } = filtersOf(c.req.query())
      if (issues.length > 0) return refused(c, invalid('query', ...issues))
      return c.json(await c.var.session.conversations.list(options))
    })
    .post('/markAllRead', async (c) => {
      const { options, issues } = filtersOf(c.req.query())
      if (issues.length > 0) return refused(c, invalid('query', ...issues))
      const { after: _after, limit: _limit, signal: _signal, ...filter } = options
      await c.var.session.conversations.markAllRead(filter)
      return c.json({ ok: true })
    })
    .get('/:id', async (c) => {
      const { conversations } = c.var.session
      const id = c.req.param('id')
      const [found, sending] = await Promise.all([conversations.get(id), conversations.canSend(id)])
      if (!found.ok) return refused(c, found.refusal)
      return sending.ok ? c.json({ ...found.value, canSend: sending.value }) : refused(c, sending.refusal)
    })
    .get('/:id/messages', async (c) => {
      const id = c.req.param('id')
      const issues: string[] = []
      const page = present({
        before: numberOf('before', c.req.query('before'), issues),
        after: numberOf('after', c.req.query('after'), issues),
        limit: numberOf('limit', c.req.query('limit'), issues),
      })
      if (issues.length > 0) return refused(c, invalid('query', ...issues))
      const found = await c.var.session.conversations.timeline(id, page)
      if (!found.ok) return refused(c, found.refusal)
      const nameOf = await namesIn(workspace, c.var.session, id)
      return c.json({
        items: found.value.messages.map((message) => messageJson(id, message, nameOf)),
        entries: found.value.entries,
        before: found.value.before,
      })
    })
    .get('/:id/approvedTemplates', async (c) => {
      const found = await c.var.session.conversations.get(c.req.param('id'))
      if (!found.ok) return refused(c, found.refusal)
      const { account, contact } = found.value
      const to = await c.var.session.contacts.get(contact.id)
      return approvedJson(c, workspace, { account, language: to.ok ? to.value.language : null })
    })
    .get('/:id/draft', async (c) => {
      const mode = c.req.query('mode') === 'note' ? 'note' : 'reply'
      const found = await c.var.session.conversations.draft(c.req.param('id'), mode)
      return found.ok ? c.json({ text: found.value }) : refused(c, found.refusal)
    })
    .post('/:id/messages', limit(largestMessage), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const files = filesOf(fields, read)
      const written = present({
        text: read.optionalText('text'),
        files: files.length === 0 ? undefined : files,
        quote: read.optionalNumber('quote'),
        // What they hold is the engine's to check: it names what is wrong with them.
        parts: read.optionalList('parts') as ReadonlyArray<RichPart> | undefined,
        expectedVersion: read.optionalNumber('expectedVersion'),
        idempotencyKey: read.optionalText('idempotencyKey'),
      })
      const note = read.optionalFlag('note') ?? false
      const toNote = present({ mentions: read.optionalTexts('mentions') })
      const toReply = present({
        cc: read.optionalTexts('cc'),
        mentions: read.optionalTexts('mentions'),
        replyTo: boxOf(read),
        expectedLastMessage: read.optionalNumber('expectedLastMessage'),
      })
      if (read.issues.length > 0) return refused(c, invalid('message', ...read.issues))
      const { conversations } = c.var.session
      const id = c.req.param('id')
      const done = note
        ? await conversations.note(id, { ...written, ...toNote })
        : await conversations.reply(id, { ...written, ...toReply })
      return done.ok ? c.json(done.value, 201) : refused(c, done.refusal)
    })
    .post('/:id/:act', limit(largestAct), async (c) => {
      const name = c.req.param('act')
      const act = Object.hasOwn(acts, name) ? acts[name] : undefined
      if (act === undefined) return refused(c, { _tag: 'UnknownAct', act: name })
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const prepared = act(read)
      if (read.issues.length > 0) return refused(c, invalid(name, ...read.issues))
      const done = await prepared(c.var.session.conversations, c.req.param('id'))
      if (!done.ok) return refused(c, done.refusal)
      return c.json(done.value ?? { ok: true })
    })
