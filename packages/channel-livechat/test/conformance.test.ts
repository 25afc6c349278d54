import { channelCases, titleOf } from '@guichet/conformance'
import { describe, it } from 'vitest'
import { livechat, livechatSettings } from '../src/index.ts'
import { secret } from './server.ts'

const input = { origins: ['https://shop.example'], secret }
const checked = await livechatSettings['~standard'].validate(input)
if (checked.issues !== undefined) throw new Error('the settings are right')

describe('what every channel must do', () => {
  const account = { workspace: 'acme', id: 'site', name: 'Site', settings: checked.value }
  for (const each of channelCases(livechat(), { account, settings: input, address: 'v_1' })) it(titleOf(each), each.run)
})
