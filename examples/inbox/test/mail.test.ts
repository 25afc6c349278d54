import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestInbox, testInbox } from './inbox.ts'
import { until } from './until.ts'

interface Mail {
  readonly id: number
  readonly direction: string
  readonly from: { readonly name: string }
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly attachments: ReadonlyArray<{ readonly name: string }>
}

describe('the customer’s mailbox', () => {
  let inbox: TestInbox
  beforeAll(async () => {
    inbox = await testInbox()
  })
  afterAll(() => inbox.stop())

  const box = 'claire@exemple.fr'
  const header = (mail: Mail, name: string) => mail.headers.find((one) => one.name.toLowerCase() === name)?.value
  const received = (subject: string): Promise<Mail> =>
    until(async () => {
      const { body } = await inbox.get(`/api/mailbox/mails?box=${box}`)
      return body.items.find((mail: Mail) => mail.direction === 'received' && mail.subject.includes(subject))
    })
  const write = async (letter: object): Promise<Mail> => {
    const { status, body } = await inbox.post('/api/mailbox/mails', { from: box, name: 'Claire Martin', ...letter })
    expect(status).toBe(201)
    return body
  }

  it('a mail becomes a conversation, the answer comes back by SMTP, and the reply to it lands in the same one', async () => {
    const asked = await write({ subject: 'Commande 48210', text: 'Où est ma commande ?' })
    const conversation = await inbox.newest()
    expect(conversation).toMatchObject({ channel: 'email', subject: 'Commande 48210', preview: 'Où est ma commande ?' })

    await inbox.post(`/api/conversations/${conversation.id}/messages?as=ana`, {
      text: 'Elle part ce soir.',
      files: [{ name: 'suivi.txt', mime: 'text/plain', data: Buffer.from('LA123').toString('base64') }],
    })
    const answer = await received('Commande 48210')
    expect(answer.text.trim()).toBe('Elle part ce soir.\n\n-- \nAna Dubois\nService client, Maison Lune')
    expect(answer.subject).toBe('Re: Commande 48210')
    expect(header(answer, 'in-reply-to')).toBe(asked.messageId)
    expect(header(answer, 'references')).toContain(asked.messageId)
    expect(answer.messageId).toMatch(/^<[^@\s]+@guichet\.test>$/)
    expect(answer.messageId).not.toBe(asked.messageId)
    expect(header(answer, 'from')).toContain('support@guichet.test')
    expect(answer.from.name).toContain('Ana Dubois')
    expect(header(answer, 'reply-to')).toMatch(/support\+[^@\s]+@guichet\.test/)
    expect(header(answer, 'to')).toContain(box)
    expect(answer.attachments.map(({ name }) => name)).toEqual(['suivi.txt'])
    const file = await fetch(`${inbox.url}/api/mailbox/mails/${answer.id}/attachments/0`)
    expect(await file.text()).toBe('LA123')

    await write({ subject: answer.subject, text: 'Merci beaucoup !', answers: answer.id })
    const { body } = await inbox.get(`/api/conversations/${conversation.id}/messages`)
    // A mail's Date counts in whole seconds, so an answer within the second is shown before what it answers.
    const stored = [...body.items].sort((a: any, b: any) => a.seq - b.seq)
    expect(stored.map((one: any) => [one.direction, one.text.trim()])).toEqual([
      ['in', 'Où est ma commande ?'],
      ['out', 'Elle part ce soir.'],
      ['in', 'Merci beaucoup !'],
    ])
    expect(stored[1].delivery.status).toBe('sent')
    expect((await inbox.get('/api/conversations?tab=all')).body.counts.all).toBe(1)
  })

  it('an answer that the customer’s server refuses is failed, and says why', async () => {
    await inbox.mail('Nobody <nobody@exemple.fr>', 'Inconnu', 'Bonjour')
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/messages`, { text: 'Bonjour' })
    const failed = await until(async () => {
      const { body } = await inbox.get(`/api/conversations/${id}/messages`)
      const { delivery } = body.items.find((one: any) => one.direction === 'out')
      return delivery.status === 'failed' ? delivery : undefined
    })
    expect(failed.error.message).toContain('No such mailbox')
  })

  it('a note never reaches the mailbox', async () => {
    await write({ subject: 'Remarque', text: 'Bonjour' })
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/messages`, { text: 'Client difficile', note: true })
    await inbox.post(`/api/conversations/${id}/messages`, { text: 'Bonjour Claire' })
    await received('Remarque')
    const { body } = await inbox.get('/api/mailbox/mails')
    expect(JSON.stringify(body)).not.toContain('Client difficile')
  })

  it('a formatted mail is served in a cage: no script, no foreign address, a policy of its own', async () => {
    const transport = await import('nodemailer')
    await transport
      .createTransport({ host: '127.0.0.1', port: inbox.smtpPort, secure: false, ignoreTLS: true })
      .sendMail({
        from: 'mallory@example.com',
        to: 'support@guichet.test',
        subject: 'Formatted',
        text: 'plain',
        html: '<p>Hello <b>there</b></p><script>parent.alert(1)</script><img src=x onerror="alert(1)"><form action="https://evil.example"></form>',
      })
    const { id } = await inbox.newest()
    const { body } = await inbox.get(`/api/conversations/${id}/messages`)
    expect(body.items[0].hasHtml).toBe(true)
    const response = await fetch(`${inbox.url}/api/html/${id}/${body.items[0].seq}?as=ana`)
    const html = await response.text()
    expect(html).toContain('<b>there</b>')
    expect(html).not.toMatch(/script|onerror|<form/i)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain('sandbox')
    expect(policy).not.toContain('allow-scripts')
  })

  it('refuses what cannot be sent, with the server’s own words', async () => {
    const stranger = await inbox.post('/api/mailbox/mails', { from: box, to: 'nobody@elsewhere.example', text: 'a' })
    expect(stranger.status).toBe(502)
    expect(stranger.body.error).toMatchObject({ _tag: 'CannotSend', reason: expect.stringContaining('550') })
    expect((await inbox.post('/api/mailbox/mails', { from: 'not an address', text: 'a' })).body.error._tag).toBe(
      'Invalid',
    )
    expect((await inbox.post('/api/mailbox/mails', '{')).body.error._tag).toBe('BadJson')
    expect((await inbox.get('/api/mailbox/mails/999/raw')).status).toBe(404)
  })
})
