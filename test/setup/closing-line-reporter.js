/** Ends the output with one plain line that any program can read: `12 passed, 0 failed`. */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    // a test file that cannot even be loaded has no tests to fail: it counts as one
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed`;
    // jest prints its own summary after the last reporter
    process.once('exit', () =>
      process.stdout.write(`${skipped === 0 ? line : `${line}, ${skipped} skipped`}\n`),
    );
  }
};
