import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events } from './feed.ts'
import { type TestInbox, testInbox } from './inbox.ts'

describe('the JSON API', () => {
  let inbox: TestInbox
  beforeAll(async () => {
    inbox = await testInbox()
  })
  afterAll(() => inbox.stop())

  const opened = async (subject: string): Promise<string> => {
    await inbox.mail('Claire Martin <claire@exemple.fr>', subject, 'Bonjour, ma bougie est cassée.')
    return (await inbox.newest()).id
  }

  it('lists conversations as a script expects them', async () => {
    await opened('Une bougie')
    const { status, body } = await inbox.get('/api/conversations?tab=open&as=ana')
    expect(status).toBe(200)
    expect(body.items[0]).toMatchObject({
      channel: 'email',
      subject: 'Une bougie',
      status: 'open',
      preview: 'Bonjour, ma bougie est cassée.',
      unread: 1,
      owner: null,
      contact: { name: 'Claire Martin', address: 'claire@exemple.fr' },
    })
    expect(body.next).toBeNull()
    expect(body.counts).toMatchObject({ open: 1, all: 1, spam: 0 })
  })

  it('pages through a list with next', async () => {
    await opened('Deux')
    await opened('Trois')
    const first = await inbox.get('/api/conversations?tab=open&limit=2')
    const second = await inbox.get(`/api/conversations?tab=open&limit=2&after=${encodeURIComponent(first.body.next)}`)
    const subjects = [...first.body.items, ...second.body.items].map((item: { subject: string }) => item.subject)
    expect(subjects).toEqual(['Trois', 'Deux', 'Une bougie'])
    expect(second.body.next).toBeNull()
  })

  it('answers, writes notes, and reads both back with their authors', async () => {
    const id = await opened('Réponse')
    const replied = await inbox.post(`/api/conversations/${id}/messages?as=ana`, { text: 'Bonjour Claire.' })
    const noted = await inbox.post(`/api/conversations/${id}/messages?as=ben`, { text: 'Deux casses.', note: true })
    expect([replied.status, noted.status]).toEqual([201, 201])
    const { body } = await inbox.get(`/api/conversations/${id}/messages`)
    expect(body.items.map((one: any) => [one.direction, one.author.name, one.text.trim()])).toEqual([
      ['in', 'Claire Martin', 'Bonjour, ma bougie est cassée.'],
      ['out', 'Ana Dubois', 'Bonjour Claire.'],
      ['note', 'Ben Carter', 'Deux casses.'],
    ])
  })

  it('takes files in base64 and gives them back to be saved', async () => {
    const id = await opened('Facture')
    const data = Buffer.from('%PDF-1.4 facture').toString('base64')
    const files = [{ name: 'facture été.pdf', mime: 'application/pdf', data }]
    expect((await inbox.post(`/api/conversations/${id}/messages`, { text: 'La voici.', files })).status).toBe(201)
    const { body } = await inbox.get(`/api/conversations/${id}/messages`)
    const response = await fetch(`${inbox.url}${body.items.at(-1).files[0].url}?as=ana`)
    expect(await response.text()).toBe('%PDF-1.4 facture')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('facture été.pdf'))
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('does what each act says', async () => {
    const id = await opened('Actes')
    const act = async (name: string, body: object = {}, as = 'ana') =>
      (await inbox.post(`/api/conversations/${id}/${name}?as=${as}`, body)).status
    const now = async () => (await inbox.get(`/api/conversations/${id}`)).body
    expect(await act('claim')).toBe(200)
    expect((await now()).owner).toBe('ana')
    expect(await act('takeOver', {}, 'ben')).toBe(200)
    expect((await now()).owner).toBe('ben')
    expect(await act('release', {}, 'ben')).toBe(200)
    expect(await act('assign', { agents: ['ana'] }, 'chloe')).toBe(200)
    expect(await act('tag', { tags: ['retour', 'VIP'] })).toBe(200)
    expect(await act('untag', { tags: ['VIP'] })).toBe(200)
    expect(await act('flag', { flag: 'urgent' })).toBe(200)
    expect(await act('rename', { title: 'La casse' })).toBe(200)
    expect(await now()).toMatchObject({ tags: ['retour'], flags: ['urgent'], title: 'La casse' })
    expect(await act('snooze', { until: Date.now() + 3_600_000 })).toBe(200)
    expect((await now()).status).toBe('pending')
    expect(await act('close')).toBe(200)
    expect(await act('reopen')).toBe(200)
    expect(await act('spam')).toBe(200)
    expect(await act('notSpam')).toBe(200)
    expect(await act('archive')).toBe(200)
    expect(await act('unarchive')).toBe(200)
    expect((await now()).status).toBe('closed')
    expect(await act('reopen')).toBe(200)
    expect(await act('transfer', { queue: 'livraisons' })).toBe(200)
    expect(await act('markRead')).toBe(200)
    expect(await now()).toMatchObject({ queue: 'livraisons', unread: 0 })
  })

  it('hides what an exclusive queue hides, as if it did not exist', async () => {
    const id = await opened('Livraison')
    await inbox.post(`/api/conversations/${id}/transfer`, { queue: 'livraisons' })
    await inbox.post(`/api/conversations/${id}/claim?as=ben`, {})
    expect((await inbox.get(`/api/conversations/${id}?as=ana`)).status).toBe(404)
    expect((await inbox.get(`/api/conversations/${id}/messages?as=ana`)).body).toEqual({ error: { _tag: 'NotFound' } })
    expect((await inbox.get(`/api/conversations/${id}?as=chloe`)).status).toBe(200)
  })

  it('finds words without their accents', async () => {
    const id = await opened('Recherche')
    const found = await inbox.get('/api/search?q=cassee')
    expect(found.body.items.map((one: any) => one.conversation.id)).toContain(id)
  })

  it('keeps a draft for its agent alone', async () => {
    const id = await opened('Brouillon')
    await inbox.post(`/api/conversations/${id}/draft?as=ana`, { text: 'Bonjour Cl' })
    expect((await inbox.get(`/api/conversations/${id}/draft?as=ana`)).body).toEqual({ text: 'Bonjour Cl' })
    expect((await inbox.get(`/api/conversations/${id}/draft?as=ben`)).body).toEqual({ text: null })
  })

  it('gives a resumed feed everything since the last event, once', async () => {
    const { body } = await inbox.get('/api/setup')
    const leave = new AbortController()
    const id = await opened('Flux')
    const first = events(`${inbox.url}/api/feed?as=ana&since=${body.position}`, { signal: leave.signal })
    expect((await first.next()).value?.event).toBe('ready')
    const heard = (await first.next()).value
    expect(heard).toMatchObject({ event: 'Entry', data: { conversation: id } })
    leave.abort()
    for (const tag of ['un', 'deux', 'trois']) await inbox.post(`/api/conversations/${id}/tag`, { tags: [tag] })
    const again = new AbortController()
    const rest = events(`${inbox.url}/api/feed?as=ana`, { lastEventId: heard?.id ?? '', signal: again.signal })
    await rest.next()
    const tags: string[] = []
    while (tags.length < 3) {
      const { value } = await rest.next()
      tags.push(value?.data.entry.what.tags[0])
    }
    again.abort()
    expect(tags).toEqual(['un', 'deux', 'trois'])
  })

  it('holds what a window looks at for as long as its stream is open, and not a moment longer', async () => {
    const id = await opened('Qui regarde')
    const look = () => inbox.post('/api/look?as=ben', { window: 'w', conversation: id })
    const there = async () =>
      (await inbox.post('/api/call?as=ana', { call: 'conversations.watchers', args: [id] })).body.value.length
    expect((await look()).status).toBe(404)
    const leave = new AbortController()
    await events(`${inbox.url}/api/feed?as=ben&window=w`, { signal: leave.signal }).next()
    expect((await look()).status).toBe(200)
    await expect.poll(there).toBe(1)
    leave.abort()
    await expect.poll(there).toBe(0)
    // What was on its way when the stream ended is held by nobody.
    expect((await look()).status).toBe(404)
    expect(await there()).toBe(0)
  })

  describe('refuses', () => {
    const refusal = async (path: string, body?: unknown) => {
      const answer = body === undefined ? await inbox.get(path) : await inbox.post(path, body)
      return [answer.status, answer.body.error._tag]
    }
    let id: string
    beforeAll(async () => {
      id = await opened('Refus')
    })

    it('an agent nobody knows', async () => {
      expect(await refusal('/api/conversations?as=mallory')).toEqual([403, 'UnknownAgent'])
      expect(await refusal('/api/feed?as=mallory')).toEqual([403, 'UnknownAgent'])
    })
    it('a conversation nobody knows', async () => {
      expect(await refusal('/api/conversations/nothing')).toEqual([404, 'NotFound'])
      expect(await refusal('/api/conversations/nothing/messages')).toEqual([404, 'NotFound'])
      expect(await refusal('/api/conversations/nothing/messages', { text: 'a' })).toEqual([404, 'NotFound'])
      expect(await refusal('/api/conversations/nothing/claim', {})).toEqual([404, 'NotFound'])
      expect(await refusal('/api/files/nothing/blob')).toEqual([404, 'NotFound'])
    })
    it('a file of another conversation', async () => {
      const other = await opened('Autre')
      const data = Buffer.from('secret').toString('base64')
      await inbox.post(`/api/conversations/${other}/messages`, {
        text: 'a',
        files: [{ name: 'a.txt', mime: 'text/plain', data }],
      })
      const { body } = await inbox.get(`/api/conversations/${other}/messages`)
      const { blob } = body.items.at(-1).files[0]
      expect(await refusal(`/api/files/${id}/${blob}`)).toEqual([404, 'NotFound'])
    })
    it('an act that does not exist, also one that JavaScript knows', async () => {
      expect(await refusal(`/api/conversations/${id}/explode`, {})).toEqual([404, 'UnknownAct'])
      expect(await refusal(`/api/conversations/${id}/constructor`, {})).toEqual([404, 'UnknownAct'])
    })
    it('a page that does not exist', async () => {
      expect(await refusal('/api/nothing')).toEqual([404, 'NotFound'])
      expect(await refusal('/nothing')).toEqual([404, 'NotFound'])
    })
    it('a body that is not a JSON object', async () => {
      for (const body of ['{"text": ', '[1]', '"text"', 'null', '\u0000\u0001']) {
        expect(await refusal(`/api/conversations/${id}/messages`, body)).toEqual([400, 'BadJson'])
      }
    })
    it('fields of the wrong kind, and says which', async () => {
      const answer = await inbox.post(`/api/conversations/${id}/snooze`, { until: 'tomorrow' })
      expect(answer).toMatchObject({
        status: 422,
        body: { error: { _tag: 'Invalid', issues: ['until is not a number'] } },
      })
      expect(await refusal(`/api/conversations/${id}/tag`, { tags: 'a' })).toEqual([422, 'Invalid'])
      expect(await refusal(`/api/conversations/${id}/flag`, { flag: 'red' })).toEqual([422, 'Invalid'])
      expect(await refusal(`/api/conversations/${id}/transfer`, {})).toEqual([422, 'Invalid'])
      expect(await refusal('/api/conversations?tab=everything')).toEqual([422, 'Invalid'])
      expect(await refusal('/api/conversations?limit=many')).toEqual([422, 'Invalid'])
    })
    it('an empty message', async () => {
      expect(await refusal(`/api/conversations/${id}/messages`, { text: '  ' })).toEqual([422, 'Empty'])
    })
    it('a body that is too large, and goes on', async () => {
      expect(await refusal(`/api/conversations/${id}/claim`, { text: 'a'.repeat(70_000) })).toEqual([
        413,
        'BodyTooLarge',
      ])
      expect((await inbox.get('/api/setup')).status).toBe(200)
    })
    it('a type of file that the channel does not take', async () => {
      const files = [{ name: 'a.exe', mime: 'application/x-msdownload', data: 'TVo=' }]
      expect(await refusal(`/api/conversations/${id}/messages`, { text: 'a', files })).toEqual([
        415,
        'FileTypeForbidden',
      ])
    })
    it('what is already so', async () => {
      await inbox.post(`/api/conversations/${id}/claim?as=ana`, {})
      expect(await inbox.post(`/api/conversations/${id}/messages?as=ben`, { text: 'Bonjour' })).toEqual({
        status: 409,
        body: { error: { _tag: 'AlreadyOwned', owner: 'ana' } },
      })
      expect(await refusal(`/api/conversations/${id}/claim?as=ben`, {})).toEqual([409, 'AlreadyOwned'])
      expect(await refusal(`/api/conversations/${id}/reopen`, {})).toEqual([409, 'AlreadyOpen'])
      expect(await refusal(`/api/conversations/${id}/claim`, { expectedVersion: 1 })).toEqual([409, 'Conflict'])
    })
    it('an answer to what the writer has not seen', async () => {
      const { body } = await inbox.get(`/api/conversations/${id}/messages`)
      const seen = body.items[0].seq
      await inbox.post(`/api/conversations/${id}/messages`, { text: 'Une réponse.' })
      const late = await refusal(`/api/conversations/${id}/messages`, {
        text: 'Bonjour',
        expectedLastMessage: seen - 1,
      })
      expect(late).toEqual([409, 'Unseen'])
    })
  })
})
