import { levelOf, levelWords, optionOf, stricterOptions } from './level-options';

describe('S42: what can be chosen for a conversation', () => {
  it.each([
    ['full', ['none', 'subject', 'facts', 'private']],
    ['subject', ['none', 'facts', 'private']],
    ['private', ['none']],
  ] as const)('w65: is what its inbox says, %s, or what tells less', (otherwise, options) => {
    expect(stricterOptions({ chosen: null, otherwise })).toEqual(options);
  });

  it('is also what was chosen before the inbox became as strict', () => {
    expect(stricterOptions({ chosen: 'subject', otherwise: 'facts' })).toEqual([
      'none',
      'subject',
      'private',
    ]);
  });

  it('is null for the inbox, to the server', () => {
    expect(optionOf({ chosen: null })).toBe('none');
    expect(optionOf({ chosen: 'facts' })).toBe('facts');
    expect(levelOf('none')).toBeNull();
    expect(levelOf('facts')).toBe('facts');
  });

  it('says what holds otherwise: what the inbox says, or the conversation', () => {
    const keys = (key: string, values?: object) => `${key} ${Object.values(values ?? {}).join()}`.trim();
    const of = 'thread' as const;
    expect(levelWords('none', { of, otherwise: 'facts' }, keys)).toEqual({
      name: 'level.as-inbox level.facts',
      hint: 'level.facts.hint',
    });
    expect(levelWords('none', { of: 'message', otherwise: 'facts' }, keys).name).toBe(
      'level.as-thread level.facts'
    );
    expect(levelWords('private', { of, otherwise: 'facts' }, keys).hint).toBe('level.private.hint');
  });
});
