import { channelCases, titleOf } from '@guichet/conformance'
import { describe, it } from 'vitest'
import { email } from '../src/index.ts'
import { accountWith } from './harness/account.ts'
import { fromMarie, mail, requestOf } from './harness/mail.ts'

const samples = [
  { name: 'a plain mail', request: requestOf(mail({ ...fromMarie, 'Message-ID': '<1@example.com>' })) },
  {
    name: 'a mail with HTML and a file',
    request: requestOf(
      mail(
        { ...fromMarie, 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' },
        '--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--',
      ),
    ),
  },
  {
    name: 'a bounce',
    request: requestOf(
      mail(
        { ...fromMarie, 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
        '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--',
      ),
      { from: '' },
    ),
  },
]

const settings = {
  aliases: ['help@guichet.test'],
  previousSecrets: ['the secret of last year'],
  domain: 'guichet.test',
}

describe.each([
  ['that receives', email({ listen: { host: '127.0.0.1', port: 0 } })],
  ['that only sends', email({ listen: false })],
])('an email channel %s', (_, channel) => {
  for (const each of channelCases(channel, { account: accountWith(settings), address: 'marie@example.com', samples })) {
    it(titleOf(each), each.run)
  }
})
