/**
 * Providers of telephone lines on this machine, written from what they document: for the tests of channels, and for the
 * customers' telephones of the example. What all have in common is here, each provider is at a subpath of its own.
 *
 * @packageDocumentation
 */
export { type Answer, type Fate, json } from './http/answer.ts'
export type { Api, Asked } from './http/api.ts'
export { apiOver } from './http/fetch.ts'
export { type LocalServer, openServer, type Turn } from './http/server.ts'
export type { Files, HeldFile } from './files.ts'
export type { Choices, Tapped } from './choices.ts'
export { type Courier, courier, post, type Travel, travels } from './courier.ts'
export { recordAt, textAt } from './fields.ts'
