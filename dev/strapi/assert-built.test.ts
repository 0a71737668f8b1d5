import { assertBuilt } from './assert-built';

test('a build that is older than its sources is named, with what to do; another one is not asked about', () => {
  const message =
    'The build of the server is missing, or older than its sources: run node dev/run.mjs build first.';
  expect(() => assertBuilt(['server'], 'server panel')).toThrow(message);
  expect(() => assertBuilt([], 'server')).not.toThrow();
});
