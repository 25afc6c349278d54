import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest although they are short: they run the cases of others, or start whole processes. */
const long = /(guarantees|guarantees-memory|faults|docs|declarations|cluster|negative-controls)\.test\.ts$/

/** Begins with what takes longest, which would otherwise run alone in the end, with nothing beside it. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter((one) => long.test(one.moduleId)), ...sorted.filter((one) => !long.test(one.moduleId))]
  }
}
