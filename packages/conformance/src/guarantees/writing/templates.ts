import type { Template, TemplateInput, Templates } from '@guichet/engine'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message, officeOf, refused } from '../office.ts'

const hello: TemplateInput = {
  title: 'Hello',
  text: 'Hello {{contact.name|there}}, {{agent.name}} here.',
  scope: { _tag: 'All' },
}

const titles = async (templates: Templates, options: Parameters<Templates['find']>[0] = {}) =>
  (await templates.find(options)).map(({ title }) => title)

const notFound = { _tag: 'NotFound' } as const
const forbidden = { _tag: 'Forbidden', action: 'manageTemplates' } as const

export const templateCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G49 templates are found by those they are for, by shortcut, title and words, in their language and category',
    body: async (rig) => {
      const office = await rig.office()
      const of = (agent: string) => office.workspace.as(agent).templates
      const put = async (agent: string, over: Partial<TemplateInput>): Promise<Template> =>
        granted(await of(agent).put({ ...hello, ...over }))
      await put('mia', { title: 'Hello', category: 'Greetings', shortcut: 'hi', language: 'en' })
      await put('mia', { title: 'Bonjour', text: 'Enchanté', category: 'Greetings', language: 'fr' })
      await put('mia', { title: 'For the vault', scope: { _tag: 'Team', queue: 'vault' } })
      const own = await put('ana', { title: 'Hide', scope: { _tag: 'Own', agent: 'ana' }, channels: ['mail'] })
      same(
        await Promise.all(['ana', 'ben', 'dan', 'mia', 'nobody'].map((agent) => titles(of(agent)))),
        [
          ['Hide', 'For the vault', 'Bonjour', 'Hello'],
          ['For the vault', 'Bonjour', 'Hello'],
          ['Bonjour', 'Hello'],
          ['For the vault', 'Bonjour', 'Hello'],
          [],
        ],
        'what each of them finds',
      )
      same(await titles(of('ana'), { words: '/hi' }), ['Hello', 'Hide'], 'by the beginning of a shortcut or a title')
      same(await titles(of('ana'), { words: 'enchante' }), ['Bonjour'], 'by words, without accents')
      same(await titles(of('ana'), { language: 'fr-CA', category: 'greetings' }), ['Bonjour'], 'by language')
      same(await titles(of('ana'), { channel: 'chat' }), ['For the vault', 'Bonjour', 'Hello'], 'by channel')
      same(refused(await of('mia').get(own.id)), notFound, 'what is somebody else’s own')
      const later = officeOf(await rig.restart(), office.id)
      same(granted(await later.workspace.as('ana').templates.get(own.id)), own, 'after a restart')
    },
  },
  {
    name: 'G49 of two templates that are given one shortcut at once, on two engines, one is refused',
    body: async (rig) => {
      const office = await rig.office()
      const there = officeOf(await rig.start(), office.id)
      const desks = [office, there, office, there].map(({ workspace }) => workspace.as('mia').templates)
      for (const shortcut of ['hi', 'bye', 'ok']) {
        const outcomes = await Promise.all(
          desks.map((templates, n) => templates.put({ ...hello, title: `${shortcut} ${n}`, shortcut })),
        )
        const kept = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
        same(kept.length, 1, `templates that have the shortcut ${shortcut}`)
        const issue = `shortcut: ${shortcut} leads to "${kept[0]?.title}" already`
        for (const outcome of outcomes) {
          if (!outcome.ok) same(outcome.refusal, { _tag: 'Invalid', what: 'template', issues: [issue] }, 'the others')
        }
      }
      const mine = office.workspace.as('mia').templates
      const [hi] = (await mine.find({ words: '/hi' })).filter(({ shortcut }) => shortcut === 'hi')
      assert(hi !== undefined, 'the one that was kept is found')
      granted(await mine.put({ ...hi, text: 'Hello again' }))
      granted(await mine.put({ ...hi, shortcut: 'hey' }))
      const next = granted(await mine.put({ ...hello, title: 'Next', shortcut: 'hi' }))
      same(refused(await mine.put({ ...hi, shortcut: 'hi' }))._tag, 'Invalid', 'what was given up is another’s now')
      granted(await mine.remove(next.id))
      granted(await mine.put({ ...hi, shortcut: 'hi' }))
    },
  },
  {
    name: 'G49 templates are changed by those who may, and what one may not use is not there',
    body: async (rig) => {
      const office = await rig.office()
      const of = (agent: string) => office.workspace.as(agent).templates
      same(refused(await of('ana').put(hello)), forbidden, 'for all')
      same(refused(await of('ana').put({ ...hello, scope: { _tag: 'Team', queue: 'desk' } })), forbidden, 'for a team')
      same(refused(await of('mia').put({ ...hello, scope: { _tag: 'Own', agent: 'ana' } })), forbidden, 'for another')
      const all = granted(await of('mia').put(hello))
      const own = granted(await of('ana').put({ ...hello, scope: { _tag: 'Own', agent: 'ana' } }))
      same(refused(await of('ana').remove(all.id)), forbidden, 'to remove')
      same(refused(await of('ana').put({ ...all, scope: own.scope })), forbidden, 'to take for oneself')
      same(refused(await of('mia').remove(own.id)), notFound, 'to remove what is another’s own')
      same(refused(await of('mia').put({ ...own, scope: all.scope })), notFound, 'to take what is another’s own')
      granted(
        await office.workspace.agents.put({
          id: 'ana',
          name: 'ANA',
          role: 'agent',
          queues: ['desk'],
          permissions: ['manageTemplates'],
        }),
      )
      granted(await of('ana').put({ ...all, title: 'Good day' }))
      same(refused(await of('ana').put({ ...hello, scope: { _tag: 'Team', queue: 'vault' } })), forbidden, 'elsewhere')
      same(await titles(of('ben')), ['Good day'], 'what a colleague finds')
      granted(await of('ana').remove(all.id))
      same(await titles(of('ben')), [], 'once it is removed')
    },
  },
  {
    name: 'G49 a variable that does not exist is refused by name, and those that do are filled, in one pass, with fallbacks',
    body: async (rig) => {
      const office = await rig.office()
      const { templates, conversations } = office.workspace.as('ana')
      const own = { _tag: 'Own', agent: 'ana' } as const
      const wrong = refused(await templates.put({ ...hello, text: 'Dear {{contact.nmae}}', scope: own }))
      assert(wrong._tag === 'Invalid', 'a template with an unknown variable')
      assert(
        wrong.issues.length === 1 && /no variable contact\.nmae; .*contact\.name/.test(wrong.issues[0] ?? ''),
        `it says what to change: ${wrong.issues.join()}`,
      )
      const template = granted(await templates.put({ ...hello, scope: own }))
      const from = { address: 'zoe', name: 'Zoe {{agent.name}}' }
      const named = await office.arrives('chat', { ...message('zoe', 'hello'), from } as ReturnType<typeof message>)
      const unnamed = await office.arrives('chat', message('max', 'hello'))
      const fill = async (id: string) => granted(await templates.fill(template.id, id))
      same(await fill(named), { text: 'Hello Zoe {{agent.name}}, ANA here.', missing: [] }, 'a name with braces')
      same(await fill(unnamed), { text: 'Hello there, ANA here.', missing: ['contact.name'] }, 'no name')
      granted(await conversations.reply(named, { text: 'It is on its way.' }))
      const saved = granted(await templates.fromMessage(named, 2, { title: 'On its way', scope: own }))
      same(await titles(templates, { words: 'on its way' }), ['On its way'], 'made of a message')
      same(saved.text, 'It is on its way.', 'what it says')
      const dan = office.workspace.as('dan').templates
      same(refused(await dan.fill(template.id, named)), notFound, 'neither hers nor her conversation')
    },
  },
]
