/**
 * Translators for the engine: through any LibreTranslate- or DeepL-compatible HTTP API, and detection of languages without
 * a network.
 *
 * @packageDocumentation
 */
export { deepL, type DeepLOptions } from './deepl/deepl.ts'
export { detector } from './detector.ts'
export { libreTranslate, type LibreTranslateOptions } from './libre/libre-translate.ts'
export { together } from './together.ts'
export { TranslatorError, type TranslatorErrorCode } from './translator-error.ts'
