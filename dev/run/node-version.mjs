const OLDEST = [20, 19];

/**
 * What a person should read when their Node is too old; empty when it is new enough.
 *
 * @param {string} version such as `20.19.0`, without a leading `v`
 */
export const explainNode = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return recent
    ? ''
    : `Email Connect needs Node ${OLDEST.join('.')} or newer; this is Node ${version}.\n` +
        'Install the current LTS release from https://nodejs.org and run the same command again.';
};
