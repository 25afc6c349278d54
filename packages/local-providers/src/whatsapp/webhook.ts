/** The number of an account: its id at Meta, and as people write it. */
export interface Number {
  readonly phoneNumberId: string
  /** E.164. */
  readonly displayNumber: string
}

/** One change of the field `messages`. */
export const messagesChange = ({ phoneNumberId, displayNumber }: Number, value: object): object => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayNumber.slice(1), phone_number_id: phoneNumberId },
    ...value,
  },
})

/** The body of a webhook. */
export const webhookOf = (businessAccountId: string, ...changes: ReadonlyArray<object>): object => ({
  object: 'whatsapp_business_account',
  entry: [{ id: businessAccountId, changes }],
})

/** What is reported of a message of the account. `at` in epoch milliseconds. */
export const statusOf = (report: {
  readonly id: string
  readonly to: string
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  readonly at: number
  readonly reference: string | null
  readonly errors?: ReadonlyArray<object>
}): object => ({
  id: report.id,
  status: report.status,
  timestamp: String(Math.floor(report.at / 1000)),
  recipient_id: report.to,
  ...(report.reference === null ? {} : { biz_opaque_callback_data: report.reference }),
  ...(report.errors === undefined ? {} : { errors: report.errors }),
})
