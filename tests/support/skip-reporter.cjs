const { writeSync } = require('node:fs');
const path = require('node:path');

const NEEDS = /^\[needs (.+)\]$/;

const skippedSuites = (results) =>
  results.testResults.flatMap(({ testFilePath, testResults }) =>
    testResults
      .filter(({ status, title }) => status === 'pending' && NEEDS.test(title))
      .map(({ ancestorTitles, title }) => ({
        file: testFilePath,
        name: ancestorTitles.join(' › '),
        needs: NEEDS.exec(title)[1].split(', '),
      }))
  );

/** The lines for people: which suites did not run, for want of what, and how to get it. Empty when all ran. */
const skipLines = (suites, sightings, root) => {
  if (suites.length === 0) return [];
  const services = [...new Set(suites.flatMap(({ needs }) => needs))].sort();
  const lines = ['', 'Skipped, because a service is missing:'];
  for (const service of services) {
    const { reason = '', get = '' } = sightings[service] ?? {};
    lines.push('', `  ${service}${reason ? ` (${reason})` : ''}`, `    get it: ${get}`);
    for (const { file, name } of suites.filter(({ needs }) => needs.includes(service))) {
      lines.push(`    skipped: ${path.relative(root, file)} › ${name}`);
    }
  }
  lines.push('', '  all of them, on Debian as root: bash .ci/services');
  return lines;
};

const countLine = ({
  numPassedTests,
  numFailedTests,
  numRuntimeErrorTestSuites,
  numPendingTests,
  numTodoTests,
}) =>
  `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${numPendingTests + numTodoTests} skipped`;

/** Ends every run with what was skipped and why, and the count alone on the last line. */
class SkipReporter {
  constructor(globalConfig) {
    this.globalConfig = globalConfig;
  }

  onRunComplete(_contexts, results) {
    const sightings = JSON.parse(process.env.EMAIL_CONNECT_SERVICES ?? '{}');
    const lines = skipLines(skippedSuites(results), sightings, this.globalConfig.rootDir);
    // Jest prints its own summary after all reporters; this is to stand below it.
    process.once('exit', () => writeSync(1, [...lines, '', countLine(results), ''].join('\n')));
    const filtered = Boolean(this.globalConfig.testNamePattern);
    if (
      process.env.REQUIRE_SERVICES === '1' &&
      !filtered &&
      results.numPendingTests + results.numTodoTests > 0
    ) {
      this.error = new Error('Tests were skipped, and REQUIRE_SERVICES=1 allows none.');
    }
  }

  getLastError() {
    return this.error;
  }
}

module.exports = SkipReporter;
