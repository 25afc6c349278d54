import { createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { Translator } from '@guichet/engine/ports'
import { expect, onTestFinished, test } from 'vitest'
import { plainChannel } from '../../../tooling/channels/plain-channel.ts'
import { deepL, libreTranslate } from '../src/index.ts'
import { deeplProtocol } from './deepl-protocol.ts'
import { libreProtocol } from './libre-protocol.ts'
import { serverFor } from './local-server.ts'
import { phrases } from './phrases.ts'

const german = 'Wo ist mein Paket? Ich habe es vor einer Woche bestellt.'
const [, french] = phrases[german]

/** What stands beside a letter of this text, once it is translated. */
const translationOf = async (translator: Translator, text: string) => {
  const problems: Array<unknown> = []
  const engine = await createEngine({
    storage: memoryStorage(),
    channels: { post: plainChannel({ name: 'post' }) },
    translator,
    onError: ({ error }) => void problems.push(error),
  })
  onTestFinished(() => engine.close())
  const house = engine.workspace('house')
  await house.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
  await house.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] })
  await house.accounts.put({ id: 'letters', channel: 'post', queue: 'desk' })
  const messages = [{ direction: 'in', sentAt: 0, parts: [{ _tag: 'Text', text }] }] as const
  const letter = { account: 'letters', source: 'paper', externalId: '1', from: { address: 'zoe' }, messages }
  const brought = await house.import({ ...letter, status: 'open' })
  if (!brought.ok) throw new Error(JSON.stringify(brought.refusal))
  const { conversations } = house.as('ana')
  const id = brought.value.conversation
  await conversations.setTranslation(id, { translation: { team: 'fr', customer: 'de' } })
  await engine.settle()
  const timeline = await conversations.timeline(id)
  expect(problems).toEqual([])
  return timeline.ok ? timeline.value.messages[0]?.translations[0] : undefined
}

/** So many paragraphs of one phrase each, with odd white space between them. */
const inParagraphs = (phrase: string, count: number): string => `${`${phrase}\r\n \n\t`.repeat(count)}\n`

test('a letter longer than a LibreTranslate server takes is translated in batches, with its white space', async () => {
  const server = await serverFor(libreProtocol({ charLimit: 130, batchLimit: 2 }))
  const translator = libreTranslate({ url: server.url, maxCharacters: 130, maxTexts: 2 })
  const letter = inParagraphs(german, 9)
  // The server knows the phrase only where it is asked for it alone.
  const piece = libreTranslate({ url: server.url, maxCharacters: 70, maxTexts: 2 })
  expect(await translationOf(piece, letter)).toMatchObject({ state: 'done', text: inParagraphs(french, 9) })
  expect(await translationOf(translator, letter)).toMatchObject({ state: 'done' })
})

test('a letter longer than a request to DeepL may be is translated, whatever it is written in', async () => {
  const server = await serverFor(deeplProtocol('key'))
  const translator = deepL({ url: server.url, authKey: 'key' })
  for (const sign of ['a', '"', '\u0001', '荷', '😀']) {
    const letter = `${sign.repeat(80)} `.repeat(500)
    expect(await translationOf(translator, letter)).toMatchObject({ state: 'done' })
  }
})
