import { t } from './t.ts'

/** What a channel is called; one that a host brought goes by its own name. */
export const channelName = (channel: string): string => {
  const names = t() as unknown as Readonly<Record<string, string>>
  return names[`channel_${channel}`] ?? channel
}
