import type { Mail } from './mail.ts'
import type { Letter } from './mailbox.ts'

const headerOf = (mail: Mail, name: string): string | undefined =>
  mail.headers.find((header) => header.name.toLowerCase() === name)?.value

const addressIn = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.trim()

/** What a mail program does on "reply" (RFC 5322, 3.6.4): to Reply-To, with the whole line of references. */
export const answerTo = (mail: Mail): Pick<Letter, 'to' | 'inReplyTo' | 'references'> => ({
  to: addressIn(headerOf(mail, 'reply-to') ?? mail.from.address),
  ...(mail.messageId === null
    ? {}
    : {
        inReplyTo: mail.messageId,
        references: [...(headerOf(mail, 'references')?.split(/\s+/).filter(Boolean) ?? []), mail.messageId],
      }),
})

export const answerSubject = (subject: string): string => (/^re\s*:/i.test(subject) ? subject : `Re: ${subject}`)
