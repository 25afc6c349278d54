import type { Storage } from '@guichet/engine/ports'
import { median, quantile } from '../median.ts'
import type { Page } from './pages.ts'

/** How long a page takes, in milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

export interface Measured extends Latency {
  /** On average. */
  readonly rows: number
}

const turns = 300
/** Each turn is asked this often, far apart, and the middle one counts: what else the machine does is not the page. */
const passes = 3

/** How long each page takes. Everything is asked once before anything is measured. */
export const latencies = async (
  store: Storage,
  pages: Readonly<Record<string, Page>>,
): Promise<ReadonlyMap<string, Measured>> => {
  const times = new Map<string, Array<Array<number>>>()
  const rows = new Map<string, number>()
  for (const [name, page] of Object.entries(pages)) {
    times.set(
      name,
      Array.from({ length: turns }, () => []),
    )
    await page(store, 0)
  }
  for (let pass = 0; pass < passes; pass += 1) {
    for (const [name, page] of Object.entries(pages)) {
      for (let turn = 0; turn < turns; turn += 1) {
        const began = performance.now()
        const shown = await page(store, turn)
        times.get(name)?.[turn]?.push(performance.now() - began)
        rows.set(name, (rows.get(name) ?? 0) + shown)
      }
    }
  }
  return new Map(
    [...times].map(([name, asked]) => {
      const middle = asked.map(median)
      return [
        name,
        { p50: quantile(middle, 0.5), p99: quantile(middle, 0.99), rows: (rows.get(name) ?? 0) / turns / passes },
      ]
    }),
  )
}

/** The page that takes longest, and how long. */
export const worst = (
  found: ReadonlyMap<string, Measured>,
  of: (measured: Measured, page: string) => number,
): { readonly page: string; readonly value: number } =>
  [...found]
    .map(([page, measured]) => ({ page, value: of(measured, page) }))
    .reduce((a, b) => (b.value > a.value ? b : a))
