import { verify } from 'node:crypto'
import { readJson, textAt } from '@guichet/channel-kit'
import type { Json } from '@guichet/engine/ports'
import type { AwsSettings } from './settings.ts'

/** What SNS sends, as its fields stand. */
export interface Notification {
  readonly kind: string
  readonly topic: string
  readonly body: Json
}

/** Reads what SNS sends; undefined for anything else. */
export const notificationOf = (bytes: Uint8Array): Notification | undefined => {
  const read = readJson(bytes)
  const kind = read.ok ? textAt(read.value, 'Type') : undefined
  const topic = read.ok ? textAt(read.value, 'TopicArn') : undefined
  return read.ok && kind !== undefined && topic !== undefined ? { kind, topic, body: read.value } : undefined
}

const ofNotification = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
const ofSubscription = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

/** What is signed: names and values by line, in this order, without those that are not there. */
const signedText = ({ kind, body }: Notification): string =>
  (kind === 'Notification' ? ofNotification : ofSubscription)
    .flatMap((name) => {
      const value = textAt(body, name)
      return value === undefined ? [] : [`${name}\n${value}\n`]
    })
    .join('')

const host = /^sns\.[a-z\d-]{3,}\.amazonaws\.com(?:\.cn)?$/

/** An address of SNS itself: nothing else is asked, whatever a message says. */
export const snsAddress = (text: string | undefined, { snsUrl }: AwsSettings): URL | undefined => {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return undefined
  if (snsUrl !== undefined && url.origin === new URL(snsUrl).origin) return url
  return url.protocol === 'https:' && url.port === '' && host.test(url.hostname) ? url : undefined
}

const algorithms: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }

const fits = (algorithm: string, text: string, pem: string, signature: Uint8Array): boolean => {
  try {
    return verify(algorithm, Buffer.from(text), pem, signature)
  } catch {
    return false
  }
}

/**
 * Whether one of the topics of the account sent this. Source: Amazon SNS, "Verifying the signatures of Amazon SNS messages".
 */
export const snsSigned = async (
  notification: Notification | undefined,
  settings: AwsSettings,
  certificate: (url: URL, settings: AwsSettings) => Promise<string | undefined>,
): Promise<boolean> => {
  if (notification === undefined || !settings.topics.includes(notification.topic)) return false
  const { body } = notification
  const version = textAt(body, 'SignatureVersion') ?? ''
  const algorithm = Object.hasOwn(algorithms, version) ? algorithms[version] : undefined
  const given = textAt(body, 'Signature') ?? ''
  const signature = Buffer.from(given, 'base64')
  const address = textAt(body, 'SigningCertURL') ?? textAt(body, 'SigningCertUrl') ?? ''
  const url = snsAddress(address, settings)
  if (algorithm === undefined || url === undefined || signature.toString('base64') !== given) return false
  const { certificates } = settings
  const pinned = certificates !== undefined && Object.hasOwn(certificates, address) ? certificates[address] : undefined
  const pem = certificates === undefined ? await certificate(url, settings) : pinned
  return pem !== undefined && fits(algorithm, signedText(notification), pem, signature)
}
