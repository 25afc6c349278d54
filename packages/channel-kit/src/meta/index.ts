/**
 * What all webhooks and the Graph API of Meta have in common: WhatsApp, Messenger and Instagram.
 *
 * @packageDocumentation
 */
export { metaHandshake } from './handshake.ts'
export { metaSigned } from './signature.ts'
export { graphError, type GraphError } from './graph-error.ts'
