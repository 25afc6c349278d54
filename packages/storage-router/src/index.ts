export { type RouterOptions, router } from './router.ts'
