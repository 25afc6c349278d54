import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { worked } from '../../../tooling/worked.ts'
import { accountWith } from './harness/account.ts'
import { filesIn, htmlIn, parse, received, textIn } from './harness/mail.ts'

/** Mails that nobody here wrote. They are not part of the project; where they are not, this says so. */
const beside = fileURLToPath(new URL('../../../../shared/fixtures/email', import.meta.url))
const folder = process.env['GUICHET_MAIL_CORPUS'] ?? beside
const present = existsSync(folder)
if (!present) console.warn(`SKIPPED: no mail corpus at ${folder}; set GUICHET_MAIL_CORPUS to a folder of .eml files`)

const account = accountWith({ address: 'support@guichet.test' })
const read = (name: string): Uint8Array => readFileSync(join(folder, name))
const names = present
  ? readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => /\.(?:eml|msg|txt)$/.test(name))
  : []

describe.skipIf(!present)('a mail of the corpus', () => {
  it.each(names)('G06 has exactly one outcome, in time: %s', async (name) => {
    const started = worked()
    const events = await parse(read(name), account)
    expect(worked() - started).toBeLessThan(2_000)
    const [event, ...reports] = events
    expect(['MessageReceived', 'Unreadable']).toContain(event?._tag)
    expect(reports.filter(({ _tag }) => _tag !== 'DeliveryReported')).toEqual([])
  })
  it('says what it says: sender, subject, text and files', async () => {
    const torture = await received(read('postal-mime/mimetorture.eml'), account)
    expect(torture.subject).toBe("Ryan Finnie's MIME Torture Test v1.0")
    expect(filesIn(torture).length).toBeGreaterThanOrEqual(9)
    const japanese = await received(read('mikel-mail/multi_charset__japanese_iso_2022.eml'), account)
    expect(japanese.subject).toBe('まみむめも')
    expect(textIn(japanese)).toMatch(/[\u3040-\u30ff]/)
    const comments = await received(read('mikel-mail/rfc2822__example10.eml'), account)
    expect(comments.from.address).toBe('pete@silly.test')
    const invitation = await received(read('postal-mime/calendar-event.eml'), account)
    expect(filesIn(invitation).some(({ mime }) => mime === 'text/calendar')).toBe(true)
    const inline = await received(read('chatwoot/mail_with_inline_images.eml'), account)
    const shown = filesIn(inline).filter(({ contentId }) => contentId !== undefined)
    expect(shown.length).toBeGreaterThan(0)
    for (const { contentId } of shown) expect(htmlIn(inline)).toContain(`cid:${contentId}`)
  })

  it('G09 brings every file: thirty of thirty', async () => {
    expect(filesIn(await received(read('chatwoot/multiple_attachments.eml'), account))).toHaveLength(30)
    const only = await received(read('chatwoot/only_attachments.eml'), account)
    expect(filesIn(only)).toHaveLength(1)
  })

  it('G11 tells bounces, automatic replies and notifications from people', async () => {
    const kind = async (name: string) => (await received(read(name), account)).automatic
    expect(await kind('chatwoot/bounced_gmail.eml')).toBe('bounce')
    expect(await kind('postal-mime/bounce.eml')).toBe('bounce')
    expect(await kind('mimekit-reports/delivery-status2.txt')).toBe('bounce')
    expect(await kind('mimekit-reports/disposition-notification.anonymized.eml')).toBe('notification')
    expect(await kind('postal-mime/arf.eml')).toBe('notification')
    expect(await kind('chatwoot/auto_reply.eml')).toBe('reply')
    expect(await kind('chatwoot/auto_reply_with_auto_submitted.eml')).toBe('notification')
    expect(await kind('chatwoot/support.eml')).toBeUndefined()
    expect(await kind('mikel-mail/plain_emails__raw_email_reply.eml')).toBeUndefined()
  })

  it('is from the person whose mail a group of ours passed on', async () => {
    const group = accountWith({ aliases: ['acme_group@example.com'] })
    expect((await received(read('chatwoot/group_sender_support.eml'), group)).from.address).toBe('jane@example.com')
  })

  it('G14 names the mails that it answers, the nearest first', async () => {
    const { evidence } = await received(read('chatwoot/multiple_in_reply_to.eml'), account)
    expect(evidence?.length).toBeGreaterThan(1)
    expect(evidence?.every(({ by }) => by === 'externalId')).toBe(true)
  })
})
