export type * from '../domain/index.ts'
export { EngineError, type EngineErrorCode } from '../runtime/error.ts'
export { createEngine } from './create-engine.ts'
export type * from './types.ts'
