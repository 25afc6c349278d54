/** Why a form is not taken. Source: Twilio, "Error and warning dictionary". */
export interface FormProblem {
  readonly code: number
  readonly message: string
}

const longest = 1600
const mostFiles = 10

/** The names that a message is created with. Source: Twilio, "Messages resource". */
const known = new Set(
  `To From MessagingServiceSid Body MediaUrl StatusCallback ValidityPeriod SmartEncoded ContentSid ContentVariables
  SendAt ScheduleType ShortenUrls SendAsMms RiskCheck ProvideFeedback Attempt MaxPrice ForceDelivery`.split(/\s+/),
)

/** Undefined when a message can be created with it; `numbers` are those of the account. */
export const formProblem = (form: URLSearchParams, numbers: ReadonlyArray<string>): FormProblem | undefined => {
  const [to, from, body, callback] = [
    form.get('To'),
    form.get('From'),
    form.get('Body') ?? '',
    form.get('StatusCallback'),
  ]
  const files = form.getAll('MediaUrl').length
  const stranger = [...form.keys()].find((name) => !known.has(name))
  if (stranger !== undefined) return { code: 20_001, message: `Unknown parameter ${stranger}` }
  if (!to) return { code: 21_604, message: "A 'To' phone number is required." }
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    return { code: 21_211, message: `The 'To' number ${to} is not a valid phone number.` }
  if (!from && !form.has('MessagingServiceSid')) return { code: 21_603, message: "A 'From' phone number is required." }
  if (from && !numbers.includes(from))
    return {
      code: 21_606,
      message: `The 'From' phone number ${from} is not a valid, SMS-capable inbound phone number.`,
    }
  if (body === '' && files === 0)
    return { code: 21_619, message: 'A text message body or media urls must be specified.' }
  if ([...body].length > longest)
    return { code: 21_617, message: `The concatenated message body exceeds the ${longest} character limit.` }
  if (files > mostFiles)
    return { code: 21_623, message: `Number of media files exceeds allowed limit of ${mostFiles}.` }
  if (callback !== null && !URL.canParse(callback))
    return { code: 21_609, message: `The 'StatusCallback' URL ${callback} is not a valid URL.` }
  return undefined
}
