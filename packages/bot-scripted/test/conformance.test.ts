import { botCases, titleOf } from '@guichet/conformance'
import { describe, test } from 'vitest'
import { scriptedBot } from '../src/index.ts'
import { shop } from './shop.ts'

const phrases = ['1', '2', '3', 'my parcel', 'are you open', 'refund', 'merci', 'a person', 'hello/2', 'script/return']

describe('a scripted bot', () => {
  for (const each of botCases({ open: () => scriptedBot(shop), phrases })) test(titleOf(each), each.run)
})
