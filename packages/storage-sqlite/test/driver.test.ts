import { describe, expect, test } from 'vitest'
import { incompatibility } from '../src/driver.ts'

describe('the driver', () => {
  test('that would crash this Node is refused before a database is opened', () => {
    expect(incompatibility('13.2.0', '9', '20.20.2')).toBe(
      'better-sqlite3 13.2.0 needs Node-API 10 (Node 22.14 or later) and this is Node 20.20.2 with Node-API 9: install better-sqlite3@^12.11.1 or a newer Node',
    )
  })

  test.each([
    ['13.2.0', '10', '22.14.0'],
    ['13.0.0', '11', '26.10.0'],
    ['12.11.1', '9', '20.20.2'],
    ['12.11.1', '10', '24.21.0'],
  ])('%s with Node-API %s is accepted', (driver, nodeApi, node) => {
    expect(incompatibility(driver, nodeApi, node)).toBeUndefined()
  })
})
