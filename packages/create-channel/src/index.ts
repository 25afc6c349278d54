/**
 * A channel to begin with: a small package whose conformance test passes.
 *
 * @packageDocumentation
 */
export { type Scaffolded, scaffold } from './scaffold.ts'
