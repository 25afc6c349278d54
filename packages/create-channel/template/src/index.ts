export { exampleChannel, type ExampleChannelWire } from './channel.ts'
export type { ExampleChannelSettings } from './settings.ts'
