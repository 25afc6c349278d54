import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, message, refused } from '../office.ts'
import type { Rig } from '../rig.ts'

const minute = 60_000

/** A conversation with something of everything, hostile words included. */
const told = async (rig: Rig): Promise<{ readonly office: Office; readonly id: string }> => {
  const office = await rig.office()
  const ana = office.as('ana')
  const files = [{ name: 'a<b>.png', mime: 'image/png', bytes: 'AAEC' }]
  const id = await office.arrives('chat', message('zoe', '<script>alert(1)</script> & "more"', { files }))
  rig.clock.advance(minute)
  granted(await ana.reply(id, { text: 'the first answer' }))
  rig.clock.advance(minute)
  granted(await ana.note(id, { text: 'she is right' }))
  granted(await ana.rename(id, { title: 'The secret lamp' }))
  rig.clock.advance(minute)
  const wrong = granted(await ana.note(id, { text: 'what nobody should read' }))
  granted(await ana.deleteMessage(id, { message: wrong.entry?.seq ?? 0 }))
  const typed = granted(await ana.note(id, { text: 'tpyed' }))
  granted(await ana.edit(id, { message: typed.entry?.seq ?? 0, text: 'typed' }))
  return { office, id }
}

export const transcriptCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G46 a transcript as text tells who said what and when, in the time zone that was asked for',
    body: async (rig) => {
      const { office, id } = await told(rig)
      const { body, mime, name } = granted(
        await office.as('ana').transcript(id, { timeZone: 'Asia/Kolkata', notes: true }),
      )
      same([mime, name], ['text/plain', `conversation-${id}.txt`], 'the file')
      same(
        body.split('\n\n').slice(1),
        [
          '2026-01-01 14:30  zoe\n<script>alert(1)</script> & "more"\n[file: a<b>.png, 3 B]',
          '2026-01-01 14:31  ANA\nthe first answer',
          '2026-01-01 14:32  ANA (note)\nshe is right',
          '2026-01-01 14:33  ANA (note)\n[deleted]',
          '2026-01-01 14:33  ANA (note, edited)\ntyped\n',
        ],
        'what is told',
      )
      assert(body.includes('Times: Asia/Kolkata'), 'the time zone is not named')
    },
  },
  {
    name: 'G46 notes, and what colleagues call it, are only in a transcript that was asked for them',
    body: async (rig) => {
      const { office, id } = await told(rig)
      for (const as of ['text', 'html', 'json'] as const) {
        const { body } = granted(await office.as('ana').transcript(id, { as }))
        for (const secret of ['she is right', 'typed', 'The secret lamp', 'what nobody should read']) {
          assert(!body.includes(secret), `the ${as} tells: ${secret}`)
        }
        const noted = granted(await office.as('ana').transcript(id, { as, notes: true })).body
        for (const words of ['she is right', 'typed', 'The secret lamp']) {
          assert(noted.includes(words), `the ${as} with notes lacks: ${words}`)
        }
        assert(!noted.includes('what nobody should read'), `the ${as} with notes tells what was deleted`)
      }
    },
  },
  {
    name: 'G46 a transcript as HTML is a whole page in which no word of anybody is anything but a word',
    body: async (rig) => {
      const { office, id } = await told(rig)
      const { body, mime, name } = granted(await office.as('ana').transcript(id, { as: 'html', notes: true }))
      same([mime, name], ['text/html', `conversation-${id}.html`], 'the file')
      assert(body.startsWith('<!doctype html>') && body.trimEnd().endsWith('</html>'), 'it is not a whole page')
      assert(body.includes('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;'), 'the words are not there')
      assert(body.includes('a&lt;b&gt;.png, 3 B'), 'the file is not there')
      assert(!/<script|javascript:|\son\w+=|https?:/i.test(body), 'it loads or runs something')
    },
  },
  {
    name: 'G46 a transcript says what it says itself in the language of its reader, and nothing as markup',
    body: async (rig) => {
      const { office, id } = await told(rig)
      const labels = { language: 'fr', with: 'Avec', note: 'remarque <b>', deleted: 'supprimé' }
      const page = granted(await office.as('ana').transcript(id, { as: 'html', notes: true, labels })).body
      for (const words of [
        '<html lang="fr">',
        '<dt>Avec</dt>',
        ' · remarque &lt;b&gt;',
        '<em>supprimé</em>',
        'Times',
      ]) {
        assert(page.includes(words), `the page lacks: ${words}`)
      }
      const text = granted(await office.as('ana').transcript(id, { notes: true, labels })).body
      for (const words of ['Avec: ', '(remarque <b>', '[supprimé]'])
        assert(text.includes(words), `the text lacks: ${words}`)
      const wrong = { language: 'French', note: '' }
      same(
        refused(await office.as('ana').transcript(id, { labels: wrong })),
        {
          _tag: 'Invalid',
          what: 'transcript',
          issues: ['labels.language: a language tag such as fr or pt-BR', 'labels.note: a text of 1 to 200 characters'],
        },
        'labels that are none',
      )
    },
  },
  {
    name: 'G46 a transcript as JSON is the conversation as data',
    body: async (rig) => {
      const { office, id } = await told(rig)
      const { body, mime } = granted(await office.as('ana').transcript(id, { as: 'json' }))
      same(mime, 'application/json', 'the type')
      const data = JSON.parse(body) as { readonly id: string; readonly messages: ReadonlyArray<object> }
      same(data.id, id, 'the conversation')
      same(
        data.messages.map((one) => ({ ...one, seq: 0 })),
        [
          {
            at: '2026-01-01T09:00:00.000Z',
            seq: 0,
            direction: 'in',
            author: 'zoe',
            text: '<script>alert(1)</script> & "more"',
            files: [{ name: 'a<b>.png', mime: 'image/png', size: 3 }],
            edited: false,
            deleted: false,
            moved: false,
            quote: null,
          },
          {
            at: '2026-01-01T09:01:00.000Z',
            seq: 0,
            direction: 'out',
            author: 'ANA',
            text: 'the first answer',
            files: [],
            edited: false,
            deleted: false,
            moved: false,
            quote: null,
          },
        ],
        'the messages',
      )
    },
  },
  {
    name: 'G46 a transcript of a thousand messages is whole, and one in a zone that does not exist is refused',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'message 0'))
      for (let from = 1; from < 1_100; from += 100) {
        await office.deliver('chat', ...Array.from({ length: 100 }, (_, n) => message('zoe', `message ${from + n}`)))
      }
      const { body } = granted(await office.as('ana').transcript(id))
      const numbers = [...body.matchAll(/message (\d+)/g)].map(([, number]) => Number(number))
      same(
        numbers,
        Array.from({ length: 1_101 }, (_, n) => n),
        'the messages',
      )
      same(
        refused(await office.as('ana').transcript(id, { timeZone: 'Europe/Atlantis' })),
        { _tag: 'Invalid', what: 'transcript', issues: ['timeZone: "Europe/Atlantis" is not an IANA time zone'] },
        'a zone that does not exist',
      )
      same(refused(await office.as('dan').transcript(id)), { _tag: 'NotFound' }, 'to who may not see it')
    },
  },
]
