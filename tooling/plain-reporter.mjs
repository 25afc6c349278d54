/** Prints a plain closing line for whoever counts: `N passed, N failed`, and what was skipped. */
export default class PlainReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    // A file that cannot be loaded has no tests to count, but it failed.
    let broken = errors.length
    for (const module of modules) {
      broken += module.errors().length
      for (const test of module.children.allTests()) counts[test.result().state] += 1
    }
    const skipped = counts.skipped + counts.pending
    const tail = skipped === 0 ? '' : `, ${skipped} skipped`
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed + broken} failed${tail}\n`)
  }
}
