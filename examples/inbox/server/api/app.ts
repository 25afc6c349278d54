import type { Workspace } from '@guichet/engine'
import type { Clock } from '@guichet/engine/ports'
import { Hono } from 'hono'
import type { Health } from '../health.ts'
import type { Looks } from '../looks.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import { mailboxRoutes } from '../mailbox/routes.ts'
import { pages } from '../pages.ts'
import type { Phone } from '../phone/phone.ts'
import { phoneRoutes } from '../phone/routes.ts'
import { approvedJson } from './approved-templates.ts'
import { callRoute } from './call.ts'
import { conversationRoutes } from './conversations.ts'
import { feed } from './feed.ts'
import { file, mailPage } from './files.ts'
import { numberOf } from './filters.ts'
import type { Stage } from '../stage.ts'
import { lately } from './journal.ts'
import { printPage } from './print.ts'
import { lookRoute } from './looking.ts'
import { invalid, refused } from './refused.ts'
import { type Channels, setup } from './setup.ts'
import { stageRoutes } from './stage.ts'
import { upcoming } from './upcoming.ts'
import { type ViewerEnv, viewer } from './viewer.ts'

export interface WebParts {
  readonly workspace: Workspace
  /** By the names that accounts call them. */
  readonly channels: Channels
  readonly mailbox: Mailbox
  readonly phone: Phone
  /** What providers serve, and what they ask for: at the addresses of their own. */
  readonly carriers: ReadonlyArray<Hono>
  readonly stage: Stage
  readonly looks: Looks
  /** The engine's time. */
  readonly clock: Clock
  readonly health: Health
  /** Where the built pages are. */
  readonly pages: string
  /** Aborts when the process stops: open streams end. */
  readonly stopping: AbortSignal
}

const api = ({ workspace, channels, stage, looks, clock, stopping }: WebParts) =>
  new Hono<ViewerEnv>()
    .use(viewer(workspace))
    .route('/conversations', conversationRoutes(workspace))
    .get('/accounts/:id/approvedTemplates', (c) =>
      approvedJson(c, workspace, { account: c.req.param('id'), language: c.req.query('language') ?? null }),
    )
    .route('/call', callRoute())
    .route('/', stageRoutes(stage))
    .get('/journal', async (c) => c.json({ items: await lately(workspace, c.var.session) }))
    .get('/upcoming', async (c) => c.json(await upcoming(workspace, c.var.me, c.var.session)))
    .route('/look', lookRoute(looks))
    .get('/setup', async (c) => c.json(await setup({ workspace, channels, now: clock.now }, c.var.me, c.var.session)))
    .get('/contacts/:id', async (c) => {
      const found = await c.var.session.contacts.get(c.req.param('id'))
      return found.ok ? c.json(found.value) : refused(c, found.refusal)
    })
    .get('/search', async (c) => {
      const issues: string[] = []
      const limit = numberOf('limit', c.req.query('limit'), issues) ?? 20
      const before = numberOf('before', c.req.query('before'), issues)
      if (issues.length > 0) return refused(c, invalid('query', ...issues))
      const options = before === undefined ? { limit } : { limit, before }
      const { messages, contacts, tagged } = await c.var.session.conversations.search(c.req.query('q') ?? '', options)
      return c.json({ items: messages, contacts, tagged })
    })
    .get('/feed', (c) => feed(c, { workspace, stage, looks, session: c.var.session, stopping }))
    .get('/files/:conversation/:blob', (c) => file(c, c.var.session, c.req.param('conversation'), c.req.param('blob')))
    .get('/print/:conversation', (c) => printPage(c, c.var.session, c.req.param('conversation')))
    .get('/html/:conversation/:seq', (c) =>
      mailPage(c, c.var.session, c.req.param('conversation'), Number(c.req.param('seq'))),
    )

/** The pages, and the JSON API under `/api`. */
export const webApp = (parts: WebParts) => {
  const app = new Hono()
    .get('/health', () => parts.health.answer())
    .route('/api/mailbox', mailboxRoutes(parts.mailbox, parts.stopping))
    .route('/api/phone', phoneRoutes(parts.phone, parts.stage, parts.stopping))
    .route('/api', api(parts))
  for (const carrier of parts.carriers) app.route('/', carrier)
  return app
    .route('/', pages(parts.pages))
    .notFound((c) => refused(c, { _tag: 'NotFound' }))
    .onError((error, c) => {
      console.error('[http]', error)
      return c.json({ error: { _tag: 'Internal' } }, 500)
    })
}
