import { actionsOf } from './thread-actions';

describe('S21: what can be done with a conversation', () => {
  it.each([
    ['open', ['mute', 'unlog']],
    ['muted', ['unmute', 'unlog']],
    ['unlogged', ['relog']],
  ] as const)('%s: %j', (state, actions) => {
    expect(actionsOf(state)).toEqual(actions);
  });
});
