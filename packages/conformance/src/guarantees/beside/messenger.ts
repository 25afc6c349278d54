import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, secret } from '../office.ts'
import type { Rig } from '../rig.ts'

/** An office with an account, `messenger`, whose customers are shown more than messages. */
export const withMessenger =
  (body: (rig: Rig, office: Office) => Promise<void>): GuaranteeCase['body'] =>
  async (rig) => {
    const office = await rig.office()
    granted(
      await office.workspace.accounts.put({ id: 'messenger', channel: 'shown', queue: 'desk', settings: { secret } }),
    )
    await body(rig, office)
  }
